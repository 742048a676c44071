//! The reader that makes rows of the log.

use super::recent::{Sent, lock};
use super::table::{Answer, Receipt};
use super::{Answers, EventKey, REMEMBERED, table};
use crate::applications::carrier::{Carrier, Place};
use crate::applications::event::{Event, is_event};
use crate::applications::tokens::Tokens;
use crate::envelope::Envelope;
use crate::time::{Span, Time};
use journal::{Error, move_position, position};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::sleep;

/// The name under which its position is kept.
const NAME: &str = "answers";

/// How many envelopes it looks at together.
const MANY: usize = 256;

/// It follows the log at this distance: by then who posted has said what was posted, and nothing need be read twice.
const DISTANCE: Duration = Duration::from_millis(100);

/// Rows are written when there are so many. In the order of the table they then share its pages, and a page costs more than
/// all rows in it.
const ROWS_MOST: usize = 32 * 1024;

/// Or when the first of them has waited so long: after a crash no more need be read again.
const KEEP_AFTER: Span = Span::seconds(10);

/// Rows of one commit, so that nobody waits long for his own.
const ROWS_TOGETHER: usize = 512;

/// Rows of which the filter is told at once.
const EVENTS: u32 = 4096;

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
    /// The place that is written down: up to there all rows are written.
    kept: Place,
    /// Rows of what is behind it.
    rows: Vec<Answer>,
    /// Since when there are any.
    waiting_since: Time,
    purged: Time,
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
        let (rows, waiting_since, purged) = (Vec::new(), Time(0), Time(0));
        let mut reader = Reader { answers, carrier, tokens, place: kept, kept, rows, waiting_since, purged };
        reader.read_on().await?;
        reader.keep().await?;
        Ok(reader)
    }

    /// Reads for as long as the hub runs.
    pub async fn run(mut self) {
        let mut news = self.carrier.news();
        if let Err(error) = self.fill_filter().await {
            tracing::warn!(%error, "the table is asked about every event: {error}");
        }
        while let Some(is_asked) = self.wait(&mut news).await {
            if let Err(error) = self.go_on(is_asked).await {
                tracing::error!(%error, "answers to applications could not be kept: {error}");
                // Nothing is lost: all that has no row is read again.
                (self.place, self.rows) = (self.kept, Vec::new());
            }
        }
    }

    /// Waits until there is something to do: whether somebody waits for it, or `None` at the end.
    async fn wait(&self, news: &mut watch::Receiver<Place>) -> Option<bool> {
        tokio::select! {
            () = self.answers.asked.notified() => return Some(true),
            news = news.changed() => news.ok()?,
            () = sleep(Duration::from_micros(KEEP_AFTER.0)), if !self.rows.is_empty() => {}
        }
        tokio::select! {
            () = self.answers.asked.notified() => Some(true),
            () = sleep(DISTANCE) => Some(false),
        }
    }

    async fn go_on(&mut self, is_asked: bool) -> Result<(), Error> {
        self.read_on().await?;
        let now = self.answers.clock.now();
        if is_asked || self.rows.is_empty() || now.since(self.waiting_since) >= KEEP_AFTER {
            self.keep().await?;
        }
        self.purge(now).await
    }

    /// Reads all that there is.
    async fn read_on(&mut self) -> Result<(), Error> {
        loop {
            let envelopes = self.carrier.read_after(self.place, MANY).await?;
            let Some((last, _)) = envelopes.last() else { break };
            // Whoever has posted has had his token before.
            let tokens = self.tokens.by_key();
            if self.rows.is_empty() {
                self.waiting_since = self.answers.clock.now();
            }
            for (_, envelope) in &envelopes {
                if let Some(token) = tokens.get(&envelope.stream().origin) {
                    self.read(*token, envelope);
                }
            }
            self.place = *last;
            if self.rows.len() >= ROWS_MOST {
                self.keep().await?;
            }
        }
        if self.rows.is_empty() {
            self.answers.read.send_replace(self.place);
        }
        Ok(())
    }

    /// The rows of an envelope of one of our applications.
    fn read(&mut self, token: i64, envelope: &Envelope) {
        let (epoch, number, at) = (envelope.stream().epoch, envelope.number(), envelope.time());
        let known = lock(&self.answers.recent).come_to((token, epoch, number), envelope.message_count());
        let sent = known.unwrap_or_else(|| {
            let sent = look_into(token, envelope);
            let mut recent = lock(&self.answers.recent);
            sent.iter().for_each(|sent| recent.read(&sent.key));
            sent
        });
        let row = |Sent { key, content, index }| Answer {
            key,
            content,
            receipt: Receipt { epoch, number, index },
            at,
        };
        self.rows.extend(sent.into_iter().map(row));
    }

    /// Writes all rows, and then how far that is.
    async fn keep(&mut self) -> Result<(), Error> {
        let mut rows = std::mem::take(&mut self.rows);
        if rows.is_empty() && self.place - self.kept < STRIDE {
            return Ok(());
        }
        rows.sort_unstable_by_key(|row| row.key.event);
        let rows: Arc<[Answer]> = rows.into();
        for start in (0..rows.len()).step_by(ROWS_TOGETHER) {
            let rows = Arc::clone(&rows);
            let write = move |tx: &mut journal::Tx<'_>| {
                rows[start..].iter().take(ROWS_TOGETHER).try_for_each(|row| table::keep(tx, row))
            };
            self.answers.journal.write(write).await?;
        }
        let place = self.place;
        self.answers.journal.write(move |tx| move_position(tx, NAME, place as i64)).await?;
        self.kept = place;
        for rows in rows.chunks(ROWS_TOGETHER) {
            let mut recent = lock(&self.answers.recent);
            rows.iter().for_each(|row| recent.keep(&row.key));
        }
        self.answers.read.send_replace(place);
        Ok(())
    }

    /// Tells the filter of all rows.
    async fn fill_filter(&self) -> Result<(), Error> {
        let mut behind = [0; 16];
        loop {
            let events = self.answers.journal.read(move |tx| table::events(tx, behind, EVENTS)).await?;
            let mut recent = lock(&self.answers.recent);
            // To which token each belongs does not count here.
            events.iter().for_each(|event| recent.filter.add(&EventKey { token: 0, event: *event }));
            let Some(last) = events.last() else {
                recent.filter.complete();
                return Ok(());
            };
            behind = *last;
        }
    }

    async fn purge(&mut self, now: Time) -> Result<(), Error> {
        if now.since(self.purged) < PURGE_EVERY {
            return Ok(());
        }
        self.purged = now;
        self.keep().await?;
        lock(&self.answers.recent).forget_old(now);
        for byte in 0..=u8::MAX {
            self.answers.journal.write(move |tx| table::purge(tx, byte, now - REMEMBERED)).await?;
        }
        Ok(())
    }
}

/// The events of an envelope.
fn look_into(token: i64, envelope: &Envelope) -> Vec<Sent> {
    let one = |(message, index): (crate::Message, u16)| {
        let text = std::str::from_utf8(&message.body).ok().filter(|_| is_event(&message))?;
        let event = Event::structured(text).ok()?;
        Some(Sent { key: EventKey::of(token, &event), content: event.content, index })
    };
    envelope.messages().zip(0..).filter_map(one).collect()
}
