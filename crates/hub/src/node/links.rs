//! Links that come and go, and who may link.

use super::link::{Link, STALLED_AFTER};
use super::neighbour::Neighbour;
use super::places::PENDING_MOST;
use super::receive::CLOCKS_DIFFER_MOST;
use super::timers::Timer;
use super::{Alarm, Join, LinkId, Node, Output, Peer, Standing, Step};
use crate::envelope::StreamId;
use crate::frame::{Bye, Reason};
use crate::key::PublicKey;
use crate::time::Time;
use std::collections::BTreeSet;

/// Who must wait for the webmaster dials again soon: whoever is let in is linked within seconds. A greeting costs less
/// than a millisecond, and a hundred of them wait at most.
const ASK_AGAIN_SECONDS: u32 = 5;

impl Node {
    pub(super) fn opened(&mut self, now: Time, link: LinkId, peer: Peer, out: &mut Vec<Output>) {
        let key = peer.key;
        if let Err(bye) = self.admit(now, &peer, out) {
            out.push(Output::Close { link, bye });
            return;
        }
        if let Some(old) = self.neighbours.get(&key).and_then(|found| found.link) {
            self.close(now, old, bye(Reason::Replaced, 0, "a newer link took its place"), out);
        }
        if let Some(neighbour) = self.neighbours.get_mut(&key) {
            (neighbour.link, neighbour.next_attempt) = (Some(link), None);
            neighbour.takes_up_to(peer.envelope_most);
            out.push(Output::Neighbour(neighbour.record()));
        }
        self.links.insert(link, Link::new(peer, now));
        self.compare_clocks(out);
        self.at(now + STALLED_AFTER, Timer::Stall(link));
        self.give_account(link, out);
    }

    /// Whether this node may link.
    fn admit(&mut self, now: Time, peer: &Peer, out: &mut Vec<Output>) -> Result<(), Bye> {
        let is_new = !self.neighbours.contains_key(&peer.key);
        let is_upstream = peer.is_upstream || self.upstreams.contains(&peer.key);
        let standing = if is_upstream { Standing::Active } else { self.standing_of_newcomer(peer) };
        if is_new && standing == Standing::Blocked {
            // Not remembered: anybody can make keys.
            return Err(bye(Reason::NotAllowed, 86_400, "this hub links only with those on its list"));
        }
        if is_new && standing == Standing::Pending && self.pending() >= PENDING_MOST {
            return Err(bye(Reason::Busy, 3600, "too many wait for the webmaster already"));
        }
        if is_new && standing == Standing::Active && !is_upstream && !self.has_place(now, out) {
            return Err(bye(Reason::Busy, 3600, "this hub has all the neighbours that it serves"));
        }
        let new = || Neighbour::new(peer.key, standing, now);
        let neighbour = self.neighbours.entry(peer.key).or_insert_with(new);
        let is_changed = is_new || neighbour.name != peer.name || neighbour.address != peer.address;
        neighbour.name.clone_from(&peer.name);
        neighbour.address.clone_from(&peer.address);
        (neighbour.is_upstream, neighbour.away_since) = (is_upstream, now);
        if standing == Standing::Active && neighbour.standing == Standing::Pending {
            neighbour.standing = Standing::Active;
        }
        match neighbour.standing {
            Standing::Active | Standing::Inactive => Ok(()),
            Standing::Blocked => Err(bye(Reason::NotAllowed, 86_400, "this key may not link here")),
            Standing::Pending => {
                // It asks often, and need not be written down each time.
                if is_changed {
                    out.push(Output::Neighbour(neighbour.record()));
                }
                if is_new {
                    out.push(Output::Alarm(Alarm::AsksToJoin(peer.key)));
                }
                Err(bye(
                    Reason::NotApproved,
                    ASK_AGAIN_SECONDS,
                    "the webmaster has not approved this key yet",
                ))
            }
        }
    }

    fn standing_of_newcomer(&self, peer: &Peer) -> Standing {
        match &self.settings.join {
            Join::Open => Standing::Active,
            Join::Approve => Standing::Pending,
            Join::List(keys) if keys.contains(&peer.key) => Standing::Active,
            Join::List(_) => Standing::Blocked,
        }
    }

