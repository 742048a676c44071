//! The id of an event in a stream: which log, which envelope of it, which message of that.

use super::super::carrier::Place;
use crate::time::Time;
use std::fmt;
use std::str::FromStr;

/// What an application has seen: all envelopes before `place`, and of the one there the messages before `message`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The place of the envelope.
    pub place: Place,
    /// How many of its messages were seen.
    pub message: u16,
}

impl Spot {
    /// Before everything.
    pub const OLDEST: Spot = Spot { place: 0, message: 0 };

    /// Behind all messages of an envelope.
    pub fn behind(place: Place) -> Spot {
        Spot { place: place + 1, message: 0 }
    }

    /// The place after which to read in order to find the next message.
    pub fn after(self) -> Place {
        self.place - 1
    }
}

/// A spot in a log that was opened at a time: `Last-Event-ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EventId {
    pub(super) log: Time,
    pub(super) spot: Spot,
}

impl EventId {
    /// Where somebody goes on who has seen this id in the present log. What is of another log, or no id at all, is
    /// answered from the oldest on: twice is better than never.
    pub(super) fn resume(text: &str, log: Time) -> Spot {
        let id: Option<EventId> = text.trim().parse().ok();
        id.filter(|id| id.log == log).map_or(Spot::OLDEST, |id| id.spot)
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{}.{}", self.log.0, self.spot.place, self.spot.message)
    }
}

impl FromStr for EventId {
    type Err = ();

    fn from_str(text: &str) -> Result<EventId, ()> {
        let (log, offset) = text.split_once('-').ok_or(())?;
        let (place, message) = offset.split_once('.').ok_or(())?;
        let log = Time(u64::from_str_radix(log, 16).map_err(drop)?);
        let (place, message) = (place.parse().map_err(drop)?, message.parse().map_err(drop)?);
        if place < 0 { Err(()) } else { Ok(EventId { log, spot: Spot { place, message } }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_was_written() {
        let id = EventId { log: Time(0x5f3), spot: Spot { place: 12, message: 3 } };
        assert_eq!(id.to_string(), "5f3-12.3");
        assert_eq!(EventId::resume("5f3-12.3", Time(0x5f3)), id.spot);
    }

    #[test]
    fn what_this_log_never_wrote_begins_with_the_oldest() {
        for text in ["5f2-12.3", "5f3-12", "5f3--1.0", "12", "", "x-1.2", "5f3-99999999999999999999.0"] {
            assert_eq!(EventId::resume(text, Time(0x5f3)), Spot::OLDEST, "{text}");
        }
    }
}
