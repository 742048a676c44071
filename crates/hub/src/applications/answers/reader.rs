//! The reader that makes rows of the log.

use super::table::{Answer, Receipt};
use super::ticket::State;
use super::{Answers, EventKey, REMEMBERED, lock, table};
use crate::applications::carrier::{Carrier, Place, Placed};
use crate::applications::event::{Event, is_event};
use crate::applications::tokens::Tokens;
use crate::envelope::Envelope;
use crate::key::PublicKey;
use crate::time::{Span, Time};
use journal::{Error, move_position, position};
use prometheus_client::metrics::histogram::Histogram;
use std::collections::HashMap;
use std::sync::Arc;

/// The name under which its position is kept.
const NAME: &str = "answers";

/// How many envelopes it looks at together.
const MANY: usize = 256;

/// Where none of the envelopes is ours its position is written down only this often: reading on is cheap, writing is not.
const STRIDE: Place = 10_000;

/// How often old rows are thrown away.
const PURGE_EVERY: Span = Span::hours(1);

/// Reads the log behind the posts.
pub struct Reader {
    answers: Answers,
    carrier: Arc<dyn Carrier>,
    tokens: Arc<Tokens>,
    place: Place,
    /// The place that is written down.
    kept: Place,
    purged: Time,
    /// Only of what comes while it runs: what waited in the log says nothing about delivery.
    delivery_seconds: Option<Histogram>,
}

impl Reader {
    /// Reads on where it was, up to the newest envelope: before that nobody may post.
    pub async fn open(
        answers: &Answers,
        carrier: &Arc<dyn Carrier>,
        tokens: &Arc<Tokens>,
    ) -> Result<Reader, Error> {
        let kept = answers.journal.read(|tx| position(tx, NAME)).await? as Place;
        let (answers, carrier, tokens) = (answers.clone(), carrier.clone(), tokens.clone());
        let mut reader =
            Reader { answers, carrier, tokens, place: kept, kept, purged: Time(0), delivery_seconds: None };
        reader.catch_up().await?;
        Ok(reader)
    }

    /// Reads for as long as the hub runs.
    pub async fn run(mut self, delivery_seconds: Histogram) {
        self.delivery_seconds = Some(delivery_seconds);
        let mut news = self.carrier.news();
        loop {
            news.mark_unchanged();
            if let Err(error) = self.catch_up().await {
                tracing::error!(%error, "answers to applications could not be kept: {error}");
                // With the next news it is tried again.
            }
            if news.changed().await.is_err() {
                return;
            }
        }
    }

    /// Reads all that there is.
    pub async fn catch_up(&mut self) -> Result<(), Error> {
        loop {
            let envelopes = self.carrier.read_after(self.place, MANY).await?;
            let Some((last, _)) = envelopes.last() else { return self.purge().await };
            let last = *last;
            self.measure(&envelopes);
            let tokens = self.tokens.by_key();
            let rows: Vec<Answer> =
                envelopes.iter().flat_map(|(_, envelope)| answers(envelope, &tokens)).collect();
            if !rows.is_empty() || last.saturating_sub(self.kept) >= STRIDE {
                self.keep(rows, last).await?;
            }
            self.place = last;
            self.answers.read.send_replace(last);
        }
    }

    fn measure(&self, envelopes: &[Placed]) {
        let Some(delivery_seconds) = &self.delivery_seconds else { return };
        let now = self.answers.now();
        let ages = envelopes.iter().map(|(_, envelope)| now.since(envelope.time()));
        ages.for_each(|age| delivery_seconds.observe(age.0 as f64 / 1e6));
    }

    async fn keep(&mut self, rows: Vec<Answer>, last: Place) -> Result<(), Error> {
        let keys: Vec<EventKey> = rows.iter().map(|row| row.key).collect();
        let write = move |tx: &mut journal::Tx<'_>| {
            rows.iter().try_for_each(|row| table::keep(tx, row))?;
            move_position(tx, NAME, last as i64)
        };
        self.answers.journal.write(write).await?;
        self.kept = last;
        let mut recent = lock(&self.answers.recent);
        for key in keys {
            if recent.get_mut(&key).is_some_and(super::Slot::keep) {
                recent.remove(&key);
            }
        }
        Ok(())
    }

    async fn purge(&mut self) -> Result<(), Error> {
        let now = self.answers.now();
        if now.since(self.purged) < PURGE_EVERY {
            return Ok(());
        }
        self.purged = now;
        // The log has been read: what is in doubt is not there, or has its row.
        lock(&self.answers.recent).retain(|_, slot| slot.state() != State::Doubtful);
        self.answers.journal.write(move |tx| table::purge(tx, now - REMEMBERED)).await
    }
}

/// The rows of an envelope, if it is one of ours.
fn answers(envelope: &Envelope, tokens: &HashMap<PublicKey, i64>) -> Vec<Answer> {
    let Some(token) = tokens.get(&envelope.stream().origin).copied() else { return Vec::new() };
    let (epoch, number, at) = (envelope.stream().epoch, envelope.number(), envelope.time());
    let row = |(index, message): (usize, crate::Message)| {
        let text = std::str::from_utf8(&message.body).ok().filter(|_| is_event(&message))?;
        let event = Event::structured(text).ok()?;
        let receipt = Receipt { epoch, number, index: index as u16 };
        Some(Answer { key: EventKey::of(token, &event), content: event.content(), receipt, at })
    };
    envelope.messages().enumerate().filter_map(row).collect()
}
