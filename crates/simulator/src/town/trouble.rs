//! How long things take, and how often they go wrong.

use super::Town;
use crate::chance::Chance;
use crate::hub_in_town::HubNo;
use hub::{Input, Span, Time};

/// How long things take, and how often they go wrong.
#[derive(Clone, Debug)]
pub struct Trouble {
    /// The shortest and the longest way of a parcel, in milliseconds.
    pub delay_ms: (u64, u64),
    /// Of a million parcels so many find their wire cut.
    pub cuts: u64,
    /// Of a thousand parcels of envelopes so many come twice.
    pub doubles: u64,
    /// Of a thousand so many come in the wrong order.
    pub reorders: u64,
    /// Of a thousand batches so many fail, and half of these are on the disk all the same.
    pub fails: u64,
    /// Of a thousand batches so many find their hub dead before or after they are written.
    pub crashes: u64,
}

impl Default for Trouble {
    fn default() -> Trouble {
        Trouble { delay_ms: (5, 80), cuts: 0, doubles: 0, reorders: 0, fails: 0, crashes: 0 }
    }
}

impl Trouble {
    /// Everything goes wrong now and then.
    pub fn plenty() -> Trouble {
        Trouble { delay_ms: (1, 300), cuts: 400, doubles: 20, reorders: 20, fails: 2, crashes: 2 }
    }

    pub(super) fn delay(&self, chance: &mut Chance) -> Span {
        Span::milliseconds(chance.between(self.delay_ms.0, self.delay_ms.1))
    }

    pub(super) fn write(&self, chance: &mut Chance) -> Span {
        Span(chance.between(100, 2_000))
    }

    pub(super) fn wake_up(&self, chance: &mut Chance) -> Span {
        Span(chance.between(5, 100))
    }

    pub(super) fn cuts(&self, chance: &mut Chance) -> bool {
        chance.below(1_000_000) < self.cuts
    }

    pub(super) fn fails(&self, chance: &mut Chance) -> bool {
        chance.in_thousand(self.fails)
    }

    pub(super) fn crashes(&self, chance: &mut Chance) -> bool {
        chance.in_thousand(self.crashes)
    }

    pub(super) fn doubles(&self, chance: &mut Chance) -> bool {
        chance.in_thousand(self.doubles)
    }

    pub(super) fn reorders(&self, chance: &mut Chance) -> bool {
        chance.in_thousand(self.reorders)
    }
}

impl Town {
    /// Two hubs no longer reach each other.
    pub fn part(&mut self, one: HubNo, other: HubNo) {
        self.apart.insert((one, other));
        let wires: Vec<usize> = (0..self.wires.len())
            .filter(|wire| {
                let [(a, ..), (b, ..)] = self.wires[*wire].ends;
                !self.wires[*wire].is_cut && ((a, b) == (one, other) || (b, a) == (one, other))
            })
            .collect();
        wires.into_iter().for_each(|wire| self.cut(wire));
    }

    /// Everybody reaches everybody again.
    pub fn heal_ways(&mut self) {
        self.apart.clear();
    }

    /// Everybody reaches everybody, everybody runs, and nothing goes wrong any more.
    pub fn heal(&mut self) {
        self.apart.clear();
        self.trouble = Trouble::default();
        for hub in 0..self.hubs.len() {
            self.hubs[hub].clock_is_ahead = 0;
            self.start(hub);
        }
    }

    /// The log of a hub lets go of what was signed before a time.
    pub fn trim(&mut self, hub: HubNo, before: Time) {
        for (stream, to) in self.hubs[hub].disk.trim(before) {
            self.story.tell(self.now.0, &("trimmed", hub, stream, to));
            self.give(hub, Input::Trimmed { stream, to });
        }
    }

    /// Keeps a copy of a hub's disk.
    pub fn back_up(&mut self, hub: HubNo) {
        let copy = self.hubs[hub].disk.clone();
        self.hubs[hub].backups.push(copy);
    }

    /// A hub dies, and its disk is an older copy.
    pub fn restore(&mut self, hub: HubNo) {
        if let Some(copy) = self.hubs[hub].backups.pop() {
            self.crash(hub);
            self.story.tell(self.now.0, &("restore", hub));
            self.hubs[hub].disk = copy;
        }
    }
}
