//! Keeping linked with an upstream: dialled at start, and again for ever.

use super::attempt::Failed;
use super::desk::Desk;
use super::dial::Source;
use super::greeting::{self, NoLink};
use super::link::{self, Ended};
use super::redial::Redial;
use super::url::HubUrl;
use crate::frame::Bye;
use crate::key::PublicKey;
use crate::time::Time;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How it stands with an upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpstreamState {
    /// It is dialled just now.
    Dialling,
    /// There is a link.
    Linked,
    /// It is dialled again after a while.
    Waiting,
}

/// How it stands with an upstream.
#[derive(Clone, Debug)]
pub struct UpstreamStatus {
    /// How it stands.
    pub state: UpstreamState,
    /// Since when.
    pub since: Time,
    /// Who answers there, as far as that is known.
    pub key: Option<PublicKey>,
    /// Why the last link ended, or did not come to be, in words.
    pub last_error: Option<String>,
    /// When that was.
    pub failed_at: Option<Time>,
    /// When it is dialled again.
    pub next_attempt: Option<Time>,
}

/// All upstreams, by address.
#[derive(Debug, Default)]
pub(crate) struct Upstreams(Mutex<BTreeMap<String, UpstreamStatus>>);

impl Upstreams {
    /// Whether an upstream has this key, whoever dialled.
    pub(super) fn has_key(&self, key: PublicKey) -> bool {
        self.all().values().any(|status| status.key == Some(key))
    }

    /// A look at all of them.
    pub(crate) fn look(&self) -> BTreeMap<String, UpstreamStatus> {
        self.all().clone()
    }

    fn note(
        &self,
        url: &HubUrl,
        since: Time,
        state: UpstreamState,
        change: impl FnOnce(&mut UpstreamStatus),
    ) {
        let mut all = self.all();
        let new = UpstreamStatus {
            state,
            since,
            key: url.key(),
            last_error: None,
            failed_at: None,
            next_attempt: None,
        };
        let status = all.entry(url.to_string()).or_insert(new);
        (status.state, status.since, status.next_attempt) = (state, since, None);
        change(status);
    }

    // No code that can panic runs under this lock.
    fn all(&self) -> MutexGuard<'_, BTreeMap<String, UpstreamStatus>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps linked with an upstream until the hub stops.
pub(crate) async fn keep_linked(desk: Arc<Desk>, url: HubUrl) {
    let mut redial = Redial::default();
    while !desk.is_stopping() {
        let retry_after = tokio::select! {
            () = desk.stopped() => return,
            called = call(&desk, &url) => after(&desk, &url, called, &mut redial),
        };
        let span = redial.wait(desk.chance.number(), retry_after);
        let (now, wait) = (desk.clock.now(), Duration::from_micros(span.0));
        desk.upstreams
            .note(&url, now, UpstreamState::Waiting, |status| status.next_attempt = Some(now + span));
        tokio::select! {
            () = desk.stopped() => return,
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Notes what came of it; gives how many seconds the other side wants to be left alone.
fn after(desk: &Desk, url: &HubUrl, called: Result<Ended, Failed>, redial: &mut Redial) -> u32 {
    let (why, retry_after) = match called {
        Ok(ended) => {
            redial.after_link(ended.stayed, ended.has_progressed);
            if ended.is_to_ask_again {
                redial.after_asking();
            }
            (ended.why, ended.retry_after)
        }
        Err(why @ Failed::NoLink(NoLink::TurnedAway(Bye { retry_after, .. }))) => {
            (why.to_string(), retry_after)
        }
        Err(why) => (why.to_string(), 0),
    };
    let now = desk.clock.now();
    desk.upstreams.note(url, now, UpstreamState::Waiting, |status| {
        // Who asks again every few seconds need not say each time that the answer is the same.
        if status.last_error.as_ref() == Some(&why) {
            tracing::debug!(%url, why, "still not linked with upstream {url}: {why}");
        } else {
            tracing::warn!(%url, why, "not linked with upstream {url}: {why}");
        }
        (status.last_error, status.failed_at) = (Some(why), Some(now));
    });
    retry_after
}

/// One call, and the link that comes of it, to its end.
async fn call(desk: &Arc<Desk>, url: &HubUrl) -> Result<Ended, Failed> {
    let pinned = match url.key() {
        Some(key) => Some(key),
        None => desk.log.pinned(url.to_string()).await?,
    };
    if let Some(key) = pinned {
        let state = if desk.table.has(key) { UpstreamState::Linked } else { UpstreamState::Dialling };
        desk.upstreams.note(url, desk.clock.now(), state, |status| status.key = Some(key));
        // If it has dialled us, one link is enough: a second would end the first, and so for ever.
        desk.table.until_absent(key).await;
    }
    desk.upstreams.note(url, desk.clock.now(), UpstreamState::Dialling, |_| {});
    let mut socket = desk.connector.dial(url, Source::Settings).await?;
    let hello = greeting::as_dialler(&mut socket, desk, &url.host, pinned).await?;
    let key = hello.key;
    if pinned.is_none() {
        desk.log.pin(url.to_string(), key).await?;
    }
    desk.upstreams.note(url, desk.clock.now(), UpstreamState::Linked, |status| {
        (status.key, status.last_error, status.failed_at) = (Some(key), None, None);
    });
    // A task of its own: it says BYE even when nobody waits for it any more.
    let task = {
        let desk = Arc::clone(desk);
        async move { link::keep(&desk, socket, hello, true).await }
    };
    tokio::spawn(task).await.map_err(|_| Failed::NoLink(NoLink::Gone))
}
