//! Checking signatures, off the async threads: a few threads that take everything that waits, from all links.

use super::desk::{FromLink, ToNode};
use super::outbox::Outbox;
use crate::chance::{Chance, Dice};
use crate::clock::Clock;
use crate::envelope::{Checked, Envelope, Forged, Seal};
use crate::frame::{Bye, Carried, Reason};
use crate::key::PublicKey;
use crate::node::{Input, LinkId};
use crate::time::{Span, Time};
use crate::wire::Malformed;
use bytes::Bytes;
use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;

/// Threads that check. A link stays with one of them, which keeps its order.
const THREADS: usize = 2;

/// Signatures that are checked together; more would make the first wait without making any cheaper.
const TOGETHER: usize = 512;

/// So many good keys are remembered, then one begins anew: anybody can make keys.
const KEYS_MOST: usize = 16 * 1024;

/// So many wrong signatures within a minute end a link.
const FORGED_MOST: usize = 10;

/// The link that something came from, as far as checking is concerned.
#[derive(Debug)]
pub(super) struct Inflow {
    pub(super) link: LinkId,
    outbox: Arc<Outbox>,
    /// Work that has not yet reached the node.
    under_way: AtomicUsize,
    forged: Mutex<VecDeque<Time>>,
}

/// What is to be checked, or to wait for what is checked before it.
pub(super) enum What {
    Envelopes(Vec<Carried>),
    Input(Box<Input>),
}

/// Something that came on a link.
pub(super) struct Work {
    pub(super) inflow: Arc<Inflow>,
    pub(super) what: What,
    pub(super) room: Option<tokio::sync::OwnedSemaphorePermit>,
}

/// The threads that check. They end when this is dropped.
pub(crate) struct Checkers(Vec<mpsc::Sender<Work>>);

impl Inflow {
    pub(super) fn new(link: LinkId, outbox: Arc<Outbox>) -> Inflow {
        Inflow { link, outbox, under_way: AtomicUsize::new(0), forged: Mutex::default() }
    }

    /// Whether everything that was read has reached the node.
    pub(super) fn is_clear(&self) -> bool {
        self.under_way.load(Ordering::Acquire) == 0
    }

    fn close(&self, reason: Reason, text: &str) {
        self.outbox.close(Bye { reason, retry_after: 0, text: text.to_owned() });
    }

    fn count_forged(&self, now: Time, count: usize) {
        let mut forged = self.forged.lock().unwrap_or_else(PoisonError::into_inner);
        forged.extend(std::iter::repeat_n(now, count.min(FORGED_MOST)));
        while forged.front().is_some_and(|time| now.since(*time) > Span::minutes(1)) {
            forged.pop_front();
        }
        if forged.len() >= FORGED_MOST {
            self.close(Reason::Forged, "too many signatures were wrong");
        }
    }
}

impl Checkers {
    pub(crate) fn start(
        to_node: &ToNode,
        clock: &Arc<dyn Clock>,
        chance: &Arc<dyn Chance>,
    ) -> std::io::Result<Checkers> {
        let mut threads = Vec::new();
        for _ in 0..THREADS {
            let (sender, receiver) = mpsc::channel();
            let mut checker = Checker {
                to_node: Arc::clone(to_node),
                clock: Arc::clone(clock),
                chance: Arc::clone(chance),
                keys: KnownKeys::default(),
            };
            let thread = thread::Builder::new().name("hub-checker".to_owned());
            thread.spawn(move || checker.check_all(&receiver))?;
            threads.push(sender);
        }
        Ok(Checkers(threads))
    }

    pub(super) fn put(&self, work: Work) {
        let thread = (work.inflow.link.0 % self.0.len() as u64) as usize;
        work.inflow.under_way.fetch_add(1, Ordering::Relaxed);
        if let Err(mpsc::SendError(work)) = self.0[thread].send(work) {
            work.inflow.close(Reason::Failed, "signatures cannot be checked");
        }
    }
}

struct Checker {
    to_node: ToNode,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    keys: KnownKeys,
}

impl Checker {
    fn check_all(&mut self, receiver: &mpsc::Receiver<Work>) {
        while let Ok(first) = receiver.recv() {
            let mut works = vec![first];
            let mut count = count(&works[0]);
            while count < TOGETHER
                && let Ok(work) = receiver.try_recv()
            {
                count += self::count(&work);
                works.push(work);
            }
            self.check(works);
        }
    }

    fn check(&mut self, works: Vec<Work>) {
        let mut seals = Vec::with_capacity(works.iter().map(count).sum());
        let mut counts = Vec::with_capacity(works.len());
        for work in &works {
            let before = seals.len();
            if let What::Envelopes(envelopes) = &work.what {
                let whole = envelopes.iter().map(|carried| carried.envelope.len()).sum();
                let read = envelopes.iter().map(|carried| {
                    let bytes = own(&carried.envelope, whole);
                    Envelope::read_of(bytes, |key| self.keys.take(key)).map(Seal::of)
                });
                match read.collect::<Result<Vec<Seal>, _>>() {
                    Ok(read) => seals.extend(read),
                    Err(_) => work.inflow.close(Reason::Malformed, "an envelope cannot be read"),
                }
            }
            counts.push(seals.len() - before);
        }
        let mut checked = Seal::check_all(seals, Dice::new(self.chance.as_ref())).into_iter();
        for (work, count) in works.into_iter().zip(counts) {
            let results: Vec<_> = checked.by_ref().take(count).collect();
            self.hand_over(work, results);
        }
    }

    fn hand_over(&self, work: Work, results: Vec<Result<Checked, Forged>>) {
        let Work { inflow, what, room } = work;
        let link = inflow.link;
        let input = match what {
            What::Input(input) => *input,
            What::Envelopes(carried) => {
                let count = results.len();
                let hops = carried.iter().map(|carried| carried.hops);
                let checked = results.into_iter().zip(hops);
                let envelopes: Vec<_> =
                    checked.filter_map(|(checked, hops)| Some(checked.ok()?.after(hops))).collect();
                let forged = count - envelopes.len();
                if forged > 0 {
                    let input = Input::Forged { link, count: forged as u64 };
                    (self.to_node)(FromLink { input, room: None });
                    inflow.count_forged(self.clock.now(), forged);
                }
                Input::Received { link, envelopes }
            }
        };
        (self.to_node)(FromLink { input, room });
        inflow.under_way.fetch_sub(1, Ordering::Release);
    }
}

/// Keys that were found to be good: looking again would cost as much as half a signature.
#[derive(Default)]
struct KnownKeys(HashSet<[u8; 32]>);

impl KnownKeys {
    fn take(&mut self, bytes: [u8; 32]) -> Result<PublicKey, Malformed> {
        if self.0.contains(&bytes) {
            return Ok(PublicKey::trusted(bytes));
        }
        let key = PublicKey::new(bytes)?;
        if self.0.len() >= KEYS_MOST {
            self.0.clear();
        }
        self.0.insert(bytes);
        Ok(key)
    }
}

/// The bytes of an envelope, apart from those of its frame: a small one that is kept must not keep a large frame.
fn own(envelope: &Bytes, whole: usize) -> Bytes {
    if envelope.len() * 2 < whole { Bytes::copy_from_slice(envelope) } else { envelope.clone() }
}

fn count(work: &Work) -> usize {
    match &work.what {
        What::Envelopes(envelopes) => envelopes.len(),
        What::Input(_) => 0,
    }
}
