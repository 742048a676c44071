//! A wire between two hubs: what is put in comes out in order, or not at all once it is cut.

use super::{Event, Parcel, Town};
use crate::hub_in_town::HubNo;
use hub::{LinkId, Span, Time};

/// A wire.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    /// Who dialled, and who was dialled: hub, its life, its number of the link.
    pub(super) ends: [(HubNo, u64, LinkId); 2],
    pub(super) is_cut: bool,
    pub(super) delay: Span,
    /// When the last parcel arrives at each end.
    pub(super) last: [Time; 2],
}

/// Dialling again takes so long at first, and so long at most.
const REDIAL: (u64, u64) = (1_000, 60_000);

impl Town {
    /// An upstream is not dialled while there is a link with it.
    pub(super) fn are_linked(&self, hub: HubNo, other: HubNo) -> bool {
        let mut wires = self.hubs[hub].links.values().map(|wire| &self.wires[*wire]);
        wires.any(|wire| wire.ends.iter().any(|(end, ..)| *end == other))
    }

    /// A hub dials another. If nobody answers, an upstream is dialled again later.
    pub(super) fn dial(&mut self, hub: HubNo, other: HubNo) {
        let both_ways = [(hub, other), (other, hub)];
        let is_apart = both_ways.iter().any(|pair| self.apart.contains(pair));
        if is_apart || self.hubs[other].node.is_none() || hub == other {
            self.not_reached(hub, other);
            return;
        }
        let ends = [hub, other].map(|hub| {
            self.next_link += 1;
            (hub, self.hubs[hub].life, LinkId(self.next_link))
        });
        let delay = self.trouble.delay(&mut self.chance);
        let number = self.wires.len();
        self.wires.push(Wire { ends, is_cut: false, delay, last: [self.now; 2] });
        // HELLO and AUTH take two ways.
        self.after(Span(delay.0 * 2), Event::Met(number));
    }

    pub(super) fn not_reached(&mut self, hub: HubNo, other: HubNo) {
        let life = self.hubs[hub].life;
        if let Some(failed) = self.hubs[hub].upstreams.get_mut(&other) {
            *failed += 1;
            let wait = (REDIAL.0 << (*failed).min(6)).min(REDIAL.1);
            let wait = Span::milliseconds(self.chance.between(wait / 2, wait));
            self.after(wait, Event::Dial(hub, life, other));
        } else {
            let key = self.hubs[other].key.public();
            self.give(hub, hub::Input::NotReached(key));
        }
    }

    pub(super) fn send(&mut self, hub: HubNo, link: LinkId, parcel: Parcel) {
        let Some(wire) = self.hubs[hub].links.get(&link).copied() else { return };
        let from = usize::from(self.wires[wire].ends[0].2 != link);
        self.put(wire, 1 - from, parcel);
    }

    /// Puts a parcel into a wire; it arrives at that end after all before it.
    pub(super) fn put(&mut self, wire: usize, to: usize, parcel: Parcel) {
        let shake = Span(self.chance.below(self.wires[wire].delay.0 / 4 + 1));
        let arrival = self.now + self.wires[wire].delay + shake;
        let arrival = arrival.max(self.wires[wire].last[to] + Span(1));
        self.wires[wire].last[to] = arrival;
        self.after(arrival.since(self.now), Event::Arrives(wire, to, parcel));
    }

    /// Ends one's own side of a link. The other side learns of it when what was sent before has arrived.
    pub(super) fn hang_up(&mut self, hub: HubNo, link: LinkId) {
        let Some(wire) = self.hubs[hub].links.remove(&link) else { return };
        let from = usize::from(self.wires[wire].ends[0].2 != link);
        self.put(wire, 1 - from, Parcel::Hangup);
        self.redial(hub, wire);
    }

    /// Whose upstream was at the other end, dials it again, whoever had dialled before.
    pub(super) fn redial(&mut self, hub: HubNo, wire: usize) {
        let [(one, ..), (another, ..)] = self.wires[wire].ends;
        let other = if one == hub { another } else { one };
        if self.hubs[hub].upstreams.contains_key(&other) {
            let life = self.hubs[hub].life;
            let wait = Span::milliseconds(self.chance.between(500, 1500));
            self.after(wait, Event::Dial(hub, life, other));
        }
    }

    /// A hub has died: the other ends find out.
    pub(super) fn drop_links(&mut self, hub: HubNo) {
        let links = std::mem::take(&mut self.hubs[hub].links);
        for (link, wire) in links {
            let from = usize::from(self.wires[wire].ends[0].2 != link);
            self.put(wire, 1 - from, Parcel::Hangup);
        }
    }

    /// Cuts a wire: what is in it is lost, and both ends find out.
    pub(super) fn cut(&mut self, wire: usize) {
        if std::mem::replace(&mut self.wires[wire].is_cut, true) {
            return;
        }
        self.story.tell(self.now.0, &("cut", self.wires[wire].ends));
        for (hub, life, link) in self.wires[wire].ends {
            if self.lives(hub, life) && self.hubs[hub].links.remove(&link).is_some() {
                self.give(hub, hub::Input::Closed { link });
                self.redial(hub, wire);
            }
        }
    }
}
