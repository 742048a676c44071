//! Telling what is here, reading what is there, and from whom each stream is wanted.

use super::lane::Landed;
use super::link::HAVE_EVERY;
use super::timers::Timer;
use super::{LinkId, Node, Output, Standing};
use crate::envelope::StreamId;
use crate::frame::{ENTRIES_MOST, Frame, Have, Position, RANGES_MOST};
use crate::ranges::Ranges;
use crate::time::{Span, Time};
use std::ops::RangeInclusive;

/// A link that has what we lack for so long is asked for it.
const AHEAD_FOR: Span = Span::milliseconds(200);

impl Node {
    /// Wants a stream pushed on a link, or not, and says so at once if that is new.
    pub(super) fn want(&mut self, now: Time, link: LinkId, id: StreamId, asked: bool) {
        let Some(open) = self.links.get_mut(&link) else { return };
        let lane = open.lane(id);
        lane.ahead = Ranges::new();
        if std::mem::replace(&mut lane.asked, asked) == asked {
            self.tell_soon(now, link, id);
        } else {
            open.dirty.insert(id);
            self.tell_now(link);
        }
    }

    /// There is news of a stream for a link.
    pub(super) fn tell_soon(&mut self, now: Time, link: LinkId, id: StreamId) {
        let Some(open) = self.links.get_mut(&link) else { return };
        open.dirty.insert(id);
        if open.have_due.is_none() {
            open.have_due = Some(now + HAVE_EVERY);
            self.at(now + HAVE_EVERY, Timer::Have(link));
        }
    }

    pub(super) fn tell_now(&mut self, link: LinkId) {
        self.telling.insert(link);
    }

    /// Sends the news that is due.
    pub(super) fn tell(&mut self, out: &mut Vec<Output>) {
        while let Some(id) = self.telling.pop_first() {
            let Some(link) = self.links.get_mut(&id) else { continue };
            link.has_told();
            let dirty = std::mem::take(&mut link.dirty);
            let entries: Vec<Position> = dirty.into_iter().map(|stream| self.position(id, stream)).collect();
            self.send_have(id, entries, false, out);
        }
    }

    fn send_have(&self, link: LinkId, entries: Vec<Position>, complete: bool, out: &mut Vec<Output>) {
        let frames = entries.len().div_ceil(ENTRIES_MOST).max(usize::from(complete));
        let mut entries = entries.into_iter();
        for frame in 1..=frames {
            let entries = entries.by_ref().take(ENTRIES_MOST).collect();
            let have = Have { complete: complete && frame == frames, entries };
            out.push(Output::Send { link, frame: Frame::Have(have) });
        }
    }

    /// What is here of a stream, and whether this link shall push it.
    fn position(&self, link: LinkId, stream: StreamId) -> Position {
        // The settled number, and the ranges that an entry can hold.
        let held = self.streams.get(&stream).map(|found| found.held.lowest(1 + RANGES_MOST));
        let settled = held.unwrap_or_default();
        let lane = self.links.get(&link).and_then(|link| link.lanes.get(&stream));
        Position { stream, settled, push: lane.is_none_or(|lane| lane.asked) }
    }

    /// Tells a new link of everything that is here.
    pub(super) fn give_account(&mut self, id: LinkId, out: &mut Vec<Output>) {
        let streams: Vec<StreamId> = self.streams.keys().copied().collect();
        for stream in &streams {
            let asked = self.is_wanted_from(id, *stream);
            let Some(link) = self.links.get_mut(&id) else { return };
            let lane = link.lane(*stream);
            (lane.is_listed, lane.is_told, lane.asked) = (true, true, asked);
        }
        let entries = streams.into_iter().map(|stream| self.position(id, stream)).collect();
        self.send_have(id, entries, true, out);
    }

    /// Whether a new link shall push a stream: the first that is up, and the others only if all are asked always.
    fn is_wanted_from(&mut self, link: LinkId, id: StreamId) -> bool {
        let Some(stream) = self.streams.get_mut(&id) else { return true };
        if stream.is_own || stream.forked || stream.paused.is_some() {
            return false;
        }
        match stream.parent.filter(|parent| self.links.contains_key(parent)) {
            Some(_) => self.settings.flood,
            None => {
                stream.parent = Some(link);
                true
            }
        }
    }

    pub(super) fn have(&mut self, now: Time, link: LinkId, have: Have, out: &mut Vec<Output>) {
        for entry in have.entries {
            self.is_told(now, link, entry, out);
        }
        if have.complete {
            self.account_is_complete(link, out);
        }
        self.pump(link, out);
    }

    /// The other side tells what it has of one stream.
    fn is_told(&mut self, now: Time, link: LinkId, entry: Position, out: &mut Vec<Output>) {
        let id = entry.stream;
        let Some(open) = self.links.get_mut(&link) else { return };
        if !open.may_speak_of(id) {
            return;
        }
        let lane = open.lane(id);
        lane.is_answered = true;
        let wanted = lane.wants();
        let acknowledged = lane.state(&entry.settled);
        let released = lane.set_wants(entry.push);
        let held = self.streams.get(&id).map(|stream| &stream.held);
        // What was kept back for an answer, and is not wanted, is at least told.
        let must_tell = wanted && !entry.push && held.is_some_and(|held| lane.next_unsent(held).is_some());
        if lane.is_open() {
            open.behind.insert(id);
        }
        open.has_landed(acknowledged, now);
        open.has_landed(released, now);
        let key = open.peer.key;
        let arrived = self.neighbours.get_mut(&key).map_or(0, |found| found.state(id, &entry.settled));
        if arrived > 0 || acknowledged != Landed::default() {
            self.has_acknowledged(key, out);
        }
        if must_tell {
            self.tell_soon(now, link, id);
        }
        self.answer_unknown(link, id);
        self.notice_ahead(now, link, id);
        self.look_for_gaps(now, id);
    }

