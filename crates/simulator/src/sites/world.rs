//! All sites, and what gets from one to the other.

use super::site::{Site, Step};
use crate::chance::Chance;
use auction::{Span, Time};
use hub::{Envelope, StreamId};
use market::SetClock;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Monday, 5 January 2026, 12:00 UTC.
const NOON: Time = Time(1_767_614_400_000_000);

pub(super) struct World {
    pub(super) sites: Vec<Site>,
    pub(super) clock: Arc<SetClock>,
    /// Nothing gets to or from these.
    pub(super) cut: Vec<bool>,
}

impl World {
    pub(super) async fn open(seed: u64, sites: u8) -> World {
        let clock = Arc::new(SetClock::at(NOON));
        let mut world = World { sites: Vec::new(), clock: clock.clone(), cut: vec![false; sites.into()] };
        for place in 1..=sites {
            world.sites.push(Site::open(seed, place, clock.clone()).await);
        }
        world
    }

    /// Time passes; all sites know that they are there.
    pub(super) async fn later(&self, span: Span) {
        self.clock.advance(span);
        for site in &self.sites {
            site.market().beat().await.expect("the heart beats");
        }
    }

    /// What could come to a site now: of each stream the next envelope, from whoever has it.
    fn coming(&self, to: usize) -> BTreeMap<StreamId, Arc<Envelope>> {
        let mut coming = BTreeMap::new();
        if self.cut[to] {
            return coming;
        }
        let reached = self.sites.iter().zip(&self.cut).enumerate();
        for (_, (from, _)) in reached.filter(|(place, (_, cut))| *place != to && !**cut) {
            for envelope in from.log.envelopes() {
                if self.sites[to].log.lacks(&envelope) {
                    coming.entry(envelope.stream()).or_insert(envelope);
                }
            }
        }
        coming
    }

    /// Something comes to a site, if there is anything.
    pub(super) fn deliver(&self, to: usize, chance: &mut Chance) -> bool {
        let coming: Vec<_> = self.coming(to).into_values().collect();
        if coming.is_empty() {
            return false;
        }
        let next = chance.below(coming.len() as u64) as usize;
        self.sites[to].log.take(coming[next].clone());
        true
    }

    /// Everything that can come comes, and everybody does what there is to do, until nothing moves.
    pub(super) async fn settle(&mut self, chance: &mut Chance) {
        let mut moved = true;
        while moved {
            moved = false;
            for place in 0..self.sites.len() {
                while self.deliver(place, chance) {
                    moved = true;
                }
                for step in Step::ALL {
                    while self.sites[place].step(step, None).await {
                        moved = true;
                    }
                }
            }
        }
    }
}
