//! What watchers of a page are told: one encoding of a change, shared by all who watch.

mod frame;

use crate::rates::Watcher;
use auction::{Progress, Time};
use bytes::Bytes;
use frame::Frame;
use futures_util::Stream;
use market::{Market, Refusal};
use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

/// After a round of updates the next one waits this long: a bidding war is told in steps that eyes can follow.
const BREATH: Duration = Duration::from_millis(50);

/// How often it is looked whether time alone has changed something (an opening, an end, a clock).
const TICK: Duration = Duration::from_millis(500);

/// A stream on which nothing happens gets a comment, so that proxies keep it open.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

type Newest = watch::Sender<Option<Arc<Frame>>>;

/// All watched auctions. Cheap to clone.
#[derive(Clone, Default)]
pub struct Live {
    watched: Arc<Mutex<HashMap<i64, Newest>>>,
    over: Arc<watch::Sender<bool>>,
}

impl Live {
    fn watched(&self) -> MutexGuard<'_, HashMap<i64, Newest>> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many watch now.
    pub fn watchers(&self) -> usize {
        self.watched().values().map(Newest::receiver_count).sum()
    }

    /// Ends all streams: the server stops.
    pub fn end(&self) {
        self.over.send_replace(true);
    }

    /// Begins to watch. Fails if strangers do not see the auction. The stream keeps who counts it.
    pub async fn watch(
        &self,
        market: &Market,
        auction: i64,
        seen: Option<String>,
        watcher: Option<Watcher>,
    ) -> Result<impl Stream<Item = Result<Bytes, Infallible>> + use<>, Refusal> {
        // Listening begins before looking, so that no change falls between.
        let mut newest = self.watched().entry(auction).or_insert_with(|| watch::channel(None).0).subscribe();
        let frame = Frame::look(market, auction).await?;
        newest.borrow_and_update();
        let first = (seen.as_deref() != Some(frame.id.as_str())).then(|| frame.bytes.clone());
        let over = self.over.subscribe();
        let state = Watching { newest, over, first, told: frame.id.clone(), _watcher: watcher };
        Ok(futures_util::stream::unfold(state, |mut watching| async move {
            let bytes = watching.next().await?;
            Some((Ok(bytes), watching))
        }))
    }

    /// Tells watchers of changes until the server stops. Runs for as long as the site.
    pub async fn run(self, market: Market) {
        let mut notices = market.notices().listen();
        let mut over = self.over.subscribe();
        loop {
            let changed = tokio::select! {
                changed = notices.recv() => Some(changed),
                () = sleep(TICK) => None,
                _ = over.wait_for(|over| *over) => return,
            };
            match changed {
                None => self.update(&market, |frame| frame.next_change <= market.now()).await,
                Some(Err(RecvError::Lagged(_))) => self.update(&market, |_| true).await,
                Some(Err(RecvError::Closed)) => return,
                Some(Ok(first)) => {
                    let mut touched = first.to_vec();
                    let mut all = false;
                    loop {
                        match notices.try_recv() {
                            Ok(more) => touched.extend_from_slice(&more),
                            Err(TryRecvError::Lagged(_)) => all = true,
                            Err(_) => break,
                        }
                    }
                    self.update(&market, |frame| all || touched.contains(&frame.auction)).await;
                    sleep(BREATH).await;
                }
            }
        }
    }

    /// Looks again at watched auctions that may have changed, and tells if they have.
    async fn update(&self, market: &Market, may_have: impl Fn(&Watched) -> bool) {
        let due: Vec<i64> = {
            let mut watched = self.watched();
            watched.retain(|_, newest| newest.receiver_count() > 0);
            let known = watched.iter().map(|(auction, newest)| Watched {
                auction: *auction,
                next_change: newest.borrow().as_ref().map_or(Time(i64::MIN), |frame| frame.next_change),
            });
            known.filter(|known| may_have(known)).map(|known| known.auction).collect()
        };
        for auction in due {
            let frame = match Frame::look(market, auction).await {
                Ok(frame) => frame,
                // It was withdrawn before anybody had bid, or went back to a moderator.
                Err(Refusal::NoSuchAuction) => Frame::gone(auction),
                Err(_) => continue,
            };
            if let Some(newest) = self.watched().get(&auction) {
                newest.send_replace(Some(Arc::new(frame)));
            }
        }
    }
}

struct Watched {
    auction: i64,
    next_change: Time,
}

/// One watcher.
struct Watching {
    newest: watch::Receiver<Option<Arc<Frame>>>,
    over: watch::Receiver<bool>,
    first: Option<Bytes>,
    told: String,
    /// Counted for as long as the stream is open.
    _watcher: Option<Watcher>,
}

impl Watching {
    /// The next bytes of the stream; `None` at its end.
    async fn next(&mut self) -> Option<Bytes> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            let changed = tokio::select! {
                changed = timeout(KEEP_ALIVE, self.newest.changed()) => changed,
                _ = self.over.wait_for(|over| *over) => return None,
            };
            let Ok(changed) = changed else { return Some(Bytes::from_static(b": still here\n\n")) };
            changed.ok()?;
            let frame = self.newest.borrow_and_update().clone();
            if let Some(frame) = frame.filter(|frame| frame.id != self.told) {
                self.told.clone_from(&frame.id);
                return Some(frame.bytes.clone());
            }
        }
    }
}

/// Whether time alone changes what is shown, and when next.
fn next_change(shape_at: Time, opens_at: Time, ends_at: Time, progress: Progress, clock: bool) -> Time {
    match progress {
        Progress::Scheduled => opens_at,
        Progress::Open if clock => shape_at,
        Progress::Open => ends_at,
        Progress::Closing => shape_at,
        _ => Time(i64::MAX),
    }
}