    /// Who lists a stream that is not known here waits for an answer before it sends any of it.
    fn answer_unknown(&mut self, link: LinkId, id: StreamId) {
        let Some(open) = self.links.get_mut(&link) else { return };
        if std::mem::replace(&mut open.lane(id).is_told, true) {
            return;
        }
        let is_blocked = self.origins.get(&id.origin).is_some_and(|origin| origin.is_blocked);
        let comes_from_another = self.links.iter().any(|(other, open)| {
            let lane = open.lanes.get(&id);
            *other != link
                && lane.is_some_and(|lane| lane.is_answered && lane.asked && !lane.stated.is_empty())
        });
        let is_known = self.streams.contains_key(&id);
        let Some(open) = self.links.get_mut(&link) else { return };
        // Of a known one this may be the source: others that have it were given it.
        open.lane(id).asked &= !is_blocked && (is_known || !comes_from_another || self.settings.flood);
        open.dirty.insert(id);
        self.tell_now(link);
    }

    /// Whether a link that does not push has something that is missing here.
    fn notice_ahead(&mut self, now: Time, link: LinkId, id: StreamId) {
        let Some(lane) = self.links.get(&link).and_then(|open| open.lanes.get(&id)) else { return };
        if lane.asked || !lane.ahead.is_empty() {
            return;
        }
        let missing = self.missing(id, &lane.stated);
        if !missing.is_empty()
            && let Some(lane) = self.links.get_mut(&link).and_then(|open| open.lanes.get_mut(&id))
        {
            lane.ahead = missing;
            self.at(now + AHEAD_FOR, Timer::Ahead(link, id));
        }
    }

    /// What of these numbers could come and is not here.
    fn missing(&self, id: StreamId, stated: &Ranges) -> Ranges {
        if self.origins.get(&id.origin).is_some_and(|origin| origin.is_blocked) {
            return Ranges::new();
        }
        match self.streams.get(&id) {
            Some(stream) if stream.forked || stream.paused.is_some() => Ranges::new(),
            Some(stream) => stated.without(&stream.held).without(&stream.pending),
            None if self.is_past(id) => Ranges::new(),
            None => stated.clone(),
        }
    }

    pub(super) fn look_ahead(&mut self, now: Time, link: LinkId, id: StreamId) {
        let Some(lane) = self.links.get_mut(&link).and_then(|open| open.lanes.get_mut(&id)) else { return };
        let ahead = std::mem::take(&mut lane.ahead);
        if lane.asked {
            return;
        }
        if self.missing(id, &ahead).is_empty() {
            self.notice_ahead(now, link, id);
        } else {
            self.take_from(now, link, id);
        }
    }

    /// From now on a stream comes from this link.
    fn take_from(&mut self, now: Time, link: LinkId, id: StreamId) {
        if let Some(stream) = self.streams.get_mut(&id).filter(|stream| !stream.is_own) {
            stream.parent = Some(link);
        }
        self.want(now, link, id, true);
    }

    /// Finds a link from which a stream shall come: one that pushes it already, else the one that has most of what is
    /// missing.
    pub(super) fn choose_source(&mut self, now: Time, id: StreamId) {
        if self.streams.get(&id).is_some_and(|stream| stream.is_own || stream.forked) {
            return;
        }
        let mut best: Option<((u64, bool), LinkId)> = None;
        for (link, open) in &self.links {
            let Some(lane) = open.lanes.get(&id) else { continue };
            let score = (self.missing(id, &lane.stated).count(), lane.asked);
            if best.is_none_or(|(most, _)| score > most) {
                best = Some((score, *link));
            }
        }
        if let Some((_, link)) = best {
            self.take_from(now, link, id);
        }
    }

    /// What was settled without being stored is told to everybody, and skipped for who waits for it.
    pub(super) fn announce_settled(
        &mut self,
        now: Time,
        settles: &[(StreamId, RangeInclusive<u64>)],
        out: &mut Vec<Output>,
    ) {
        let links: Vec<LinkId> =
            if settles.is_empty() { Vec::new() } else { self.links.keys().copied().collect() };
        for link in links {
            for (id, _) in settles {
                self.tell_soon(now, link, *id);
                if let Some(open) = self.links.get_mut(&link) {
                    open.behind.insert(*id);
                }
            }
            self.pump(link, out);
        }
    }

    /// The other side has told of everything.
    fn account_is_complete(&mut self, id: LinkId, out: &mut Vec<Output>) {
        let Some(link) = self.links.get_mut(&id) else { return };
        link.is_complete = true;
        for stream in self.streams.keys() {
            if link.lane(*stream).is_open() {
                link.behind.insert(*stream);
            }
        }
        let key = link.peer.key;
        match self.neighbours.get(&key).map(|found| found.standing) {
            Some(Standing::Active) => self.level(key),
            Some(Standing::Inactive) if self.lacks_nothing(id) => self.has_acknowledged(key, out),
            _ => {}
        }
    }

    fn lacks_nothing(&self, id: LinkId) -> bool {
        let Some(link) = self.links.get(&id) else { return false };
        self.streams.iter().all(|(stream, found)| {
            let stated = link.lanes.get(stream).map(|lane| &lane.stated);
            stated.is_some_and(|stated| found.available().without(stated).is_empty()) || found.held.is_empty()
        })
    }
}
