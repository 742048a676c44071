//! What the webmaster should know.

use crate::node::Alarm;
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
    match alarm {
        Alarm::Forked { stream, number, .. } => {
            tracing::error!(%stream, number, "{stream} has signed two envelopes under number {number}");
        }
        Alarm::Cloned { stopped: false } => {
            tracing::error!("somebody else signs with a key of this hub");
        }
        Alarm::Cloned { stopped: true } => {
            tracing::error!("this hub was cloned and posts nothing until it is resumed");
        }
        Alarm::Clock(true) => tracing::error!("all neighbours say that the clock of this hub is wrong"),
        Alarm::Clock(false) => tracing::info!("the clock of this hub is right again"),
        Alarm::Deactivated(key) => {
            tracing::warn!(%key, "neighbour {key} was not reached ten times: inactive")
        }
        Alarm::Reactivated(key) => tracing::info!(%key, "neighbour {key} is back"),
        Alarm::AsksToJoin(key) => tracing::warn!(%key, "{key} asks to be let in"),
    }
}
