//! A link from the proof of both sides to its end.

use super::checkers::Inflow;
use super::desk::Desk;
use super::greeting::NoLink;
use super::outbox::outbox;
use super::reader::Reader;
use super::refusals::turned_away;
use super::socket::{Socket, drain};
use super::writer::write_all;
use crate::frame::{Bye, Hello, Reason};
use crate::node::{Input, Peer};
use crate::time::Span;
use futures_util::future::{FusedFuture, FutureExt};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// How long the last frames may take.
const LAST_FRAMES: Duration = Duration::from_secs(5);

/// What became of a link.
#[derive(Debug)]
pub(super) struct Ended {
    /// Why, in words.
    pub(super) why: String,
    /// For how many seconds the other side wants to be left alone.
    pub(super) retry_after: u32,
    /// The other side has not decided yet whether this hub may link.
    pub(super) is_to_ask_again: bool,
    /// How long it was open.
    pub(super) stayed: Span,
    /// Something was told on it.
    pub(super) has_progressed: bool,
}

/// Keeps a link until it ends. `is_upstream`: dialled because the settings say so.
pub(super) async fn keep(desk: &Arc<Desk>, socket: Socket, hello: Hello, is_upstream: bool) -> Ended {
    let opened = desk.clock.now();
    let (outbox, sendings) = outbox(hello.window_bytes);
    let outbox = Arc::new(outbox);
    let key = hello.key;
    let id = desk.table.add(key, Arc::clone(&outbox));
    if desk.is_stopping() {
        // It was greeted just before, and nobody else will say BYE to it.
        outbox.close(stopping());
    }
    desk.failures.clear(key);
    tracing::info!(%key, name = hello.name, link = id.0, "linked with {} ({key})", hello.name);
    let peer = peer(hello, is_upstream || desk.upstreams.has_key(key));
    desk.tell(Input::Opened { link: id, peer });

    let inflow = Arc::new(Inflow::new(id, Arc::clone(&outbox)));
    let mut reader = Reader::new(Arc::clone(desk), inflow);
    let mut writing = pin!(write_all(socket.outgoing, sendings, desk.limits.ping).fuse());
    let mut incoming = socket.incoming;
    let bye = tokio::select! {
        end = reader.read_all(&mut incoming) => end.tell(&outbox),
        () = &mut writing => None,
    };
    desk.table.remove(id);
    let last_word = outbox.last_word();
    let turned_away = last_word.as_ref().and_then(|bye| turned_away(bye.reason));
    turned_away.into_iter().for_each(|code| desk.refusals.count(code));
    let why = why(bye.as_ref(), last_word);
    // A newer link of the same key may be open by now: then nothing is wrong. Noted before the node learns of the end: what
    // it does then may go wrong as well, and that is newer.
    if turned_away.is_none() && !desk.table.has(key) {
        desk.failures.note(key, desk.clock.now(), why.clone());
    }
    desk.tell(Input::Closed { link: id });
    // Who does not listen to the end is left behind.
    let _ = tokio::time::timeout(LAST_FRAMES, async {
        if !writing.is_terminated() {
            writing.await;
        }
        drain(&mut incoming).await;
    })
    .await;
    let stayed = desk.clock.now().since(opened);
    tracing::info!(%key, link = id.0, why, "the link with {key} has ended: {why}");
    let is_to_ask_again = bye.as_ref().is_some_and(|bye| bye.reason == Reason::NotApproved);
    let retry_after = bye.map_or(0, |bye| bye.retry_after);
    Ended { why, retry_after, is_to_ask_again, stayed, has_progressed: reader.has_progressed() }
}

fn why(heard: Option<&Bye>, said: Option<Bye>) -> String {
    match (heard, said) {
        (Some(bye), _) => NoLink::TurnedAway(bye.clone()).to_string(),
        (None, Some(bye)) => format!("this hub ended it: {}", bye.text),
        (None, None) => NoLink::Gone.to_string(),
    }
}

/// What everybody is told when a hub stops.
pub(crate) fn stopping() -> Bye {
    Bye { reason: Reason::Stopping, retry_after: 0, text: "this hub stops".to_owned() }
}

fn peer(hello: Hello, is_upstream: bool) -> Peer {
    let Hello { key, name, address, clock, window_envelopes, window_bytes, envelope_most, .. } = hello;
    Peer { key, name, address, is_upstream, clock, window_envelopes, window_bytes, envelope_most }
}
