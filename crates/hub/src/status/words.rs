//! How a neighbour stands, in words.

use super::Neighbour;
use super::counted::count;
use crate::node::{ATTEMPTS, Standing};
use crate::time::{Span, Time};

impl Neighbour {
    /// The stable word of its standing.
    pub fn standing_word(&self) -> &'static str {
        match self.standing {
            Standing::Pending => "pending",
            Standing::Active => "active",
            Standing::Inactive => "inactive",
            Standing::Blocked => "blocked",
        }
    }

    /// A sentence for people.
    pub fn in_words(&self, now: Time) -> String {
        match (self.standing, self.linked_since) {
            (Standing::Blocked, _) => "blocked by the webmaster".to_owned(),
            (Standing::Pending, _) => "asks to be let in; the webmaster has not decided yet".to_owned(),
            (Standing::Inactive, _) => self.deactivated(now),
            (Standing::Active, Some(since)) => {
                format!("linked for {}{}", length(now.since(since)), self.lag(now))
            }
            (Standing::Active, None) => self.away(now),
        }
    }

    fn deactivated(&self, now: Time) -> String {
        let since = self.deactivated_since.map_or(Span(0), |since| now.since(since));
        let attempts = ATTEMPTS.len();
        format!(
            "deactivated {} ago, after {attempts} attempts; no more are made, and nothing waits for it until it comes back",
            length(since)
        )
    }

    fn lag(&self, now: Time) -> String {
        match self.lag_messages {
            0 => ", level".to_owned(),
            lag => match self.lag_seconds(now) {
                Some(seconds) => {
                    format!(", {} behind, by {}", messages(lag), length(Span::seconds(seconds)))
                }
                None => format!(", {} behind; for how long is not known", messages(lag)),
            },
        }
    }

    fn away(&self, now: Time) -> String {
        let next = self
            .next_attempt
            .map_or(String::new(), |at| format!(", next attempt in {}", length(at.since(now))));
        match (self.is_upstream, self.attempts) {
            (true, _) if self.lag_messages > 0 => {
                format!("not linked; it is dialled for ever{next}; {}", wait(self.lag_messages))
            }
            (true, _) => format!("not linked; it is dialled for ever{next}"),
            (false, 0) if self.lag_messages == 0 => "not linked; nothing waits for it".to_owned(),
            (false, 0) => {
                format!("not linked; it has not been tried yet{next}; {}", wait(self.lag_messages))
            }
            (false, made) => {
                format!(
                    "not linked; attempt {made} of {} has failed{next}; {}",
                    ATTEMPTS.len(),
                    wait(self.lag_messages)
                )
            }
        }
    }
}

fn messages(number: u64) -> String {
    count(number, "envelope")
}

fn wait(number: u64) -> String {
    format!("{} {}", messages(number), if number == 1 { "waits" } else { "wait" })
}

/// A length of time as people say it: in its largest unit.
pub(crate) fn length(span: Span) -> String {
    let seconds = span.0 / 1_000_000;
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    if seconds == 0 {
        return "less than a second".to_owned();
    }
    let (size, unit) = units.into_iter().find(|(size, _)| seconds >= *size).unwrap_or((1, "second"));
    count(seconds / size, unit)
}