    /// A node whose neighbours all disagree with its clock posts and forgets nothing. Without neighbours it knows no better
    /// than before.
    pub(super) fn compare_clocks(&mut self, out: &mut Vec<Output>) {
        if self.links.is_empty() {
            return;
        }
        let differs = |link: &Link| {
            let (clock, then) = (link.peer.clock, link.opened_at);
            clock.since(then).max(then.since(clock)) > CLOCKS_DIFFER_MOST
        };
        let is_wrong = self.links.values().all(differs);
        if std::mem::replace(&mut self.is_clock_wrong, is_wrong) != is_wrong {
            out.push(Output::Alarm(Alarm::Clock(is_wrong)));
        }
    }

    pub(super) fn close(&mut self, now: Time, link: LinkId, bye: Bye, out: &mut Vec<Output>) {
        if self.links.contains_key(&link) {
            out.push(Output::Close { link, bye });
            self.closed(now, link);
            self.compare_clocks(out);
        }
    }

    pub(super) fn closed(&mut self, now: Time, link: LinkId) {
        let Some(open) = self.links.remove(&link) else { return };
        if let Some(neighbour) = self.neighbours.get_mut(&open.peer.key)
            && neighbour.link == Some(link)
        {
            (neighbour.link, neighbour.last_seen, neighbour.away_since) = (None, Some(now), now);
        }
        let orphans: Vec<StreamId> =
            self.streams.iter().filter(|(_, found)| found.parent == Some(link)).map(|(id, _)| *id).collect();
        for id in orphans {
            if let Some(stream) = self.streams.get_mut(&id) {
                stream.parent = None;
            }
            self.choose_source(now, id);
        }
        let gaps: Vec<StreamId> =
            self.streams.iter().filter(|(_, found)| found.has_gap()).map(|(id, _)| *id).collect();
        gaps.into_iter().for_each(|id| self.look_for_gaps(now, id));
        self.try_who_is_away(now);
    }

    /// Lets a neighbour link. One that was blocked is believed again as an origin as well.
    pub(super) fn approve(&mut self, now: Time, key: PublicKey, out: &mut Vec<Output>) {
        let new = || Neighbour::new(key, Standing::Active, now);
        let neighbour = self.neighbours.entry(key).or_insert_with(new);
        if matches!(neighbour.standing, Standing::Pending | Standing::Blocked) {
            neighbour.standing = Standing::Active;
        }
        out.push(Output::Neighbour(neighbour.record()));
        let origin = self.origins.get_mut(&key);
        if origin.is_some_and(|origin| std::mem::take(&mut origin.is_blocked)) {
            self.steps.push(Step::Unblock(key));
            self.ask_again_for(now, key);
        }
    }

    /// What was not taken of an origin may come now.
    fn ask_again_for(&mut self, now: Time, origin: PublicKey) {
        let all = StreamId { origin, epoch: 0 }..=StreamId { origin, epoch: u64::MAX };
        let told = self.links.values().flat_map(|open| open.lanes.range(all.clone()).map(|(id, _)| *id));
        let ids: BTreeSet<StreamId> = told.collect();
        ids.into_iter().for_each(|id| self.go_on(now, id));
    }

    /// Blocks a key, as a neighbour and as an origin, from the next message on.
    pub(super) fn block(&mut self, now: Time, key: PublicKey, out: &mut Vec<Output>) {
        let new = || Neighbour::new(key, Standing::Blocked, now);
        let neighbour = self.neighbours.entry(key).or_insert_with(new);
        neighbour.deactivate(Standing::Blocked, now);
        out.push(Output::Neighbour(neighbour.record()));
        if let Some(link) = neighbour.link {
            self.close(now, link, bye(Reason::NotAllowed, 86_400, "this key may not link here"), out);
        }
        self.origins.entry(key).or_default().is_blocked = true;
        self.steps.push(Step::Block(key));
    }
}

pub(super) fn bye(reason: Reason, retry_after: u32, text: &str) -> Bye {
    Bye { reason, retry_after, text: text.to_owned() }
}
