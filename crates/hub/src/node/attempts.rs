//! Neighbours that are away: attempts, deactivation, and coming back.

use super::link::STALLED_AFTER;
use super::links::bye;
use super::timers::Timer;
use super::{Alarm, LinkId, Neighbour, Node, Output, Standing};
use crate::frame::Reason;
use crate::key::PublicKey;
use crate::ranges::Ranges;
use crate::time::Time;

impl Node {
    /// Plans an attempt for everybody who is away while something waits.
    pub(super) fn try_who_is_away(&mut self, now: Time) {
        for neighbour in self.neighbours.values_mut().filter(|found| found.is_to_be_tried()) {
            let due = neighbour.due(now, chance(neighbour.key, now));
            neighbour.next_attempt = Some(due);
            self.timers.insert((due, Timer::Attempt(neighbour.key)));
        }
    }

    pub(super) fn attempt(&mut self, now: Time, key: PublicKey, out: &mut Vec<Output>) {
        let Some(neighbour) = self.neighbours.get_mut(&key) else { return };
        if neighbour.next_attempt.is_none_or(|due| now < due) || neighbour.link.is_some() {
            return;
        }
        neighbour.attempts += 1;
        out.push(Output::Neighbour(neighbour.record()));
        if neighbour.address.is_empty() {
            // It can only come by itself; it has not.
            self.not_reached(now, key, out);
        } else {
            out.push(Output::Dial { key, address: neighbour.address.clone() });
        }
    }

    /// An attempt has failed.
    pub(super) fn not_reached(&mut self, now: Time, key: PublicKey, out: &mut Vec<Output>) {
        let Some(neighbour) = self.neighbours.get_mut(&key) else { return };
        neighbour.next_attempt = None;
        if neighbour.link.is_none() && neighbour.has_no_attempt_left() {
            self.deactivate(now, key, out);
        }
        self.try_who_is_away(now);
    }

    /// A link has ended, and not because this node wanted it. If it came of the last attempt, there is no other.
    pub(super) fn broke(&mut self, now: Time, link: LinkId, out: &mut Vec<Output>) {
        let Some(key) = self.links.get(&link).map(|open| open.peer.key) else { return };
        self.closed(now, link);
        self.compare_clocks(out);
        let is_last = |found: &Neighbour| {
            found.link.is_none() && found.has_no_attempt_left() && found.first_waiting().next().is_some()
        };
        if self.neighbours.get(&key).is_some_and(is_last) {
            self.deactivate(now, key, out);
        }
    }

    fn deactivate(&mut self, now: Time, key: PublicKey, out: &mut Vec<Output>) {
        let Some(neighbour) = self.neighbours.get_mut(&key) else { return };
        if neighbour.standing == Standing::Active && !neighbour.is_upstream {
            neighbour.deactivate(Standing::Inactive, now);
            out.push(Output::Neighbour(neighbour.record()));
            out.push(Output::Alarm(Alarm::Deactivated(key)));
        }
    }

    /// A link on which something waits and nothing arrives is closed, and that is an attempt.
    pub(super) fn look_for_progress(&mut self, now: Time, id: LinkId, out: &mut Vec<Output>) {
        let Some(link) = self.links.get(&id) else { return };
        if !link.is_stalled(now) {
            let from = if link.waits_for_progress() { link.progress_at } else { now };
            self.at(from + STALLED_AFTER, Timer::Stall(id));
            return;
        }
        let key = link.peer.key;
        let mut is_last = false;
        if let Some(neighbour) = self.neighbours.get_mut(&key) {
            neighbour.attempts = neighbour.attempts.saturating_add(1);
            is_last = neighbour.has_no_attempt_left();
            out.push(Output::Neighbour(neighbour.record()));
        }
        self.close(now, id, bye(Reason::Stalled, 5, "nothing was acknowledged for a minute"), out);
        if is_last {
            self.deactivate(now, key, out);
        }
    }

    /// Something has arrived there. Only this clears the count of attempts, and brings back who was given up.
    pub(super) fn has_acknowledged(&mut self, key: PublicKey, out: &mut Vec<Output>) {
        let Some(neighbour) = self.neighbours.get_mut(&key) else { return };
        let was = (neighbour.standing, neighbour.attempts);
        neighbour.attempts = 0;
        if neighbour.standing == Standing::Inactive {
            (neighbour.standing, neighbour.inactive_since) = (Standing::Active, None);
            out.push(Output::Alarm(Alarm::Reactivated(key)));
        }
        if was != (Standing::Active, 0) {
            out.push(Output::Neighbour(neighbour.record()));
        }
        if was.0 == Standing::Inactive {
            self.level(key);
        }
    }

    /// Counts what a neighbour that is linked should have and has not.
    pub(super) fn level(&mut self, key: PublicKey) {
        let Some(neighbour) = self.neighbours.get_mut(&key) else { return };
        let Some(link) = neighbour.link.and_then(|link| self.links.get(&link)) else { return };
        let nothing = Ranges::new();
        for (id, stream) in &self.streams {
            let stated = link.lanes.get(id).map_or(&nothing, |lane| &lane.stated);
            neighbour.level(*id, &stream.available(), stated);
        }
    }
}

/// A number that differs from neighbour to neighbour and from time to time, so that attempts do not come together.
fn chance(key: PublicKey, now: Time) -> u64 {
    let start = key.bytes().iter().fold(now.0, |sum, byte| sum.rotate_left(7) ^ u64::from(*byte));
    start.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 16
}
