//! How a neighbour stands, in words.

use super::Neighbour;
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
            (Standing::Inactive, _) => {
                format!(
                    "deactivated after {} attempts; nothing waits for it until it comes back",
                    ATTEMPTS.len()
                )
            }
            (Standing::Active, Some(since)) => {
                format!("linked for {}{}", length(now.since(since)), self.lag(now))
            }
            (Standing::Active, None) => self.away(now),
        }
    }

    fn lag(&self, now: Time) -> String {
        match self.lag_messages {
            0 => ", level".to_owned(),
            lag => format!(", {} behind by {}", messages(lag), length(Span::seconds(self.lag_seconds(now)))),
        }
    }

    fn away(&self, now: Time) -> String {
        let next =
            self.next_attempt.map_or(String::new(), |at| format!(", next in {}", length(at.since(now))));
        match (self.is_upstream, self.attempts) {
            (true, _) => format!("not linked; it is dialled again and again{next}"),
            (false, 0) if self.lag_messages == 0 => "not linked; nothing waits for it".to_owned(),
            (false, 0) => {
                format!("not linked; it has not been tried yet{next}; {} wait", messages(self.lag_messages))
            }
            (false, made) => {
                format!(
                    "not linked; attempt {made} of {} has failed{next}; {} wait",
                    ATTEMPTS.len(),
                    messages(self.lag_messages)
                )
            }
        }
    }
}

fn messages(count: u64) -> String {
    if count == 1 { "1 envelope".to_owned() } else { format!("{count} envelopes") }
}

/// A length of time as people say it: in its largest unit.
pub(crate) fn length(span: Span) -> String {
    let seconds = span.0 / 1_000_000;
    let units = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
    let (size, unit) = units.into_iter().find(|(size, _)| seconds >= *size).unwrap_or((1, "second"));
    let count = seconds / size;
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}
