//! Where an application stands in the log, and the id of an event that says so.

use super::super::carrier::{Carrier, Place};
use journal::Error;
use std::fmt;
use std::str::FromStr;

/// What an application has seen: all envelopes up to a place, and some messages of the one behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// All up to this place.
    pub after: Place,
    /// And so many messages of the envelope at the next place.
    pub messages: u16,
}

impl Spot {
    /// Before everything.
    pub const OLDEST: Spot = Spot { after: 0, messages: 0 };

    /// Behind an envelope.
    pub fn behind(place: Place) -> Spot {
        Spot { after: place, messages: 0 }
    }

    /// Behind one message of an envelope. `index`: from 0.
    pub fn within(place: Place, index: u16) -> Spot {
        Spot { after: place.saturating_sub(1), messages: index + 1 }
    }

    /// How many messages of the envelope at this place were seen.
    pub fn seen(self, place: Place) -> usize {
        if place == self.after + 1 { usize::from(self.messages) } else { 0 }
    }
}

/// A spot of a log: `Last-Event-ID`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EventId {
    pub(super) log: u64,
    pub(super) spot: Spot,
}

impl EventId {
    /// Where somebody goes on who has seen this id. What is of a log that nobody knows, or no id at all, is answered
    /// from the oldest on: twice is better than never.
    pub(super) async fn resume(text: &str, carrier: &dyn Carrier) -> Result<Spot, Error> {
        let Ok(EventId { log, spot }) = text.trim().parse() else { return Ok(Spot::OLDEST) };
        // Part of an envelope was seen only if this is still the same one.
        let begun = spot.after + u64::from(spot.messages > 0);
        let known = carrier.resume(log, begun).await?;
        Ok(if known == begun { spot } else { Spot::behind(known) })
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{}", self.log, self.spot.after)?;
        if self.spot.messages > 0 { write!(f, ".{}", self.spot.messages) } else { Ok(()) }
    }
}

impl FromStr for EventId {
    type Err = ();

    fn from_str(text: &str) -> Result<EventId, ()> {
        let (log, offset) = text.split_once('-').ok_or(())?;
        let (after, messages) = offset.split_once('.').unwrap_or((offset, "0"));
        let log = u64::from_str_radix(log, 16).map_err(drop)?;
        let after = after.parse().ok().filter(|after| *after < Place::MAX).ok_or(())?;
        Ok(EventId { log, spot: Spot { after, messages: messages.parse().map_err(drop)? } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::carrier::InMemory;
    use crate::time::Time;
    use futures_util::FutureExt;

    #[test]
    fn an_id_is_read_as_it_was_written() {
        for (spot, text) in [
            (Spot::behind(12), "00000000000005f3-12"),
            (Spot::within(12, 0), "00000000000005f3-11.1"),
            (Spot::OLDEST, "00000000000005f3-0"),
        ] {
            let id = EventId { log: 0x5f3, spot };
            assert_eq!(id.to_string(), text);
            assert_eq!(text.parse(), Ok(id));
        }
        assert_eq!((Spot::within(12, 1).seen(12), Spot::within(12, 1).seen(13)), (2, 0));
    }

    #[test]
    fn what_this_log_never_wrote_begins_with_the_oldest() {
        let carrier = InMemory::opened(Time(0x5f3));
        for text in ["5f2-12.3", "5f3-12.1", "5f3", "5f3--1", "12", "", "x-1.2", "5f3-18446744073709551615"] {
            let spot = EventId::resume(text, &*carrier).now_or_never().unwrap().unwrap();
            assert_eq!(spot, Spot::OLDEST, "{text}");
        }
    }
}
