//! The newest envelopes, which most links want next.

use crate::envelope::{Envelope, StreamId};
use std::collections::{HashMap, VecDeque};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// So many bytes of envelopes are kept at hand.
const BYTES_MOST: usize = 8 * 1024 * 1024;

/// The newest envelopes of the log.
#[derive(Debug, Default)]
pub(super) struct Recent {
    order: VecDeque<(StreamId, u64)>,
    envelopes: HashMap<(StreamId, u64), Arc<Envelope>>,
    bytes: usize,
}

impl Recent {
    /// It is in the log now.
    pub(super) fn add(&mut self, envelope: Arc<Envelope>) {
        let name = (envelope.stream(), envelope.number());
        self.bytes += envelope.bytes().len();
        if let Some(old) = self.envelopes.insert(name, envelope) {
            self.bytes -= old.bytes().len();
            return;
        }
        self.order.push_back(name);
        while self.bytes > BYTES_MOST
            && let Some(oldest) = self.order.pop_front()
        {
            let gone = self.envelopes.remove(&oldest);
            self.bytes -= gone.map_or(0, |envelope| envelope.bytes().len());
        }
    }

    /// The beginning of a range, as far as it is at hand without a hole: which numbers, and the envelopes.
    pub(super) fn range(
        &self,
        stream: StreamId,
        range: &RangeInclusive<u64>,
        bytes: usize,
    ) -> Option<(RangeInclusive<u64>, Vec<Arc<Envelope>>)> {
        let (mut found, mut weight) = (Vec::new(), 0);
        for number in range.clone() {
            let Some(envelope) = self.envelopes.get(&(stream, number)) else { break };
            weight += envelope.bytes().len();
            found.push(Arc::clone(envelope));
            if weight >= bytes {
                break;
            }
        }
        let end = found.last()?.number();
        Some((*range.start()..=end, found))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Draft, Message, SecretKey, Time};

    fn envelope(number: u64, bytes: usize) -> Arc<Envelope> {
        let messages = [Message { media_type: "text/plain".to_owned(), body: vec![b'x'; bytes].into() }];
        let previous = [u8::from(number > 1); 32];
        let draft = Draft {
            epoch: 1,
            number,
            previous,
            predecessor: None,
            time: Time(1),
            ttl: 0,
            messages: &messages,
        };
        Arc::new(draft.sign(&SecretKey::from_seed([1; 32])).unwrap())
    }

    fn numbers(recent: &Recent, range: RangeInclusive<u64>, bytes: usize) -> Option<(u64, u64, usize)> {
        let stream = envelope(1, 1).stream();
        let (range, found) = recent.range(stream, &range, bytes)?;
        Some((*range.start(), *range.end(), found.len()))
    }

    #[test]
    fn what_is_at_hand_is_found_up_to_the_first_hole() {
        let mut recent = Recent::default();
        [2, 3, 5].into_iter().for_each(|number| recent.add(envelope(number, 1000)));
        assert_eq!(numbers(&recent, 2..=9, usize::MAX), Some((2, 3, 2)));
        assert_eq!(numbers(&recent, 2..=9, 0), Some((2, 2, 1)));
        assert_eq!(numbers(&recent, 1..=9, usize::MAX), None);
    }

    #[test]
    fn the_oldest_give_way() {
        let mut recent = Recent::default();
        (1..=100).for_each(|number| recent.add(envelope(number, 200_000)));
        assert!(recent.bytes <= BYTES_MOST && recent.envelopes.len() == recent.order.len());
        assert_eq!(numbers(&recent, 1..=1, 0), None);
        assert_eq!(numbers(&recent, 100..=100, 0), Some((100, 100, 1)));
    }
}
