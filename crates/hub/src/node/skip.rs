//! Numbers that nobody has any more. A SKIP speaks only for its link, and never beyond what was signed.

use super::timers::Timer;
use super::{LinkId, Node};
use crate::envelope::StreamId;
use crate::frame::Skip;
use crate::ranges::Ranges;
use crate::time::{Span, Time};

/// What every link that claims to have it has skipped is given up after this; at once, where every link has skipped it.
const GIVE_UP_AFTER: Span = Span::seconds(30);

impl Node {
    pub(super) fn skips(&mut self, now: Time, link: LinkId, skips: Vec<Skip>) {
        for skip in skips {
            let Some(open) = self.links.get_mut(&link) else { return };
            if !open.may_speak_of(skip.stream) {
                continue;
            }
            open.lane(skip.stream).skips(skip.first..=skip.last);
            self.look_for_gaps(now, skip.stream);
        }
    }

    /// Gives up what is missing and will not come. To be asked whenever a link skips, tells or ends, and when a gap may be
    /// new: a SKIP may come before what shows that there is one.
    pub(super) fn look_for_gaps(&mut self, now: Time, id: StreamId) {
        let Some(stream) = self.streams.get(&id).filter(|stream| stream.has_gap()) else { return };
        let gaps = stream.gaps();
        if self.links.is_empty() {
            return;
        }
        let (by_all, by_who_had_it) = self.skipped(id, &gaps);
        let since = stream.skipped_since;
        if !by_all.is_empty() {
            self.give_up(id, &by_all);
        } else if by_who_had_it.is_empty() {
            self.since(id, None);
        } else if let Some(since) = since.filter(|since| now.since(*since) >= GIVE_UP_AFTER) {
            self.since(id, Some(since));
            self.give_up(id, &by_who_had_it);
        } else if since.is_none() {
            self.since(id, Some(now));
            self.at(now + GIVE_UP_AFTER, Timer::Skipped(id));
        }
    }

    fn since(&mut self, id: StreamId, since: Option<Time>) {
        if let Some(stream) = self.streams.get_mut(&id) {
            stream.skipped_since = since;
        }
    }

    /// Which gaps every link has skipped, and which at least one has, and no link claims to have without skipping.
    fn skipped(&self, id: StreamId, gaps: &Ranges) -> (Ranges, Ranges) {
        let (mut by_all, mut claimed, mut by_one) = (gaps.clone(), Ranges::new(), Ranges::new());
        for link in self.links.values() {
            let Some(lane) = link.lanes.get(&id) else {
                by_all = Ranges::new();
                continue;
            };
            by_all = by_all.without(&gaps.without(&lane.skipped));
            by_one.insert_all(&lane.skipped);
            claimed.insert_all(&lane.stated.without(&lane.skipped));
        }
        let by_who_had_it = gaps.without(&claimed).without(&gaps.without(&by_one));
        (by_all, by_who_had_it)
    }

    pub(super) fn give_up(&mut self, id: StreamId, numbers: &Ranges) {
        self.settle(id, numbers);
        self.since(id, None);
        // One who signs the greatest number that there is may have it given up, and do it again.
        self.traffic.given_up = self.traffic.given_up.saturating_add(numbers.count());
    }

    /// These numbers need not come any more.
    pub(super) fn settle(&mut self, id: StreamId, numbers: &Ranges) {
        let Some(stream) = self.streams.get_mut(&id) else { return };
        for run in numbers.runs() {
            stream.pending.insert(run.clone());
            stream.chain.give_up(*run.start(), *run.end());
            self.settles.push((id, run));
        }
    }
}
