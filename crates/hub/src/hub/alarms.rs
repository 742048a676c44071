//! What the webmaster should know.

use crate::envelope::StreamId;
use crate::node::{Alarm, Clones};
use crate::time::Time;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// So many are kept for who looks.
const KEPT: usize = 100;

/// The newest alarms.
#[derive(Debug, Default)]
pub(super) struct Alarms(Mutex<VecDeque<(Time, Alarm)>>);

impl Alarms {
    /// Says it in the log, and keeps it.
    pub(super) fn raise(&self, now: Time, alarm: Alarm) {
        say(&alarm);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.truncate(KEPT - 1);
        all.push_front((now, alarm));
    }

    /// All that are kept, oldest first.
    pub(super) fn look(&self) -> Vec<(Time, Alarm)> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().rev().cloned().collect()
    }
}

fn say(alarm: &Alarm) {
    let words = words(alarm);
    match alarm {
        Alarm::Forked { .. } | Alarm::Cloned { .. } | Alarm::Clock(true) => tracing::error!("{words}"),
        Alarm::Deactivated(_) | Alarm::AsksToJoin(_) => tracing::warn!("{words}"),
        Alarm::Clock(false) | Alarm::Reactivated(_) => tracing::info!("{words}"),
    }
}

/// An alarm in words, unless it says that something is right again.
pub(super) fn warning(alarm: &Alarm) -> Option<String> {
    let is_good = matches!(alarm, Alarm::Clock(false) | Alarm::Reactivated(_));
    (!is_good).then(|| words(alarm))
}

const SIGNS: &str = "somebody else signs with a key of this hub";
const STOPPED: &str = "this hub was cloned and posts nothing until its webmaster resumes it, which may be done to one of the clones";

/// What is to be said of others that sign with a key of this hub.
pub(super) fn cloned(clones: Clones, now: Time) -> Option<String> {
    if clones.is_stopped {
        return Some(STOPPED.to_owned());
    }
    clones.are_near(now).then(|| SIGNS.to_owned())
}

/// What is to be said of an origin that has signed what cannot both be.
pub(super) fn forked(stream: StreamId, number: u64) -> String {
    format!("{stream} has signed two envelopes that contradict each other, the second under number {number}")
}

fn words(alarm: &Alarm) -> String {
    match alarm {
        Alarm::Forked { stream, number, .. } => forked(*stream, *number),
        Alarm::Cloned { stopped: false } => SIGNS.to_owned(),
        Alarm::Cloned { stopped: true } => STOPPED.to_owned(),
        Alarm::Clock(true) => "all neighbours say that the clock of this hub is wrong".to_owned(),
        Alarm::Clock(false) => "the clock of this hub is right again".to_owned(),
        Alarm::Deactivated(key) => format!("neighbour {key} was not reached ten times: inactive"),
        Alarm::Reactivated(key) => format!("neighbour {key} is back"),
        Alarm::AsksToJoin(key) => format!("{key} asks to be let in"),
    }
}
