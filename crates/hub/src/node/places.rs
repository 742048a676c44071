//! The places of neighbours, of which there are only so many. Anybody can make keys, so none is held for ever.

use super::links::bye;
use super::{Neighbour, Node, Output, Standing};
use crate::frame::Reason;
use crate::key::PublicKey;
use crate::time::{Span, Time};

/// So many may wait for the webmaster. They take no places of neighbours.
pub(super) const PENDING_MOST: usize = 100;

/// Who waits for the webmaster and has not asked for so long is forgotten; who is away for so long may give way.
const AWAY_LONG: Span = Span::days(1);

impl Neighbour {
    fn is_served(&self) -> bool {
        matches!(self.standing, Standing::Active | Standing::Inactive)
    }

    /// Whether somebody else may have its place: it was given up, or has not been here for long.
    fn gives_way(&self, now: Time) -> bool {
        let is_away = self.link.is_none() && !self.is_upstream && self.is_served();
        let is_given_up = self.standing == Standing::Inactive;
        is_away && (is_given_up || now.since(self.away_since) >= AWAY_LONG)
    }
}

impl Node {
    pub(super) fn pending(&self) -> usize {
        self.neighbours.values().filter(|found| found.standing == Standing::Pending).count()
    }

    /// Whether there is a place for a newcomer. If all are taken, whoever is away for longest gives way.
    pub(super) fn has_place(&mut self, now: Time, out: &mut Vec<Output>) -> bool {
        let served = self.neighbours.values().filter(|found| found.is_served());
        if served.count() < self.settings.neighbours_most {
            return true;
        }
        let away = self.neighbours.values().filter(|found| found.gives_way(now));
        let Some(key) = away.min_by_key(|found| found.away_since).map(|found| found.key) else {
            return false;
        };
        self.drop_neighbour(key, out);
        true
    }

    /// Who asked to be let in, and has not asked for a day, does not want it any more.
    pub(super) fn forget_pending(&mut self, now: Time, out: &mut Vec<Output>) {
        let is_past = |found: &&Neighbour| {
            found.standing == Standing::Pending && now.since(found.away_since) >= AWAY_LONG
        };
        let keys: Vec<_> = self.neighbours.values().filter(is_past).map(|found| found.key).collect();
        keys.into_iter().for_each(|key| self.drop_neighbour(key, out));
    }

    /// The webmaster wants a neighbour forgotten. One that is blocked would come back: it stays.
    pub(super) fn forget_neighbour(&mut self, now: Time, key: PublicKey, out: &mut Vec<Output>) {
        let Some(found) = self.neighbours.get(&key) else { return };
        if found.standing == Standing::Blocked {
            return;
        }
        if let Some(link) = found.link {
            self.close(now, link, bye(Reason::NotApproved, 5, "this hub has forgotten this key"), out);
        }
        self.drop_neighbour(key, out);
    }

    fn drop_neighbour(&mut self, key: PublicKey, out: &mut Vec<Output>) {
        self.neighbours.remove(&key);
        out.push(Output::Forgotten(key));
    }
}
