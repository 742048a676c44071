//! A hub of the town: a node, its disk, its key, whom it dials.

use crate::chance::Chance;
use crate::disk::Disk;
use hub::{LinkId, Node, NodeSettings, SecretKey, Time};
use std::collections::BTreeMap;

/// Which hub of the town.
pub type HubNo = usize;

/// A hub.
#[derive(Debug)]
pub struct HubInTown {
    /// Its key.
    pub key: SecretKey,
    /// Runs, or not.
    pub node: Option<Node>,
    /// What survives.
    pub disk: Disk,
    /// Earlier copies of the disk.
    pub backups: Vec<Disk>,
    /// Whom it dials, and how many times that has failed in a row.
    pub upstreams: BTreeMap<HubNo, u32>,
    /// Its clock is ahead of the town's by so many microseconds (behind if negative).
    pub clock_is_ahead: i64,
    /// Counts starts: what was meant for an earlier life does not arrive.
    pub life: u64,
    /// The time of the next wake that was asked for.
    pub wake: Option<Time>,
    /// Its open links, by its own number.
    pub links: BTreeMap<LinkId, usize>,
    /// Settings.
    pub settings: NodeSettings,
    /// What it tells others wrongly.
    pub lies: Lies,
}

/// How a hub misbehaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lies {
    /// States in HAVE numbers that nobody has.
    pub in_have: bool,
    /// Skips numbers that it has.
    pub in_skip: bool,
}

impl HubInTown {
    /// A hub that has not started.
    pub fn new(chance: &mut Chance, settings: NodeSettings) -> HubInTown {
        HubInTown {
            key: SecretKey::from_seed(chance.bytes()),
            node: None,
            disk: Disk::default(),
            backups: Vec::new(),
            upstreams: BTreeMap::new(),
            clock_is_ahead: 0,
            life: 0,
            wake: None,
            links: BTreeMap::new(),
            settings,
            lies: Lies::default(),
        }
    }

    /// What its clock shows.
    pub fn clock(&self, now: Time) -> Time {
        Time(now.0.saturating_add_signed(self.clock_is_ahead))
    }

    /// Starts with what its disk has.
    pub fn start(&mut self, now: Time) {
        self.life += 1;
        self.wake = None;
        let now = self.clock(now);
        self.node = Some(Node::new(self.settings.clone(), vec![self.key.clone()], self.disk.restore(), now));
    }
}
