//! Whether another link would be a faster source. Now and then one of those that were told to stop may bring the next
//! envelope as well; who is first is the source from then on, and the other one is told to stop.

use super::{LinkId, Node};
use crate::envelope::StreamId;
use crate::time::Time;

/// At first every second envelope of a stream is raced for, and then one of so many: a race costs about one copy.
const RACE_EVERY: u64 = 16;
const AT_FIRST: u64 = 32;

/// A link that would have to bring more than this at once does not race: it would bring copies only.
const RACE_AHEAD_MOST: u64 = 8;

impl Node {
    /// After a commit: a racer that is told of what is only on its way to disk would bring that again.
    pub(super) fn begin_races(&mut self, now: Time) {
        for (source, id) in std::mem::take(&mut self.races) {
            if self.streams.get(&id).is_some_and(|stream| stream.pending.is_empty()) {
                self.race(now, source, id);
            }
        }
    }

    /// Begins a race, if it is time for one.
    fn race(&mut self, now: Time, source: LinkId, id: StreamId) {
        let Some(stream) = self.streams.get(&id) else { return };
        let taken = stream.taken;
        let is_time = taken.is_multiple_of(if taken < AT_FIRST { 2 } else { RACE_EVERY });
        if !is_time || self.settings.flood || stream.paused.is_some() {
            return;
        }
        let racers: Vec<LinkId> = self
            .links
            .iter()
            .filter(|(link, open)| {
                let lane = open.lanes.get(&id);
                **link != source
                    && lane.is_some_and(|lane| {
                        let ahead = lane.stated.without(&stream.held).without(&stream.pending);
                        !lane.asked && ahead.count() <= RACE_AHEAD_MOST
                    })
            })
            .map(|(link, _)| *link)
            .collect();
        let turn = if taken < AT_FIRST { taken / 2 } else { taken / RACE_EVERY };
        if let Some(racer) = racers.get(turn as usize % racers.len().max(1)) {
            self.want(now, *racer, id, true);
        }
    }
}
