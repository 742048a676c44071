//! The newest envelopes of the log, at hand for those who follow it: links, and applications.

use super::fetch::Found;
use super::places::Placed;
use crate::envelope::{Envelope, StreamId};
use std::collections::{HashMap, VecDeque};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// So many bytes of envelopes are kept at hand: seconds of a busy hub.
const BYTES_MOST: usize = 16 * 1024 * 1024;

/// The newest envelopes that applications may see. Changes with the log, after each commit.
#[derive(Debug)]
pub(super) struct Newest {
    /// Everything behind this place is here; `None` while that is not known.
    behind: Option<u64>,
    placed: VecDeque<Placed>,
    by_number: HashMap<(StreamId, u64), Arc<Envelope>>,
    bytes: usize,
}

impl Newest {
    /// Of a log that ends with this place.
    pub(super) fn of(last: u64) -> Newest {
        Newest { behind: Some(last), placed: VecDeque::new(), by_number: HashMap::new(), bytes: 0 }
    }

    /// Nobody knows what the file holds: it is asked until something is added.
    pub(super) fn doubt(&mut self) {
        *self = Newest { behind: None, ..Newest::of(0) };
    }

    /// It is in the log now, behind all others.
    pub(super) fn add(&mut self, new: Placed) {
        self.behind.get_or_insert(new.place - 1);
        self.bytes += new.envelope.bytes().len();
        self.by_number.insert(name(&new.envelope), Arc::clone(&new.envelope));
        self.placed.push_back(new);
        while self.bytes > BYTES_MOST
            && let Some(oldest) = self.placed.pop_front()
        {
            self.behind = Some(oldest.place);
            self.drop_one(&oldest.envelope);
        }
    }

    /// The log has let go of a stream up to a number.
    pub(super) fn let_go(&mut self, stream: StreamId, to: u64) {
        // Numbers of a stream are added in their order, so the last is here if any is.
        if !self.by_number.contains_key(&(stream, to)) {
            return;
        }
        let is_gone = |envelope: &Envelope| envelope.stream() == stream && envelope.number() <= to;
        let (gone, kept) = self.placed.drain(..).partition(|placed| is_gone(&placed.envelope));
        self.placed = kept;
        VecDeque::into_iter(gone).for_each(|placed| self.drop_one(&placed.envelope));
    }

    fn drop_one(&mut self, envelope: &Envelope) {
        self.bytes -= envelope.bytes().len();
        self.by_number.remove(&name(envelope));
    }

    /// What comes after a place, so many at most; `None` if that is not at hand.
    pub(super) fn after(&self, place: u64, limit: usize) -> Option<Vec<Placed>> {
        self.behind.filter(|behind| place >= *behind)?;
        let first = self.placed.partition_point(|placed| placed.place <= place);
        Some(self.placed.range(first..).take(limit).cloned().collect())
    }

    /// The beginning of a range, as far as it is at hand without a hole.
    pub(super) fn range(&self, stream: StreamId, range: &RangeInclusive<u64>, bytes: usize) -> Option<Found> {
        let (mut envelopes, mut weight) = (Vec::new(), 0);
        for number in range.clone() {
            let Some(envelope) = self.by_number.get(&(stream, number)) else { break };
            weight += envelope.bytes().len();
            envelopes.push(Arc::clone(envelope));
            if weight >= bytes {
                break;
            }
        }
        let end = envelopes.last()?.number();
        Some(Found { range: *range.start()..=end, envelopes })
    }
}

fn name(envelope: &Envelope) -> (StreamId, u64) {
    (envelope.stream(), envelope.number())
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

    /// Each number stands at ten times its place.
    fn newest(numbers: impl IntoIterator<Item = u64>, bytes: usize) -> Newest {
        let mut newest = Newest::of(7);
        let place = |number| Placed { place: 10 * number, envelope: envelope(number, bytes) };
        numbers.into_iter().for_each(|number| newest.add(place(number)));
        newest
    }

    fn numbers(newest: &Newest, range: RangeInclusive<u64>, bytes: usize) -> Option<(u64, u64, usize)> {
        let found = newest.range(envelope(1, 1).stream(), &range, bytes)?;
        Some((*found.range.start(), *found.range.end(), found.envelopes.len()))
    }

    fn places(newest: &Newest, after: u64, limit: usize) -> Option<Vec<u64>> {
        Some(newest.after(after, limit)?.into_iter().map(|placed| placed.place).collect())
    }

    #[test]
    fn a_link_finds_what_is_at_hand_up_to_the_first_hole() {
        let newest = newest([2, 3, 5], 1000);
        assert_eq!(numbers(&newest, 2..=9, usize::MAX), Some((2, 3, 2)));
        assert_eq!(numbers(&newest, 2..=9, 0), Some((2, 2, 1)));
        assert_eq!(numbers(&newest, 1..=9, usize::MAX), None);
    }

    #[test]
    fn an_application_finds_what_is_behind_its_place_if_all_of_that_is_at_hand() {
        let newest = newest([2, 3, 5], 1000);
        assert_eq!(places(&newest, 7, 9), Some(vec![20, 30, 50]));
        assert_eq!(places(&newest, 20, 1), Some(vec![30]));
        assert_eq!(places(&newest, 50, 9), Some(vec![]));
        assert_eq!(places(&newest, 6, 9), None);
    }

    #[test]
    fn the_oldest_give_way() {
        let newest = newest(1..=100, 200_000);
        assert!(newest.bytes <= BYTES_MOST && newest.by_number.len() == newest.placed.len());
        assert_eq!((numbers(&newest, 1..=1, 0), places(&newest, 7, 1)), (None, None));
        assert_eq!(
            (numbers(&newest, 100..=100, 0), places(&newest, 990, 1)),
            (Some((100, 100, 1)), Some(vec![1000]))
        );
    }

    #[test]
    fn what_the_log_has_let_go_of_is_not_at_hand_either() {
        let mut newest = newest([1, 2, 3], 1000);
        newest.let_go(envelope(1, 1).stream(), 2);
        assert_eq!((numbers(&newest, 1..=2, 0), places(&newest, 7, 9)), (None, Some(vec![30])));
        assert_eq!(newest.bytes, envelope(3, 1000).bytes().len());
    }

    #[test]
    fn after_a_failure_the_file_is_asked_for_all_that_was_before() {
        let mut newest = newest([1, 2], 1000);
        newest.doubt();
        assert_eq!(places(&newest, 20, 9), None);
        newest.add(Placed { place: 40, envelope: envelope(3, 1) });
        assert_eq!((places(&newest, 20, 9), places(&newest, 39, 9)), (None, Some(vec![40])));
    }
}
