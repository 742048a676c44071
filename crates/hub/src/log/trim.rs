//! Letting go of the oldest envelopes of a stream.

use super::fetch::envelope;
use super::index::Weight;
use super::retention::{Cut, Retention, up_to};
use super::schema::{number, whole};
use super::{Log, Shared, names, streams};
use crate::envelope::{Hash, StreamId};
use crate::time::{Span, Time};
use journal::{Error, Failure, Job, Tx, args};
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;
use tokio::sync::oneshot;

journal::statements! {
    /// Statements on `envelopes` that let go of them, and that weigh them.
    pub(super) STATEMENTS;
    OLDEST = "SELECT place, n, time, length(bytes) FROM envelopes WHERE stream = $1 ORDER BY n LIMIT $2";
    BYTES = "SELECT bytes FROM envelopes WHERE stream = $1 AND n = $2";
    LET_GO = "DELETE FROM envelopes WHERE stream = $1 AND n <= $2";
    WEIGH = "SELECT place, stream, length(bytes) FROM envelopes WHERE place > $1 AND place < $2
        ORDER BY place LIMIT $3";
}

/// Envelopes let go in one commit: everybody else waits for some milliseconds.
const CHUNK: u32 = 200;

/// Envelopes that are weighed in one read.
const WEIGHED_AT_ONCE: u32 = 20_000;

/// What was let go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetGo {
    /// Of this stream.
    pub stream: StreamId,
    /// Up to this number.
    pub to: u64,
    /// So many envelopes.
    pub envelopes: u64,
    /// With so many bytes together.
    pub bytes: u64,
}

/// Lets go of one chunk, if anything is too old or too much.
pub(super) async fn trim(log: &Log, retention: Retention, now: Time) -> Result<Option<LetGo>, Error> {
    weigh(log).await?;
    let cut = retention.next_cut(&log.shared.index(), now);
    carry_out(log, cut).await
}

/// Lets go of one chunk of what was signed before a time, however young it is.
pub(super) async fn trim_before(log: &Log, time: Time) -> Result<Option<LetGo>, Error> {
    weigh(log).await?;
    let cut = up_to(&log.shared.index(), time - Span(1));
    carry_out(log, cut).await
}

async fn carry_out(log: &Log, cut: Option<Cut>) -> Result<Option<LetGo>, Error> {
    let Some(cut) = cut else { return Ok(None) };
    let (asker, answer) = oneshot::channel();
    let shared = Arc::clone(&log.shared);
    log.journal.submit(Box::new(Trim { cut, shared, done: Done::default(), asker }));
    answer.await.unwrap_or(Err(Error::Closed))
}

/// One cut, as a job of the writer.
struct Trim {
    cut: Cut,
    shared: Arc<Shared>,
    done: Done,
    asker: oneshot::Sender<Result<Option<LetGo>, Error>>,
}

impl Job for Trim {
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.done = let_go(tx, self.cut)?;
        Ok(())
    }

    fn done(self: Box<Self>, outcome: Result<(), Error>) {
        let Trim { cut, shared, done, asker } = *self;
        // Who asked may be gone; what was let go is gone all the same.
        let _ = asker.send(outcome.map(|()| done.remember(&shared, cut.stream)));
    }
}

/// Adds up, once after the start, what was there before it.
pub(super) async fn weigh(log: &Log) -> Result<(), Error> {
    let end = log.shared.index().weighed_from;
    if end <= 1 {
        return Ok(());
    }
    let (mut place, mut weights) = (0, HashMap::new());
    loop {
        let part = log.journal.read(move |tx| weigh_part(tx, place, end)).await?;
        part.weights.into_iter().for_each(|(stream, more)| add(&mut weights, stream, more));
        match part.next {
            Some(next) => place = next,
            None => break,
        }
    }
    log.shared.index().weigh(&weights);
    Ok(())
}

fn add(weights: &mut HashMap<i64, Weight>, stream: i64, more: Weight) {
    let weight = weights.entry(stream).or_default();
    weight.envelopes += more.envelopes;
    weight.bytes += more.bytes;
}

#[derive(Default)]
struct Part {
    weights: HashMap<i64, Weight>,
    next: Option<i64>,
}

fn weigh_part(tx: &mut Tx<'_>, after: i64, end: u64) -> Result<Part, Error> {
    let (mut part, mut last) = (Part::default(), None);
    tx.walk(&WEIGH, args![after, whole(end), WEIGHED_AT_ONCE], |row| {
        add(&mut part.weights, row.int(1)?, Weight { envelopes: 1, bytes: number(row.int(2)?) });
        last = Some(row.int(0)?);
        Ok(ControlFlow::Continue(()))
    })?;
    part.next = last;
    Ok(part)
}

/// What one cut has done.
#[derive(Default)]
struct Done {
    last: Option<(u64, Hash, Time)>,
    envelopes: u64,
    bytes: u64,
    oldest: Option<Time>,
    is_dropped: bool,
}

impl Done {
    fn remember(self, shared: &Shared, stream: StreamId) -> Option<LetGo> {
        let mut index = shared.index();
        let weight = Weight { envelopes: self.envelopes, bytes: self.bytes };
        index.remove(stream, weight, self.oldest);
        if self.is_dropped {
            index.forget(stream);
        }
        drop(index);
        let (to, ..) = self.last?;
        shared.newest().let_go(stream, to);
        Some(LetGo { stream, to, envelopes: self.envelopes, bytes: self.bytes })
    }
}

fn let_go(tx: &mut Tx<'_>, cut: Cut) -> Result<Done, Error> {
    let (mut done, mut place, mut n) = (Done::default(), 0, None);
    // One more than a chunk: the first that stays is the oldest from now on.
    tx.walk(&OLDEST, args![cut.number, CHUNK + 1], |row| {
        let time = Time(number(row.int(2)?));
        if done.envelopes == u64::from(CHUNK) || time > cut.before || done.bytes >= cut.bytes {
            done.oldest = Some(time);
            return Ok(ControlFlow::Break(()));
        }
        (place, n) = (number(row.int(0)?).max(place), Some(row.int(1)?));
        done.envelopes += 1;
        done.bytes += number(row.int(3)?);
        Ok(ControlFlow::Continue(()))
    })?;
    let Some(n) = n else { return Ok(done) };
    let last = tx.one(&BYTES, args![cut.number, n], |row| envelope(row.blob_ref(0)?))?;
    let last = last.ok_or_else(|| Error::Corrupt("an envelope is gone that was just there".into()))?;
    done.last = Some((last.number(), *last.hash(), last.time()));
    tx.run(&LET_GO, args![cut.number, n])?;
    streams::set_base(tx, cut.number, last.number(), last.hash(), last.time())?;
    names::reach(tx, place)?;
    done.is_dropped = streams::drop_if_empty(tx, cut.number)?;
    Ok(done)
}
