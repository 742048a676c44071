//! Letters leave: each once, unless the process dies between the mail server's yes and its own note.

use super::compose::{Letter, compose};
use crate::{Market, Refusal};
use auction::{Span, Time};
use std::future::Future;
use std::pin::Pin;
use store::letters::{self, Waiting};

/// Why a letter did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostError {
    /// Trying again is of no use.
    pub permanent: bool,
    /// For the log.
    pub text: String,
}

/// Takes letters away: by SMTP, into a folder, into memory.
pub trait Postman: Send + Sync {
    /// Sends one letter; `Ok` when the mail server has taken it over.
    fn post<'a>(
        &'a self,
        letter: &'a Letter,
    ) -> Pin<Box<dyn Future<Output = Result<(), PostError>> + Send + 'a>>;
}

/// What became of the letters of one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    /// Taken over by the mail server.
    pub sent: usize,
    /// No longer true when they were to leave.
    pub dropped: usize,
    /// To be tried again.
    pub delayed: usize,
    /// Given up.
    pub failed: usize,
}

/// How many letters are tried in one round.
const ROUND: usize = 64;

#[derive(Clone, Copy)]
enum Fate {
    Sent,
    Dropped,
    Failed,
    Later(Time),
}

impl Market {
    /// Sends letters that are due, one round; a single one where a site may send few. A round that is full says that
    /// more may wait.
    pub async fn send_letters(&self, postman: &dyn Postman) -> Result<Posted, Refusal> {
        self.send_letters_while(postman, || true).await
    }

    /// As [`send_letters`](Market::send_letters), and stops between two letters when it should not go on.
    pub async fn send_letters_while(
        &self,
        postman: &dyn Postman,
        go_on: impl Fn() -> bool,
    ) -> Result<Posted, Refusal> {
        let now = self.clock.now();
        let round = if self.policy.letters_per_minute > 0 { 1 } else { ROUND };
        let due = self.read(move |tx| {
            let due = letters::due(tx, now, round)?;
            due.into_iter().map(|waiting| Ok((compose(tx, &waiting, now)?, waiting))).collect()
        });
        let due: Vec<(Option<Letter>, Waiting)> = due.await?;
        let mut posted = Posted::default();
        // One after the other, each noted before the next: a process that is killed doubles at most one.
        for (letter, waiting) in due.iter().take_while(|_| go_on()) {
            let fate = self.deliver(postman, letter.as_ref(), waiting).await;
            self.note(waiting.id, fate, &mut posted).await?;
        }
        Ok(posted)
    }

    async fn deliver(&self, postman: &dyn Postman, letter: Option<&Letter>, waiting: &Waiting) -> Fate {
        let Some(letter) = letter else { return Fate::Dropped };
        let Err(PostError { permanent, text }) = postman.post(letter).await else { return Fate::Sent };
        tracing::warn!(letter = waiting.id, permanent, "letter {} was not taken: {text}", waiting.id);
        match self.policy.retry.get(waiting.tries as usize) {
            Some(wait) if !permanent => Fate::Later(self.clock.now() + *wait),
            _ => Fate::Failed,
        }
    }

    /// Notes what became of a letter, as soon as it is known.
    async fn note(&self, id: i64, fate: Fate, posted: &mut Posted) -> Result<(), Refusal> {
        let count = match fate {
            Fate::Sent => &mut posted.sent,
            Fate::Dropped => &mut posted.dropped,
            Fate::Failed => &mut posted.failed,
            Fate::Later(_) => &mut posted.delayed,
        };
        *count += 1;
        let now = self.clock.now();
        self.write(move |tx| {
            let noted = match fate {
                Fate::Sent => letters::done(tx, id, "sent", now),
                Fate::Dropped => letters::done(tx, id, "dropped", now),
                Fate::Failed => letters::done(tx, id, "failed", now),
                Fate::Later(at) => letters::later(tx, id, at),
            };
            Ok(noted?)
        })
        .await
    }

    /// How many letters wait, were sent, and were given up.
    pub async fn letter_counts(&self) -> Result<[i64; 3], Refusal> {
        self.read(|tx| {
            let waiting = letters::count_waiting(tx)?;
            Ok([waiting, letters::count_outcome(tx, "sent")?, letters::count_outcome(tx, "failed")?])
        })
        .await
    }

    /// Forgets what need not be kept: letters done 30 days ago, answers given 7 days ago, expired keys.
    pub async fn purge(&self) -> Result<(), Refusal> {
        let now = self.clock.now();
        self.write(move |tx| {
            letters::purge(tx, now - Span::days(30))?;
            store::answers::purge(tx, now - Span::days(7))?;
            Ok(store::keys::purge(tx, now)?)
        })
        .await
    }
}
