//! What is sent on each link, within its window: at once where the link is level, from the log where it is behind.

use super::{LinkId, Node, Output, Passed};
use crate::envelope::{Envelope, StreamId};
use crate::frame::{ENTRIES_MOST, Frame, Skip};
use crate::key::PublicKey;
use crate::time::Time;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// So much is read for a link at a time.
const FETCH_ENVELOPES: u64 = 256;
const FETCH_BYTES: usize = 256 * 1024;

impl Node {
    /// Passes on what was committed.
    pub(super) fn pass_on(&mut self, now: Time, envelopes: &[Passed], out: &mut Vec<Output>) {
        let links: Vec<LinkId> = self.links.keys().copied().collect();
        for id in links {
            self.pass_to(now, id, envelopes, out);
        }
    }

    fn pass_to(&mut self, now: Time, id: LinkId, envelopes: &[Passed], out: &mut Vec<Output>) {
        let (mut at_once, mut too_large, mut soon) = (Vec::new(), Vec::new(), BTreeSet::new());
        let mut is_much = false;
        let Some(link) = self.links.get_mut(&id) else { return };
        let key = link.peer.key;
        for passed in envelopes {
            let envelope = &passed.envelope;
            let (stream, number) = (envelope.stream(), envelope.number());
            let (has_room, takes) = (link.has_room() && link.is_complete, link.takes(envelope));
            let lane = link.lane(stream);
            if lane.covers(number) {
                // It came from there: acknowledged.
                soon.insert(stream);
                is_much |= link.has_committed(envelope.bytes().len());
            } else if !lane.wants() {
                soon.insert(stream);
            } else if lane.is_open() && has_room && is_first_unsent(lane, self.streams.get(&stream), number) {
                if takes {
                    link.has_sent(stream, number, envelope.bytes().len(), now);
                    at_once.push(passed.clone());
                } else {
                    lane.has_skipped(number..=number);
                    too_large.push(Skip { stream, first: number, last: number });
                }
            } else {
                link.behind.insert(stream);
                // It may come there another way before its turn: then it is never sent, and would not be told.
                soon.insert(stream);
            }
        }
        if !at_once.is_empty() {
            self.traffic.sent += at_once.len() as u64;
            out.push(Output::Pass { link: id, envelopes: at_once });
        }
        self.refuse(key, &too_large);
        say_skips(id, &too_large, out);
        for stream in soon {
            self.tell_soon(now, id, stream);
        }
        if is_much {
            self.tell_now(id);
        }
        self.pump(id, out);
    }

    /// Reads the next of what a link is behind with.
    pub(super) fn pump(&mut self, id: LinkId, out: &mut Vec<Output>) {
        let Some(link) = self.links.get_mut(&id) else { return };
        while link.is_complete && !link.is_fetching && link.has_room() {
            let Some(stream) = link.next_behind() else { return };
            let held = self.streams.get(&stream).map(|stream| &stream.held);
            let lane = link.lane(stream);
            let next = held.filter(|_| lane.is_open()).and_then(|held| lane.next_unsent(held));
            let Some(next) = next else {
                link.behind.remove(&stream);
                continue;
            };
            let range = *next.start()..=(*next.end()).min(next.start() + FETCH_ENVELOPES - 1);
            link.is_fetching = true;
            out.push(Output::Fetch { link: id, stream, range, bytes: FETCH_BYTES });
        }
    }

    pub(super) fn fetched(
        &mut self,
        now: Time,
        id: LinkId,
        stream: StreamId,
        range: RangeInclusive<u64>,
        found: Vec<Arc<Envelope>>,
        out: &mut Vec<Output>,
    ) {
        let Some(link) = self.links.get_mut(&id) else { return };
        link.is_fetching = false;
        let mut gone = range;
        let (mut envelopes, mut skips, mut too_large) = (Vec::new(), Vec::new(), Vec::new());
        let mut expired = Vec::new();
        for envelope in found {
            let number = envelope.number();
            skip_before(&mut skips, stream, &mut gone, number);
            let (takes, lane) = (link.takes(&envelope), link.lane(stream));
            let (is_wanted, one) =
                (lane.is_open() && !lane.covers(number), Skip { stream, first: number, last: number });
            if envelope.has_expired(now) {
                expired.push(one);
                skips.push(one);
            } else if is_wanted && takes {
                link.has_sent(stream, number, envelope.bytes().len(), now);
                // How far it had come, the log does not tell.
                envelopes.push(Passed { envelope, hops: 0 });
            } else if is_wanted {
                too_large.push(one);
                skips.push(one);
            }
        }
        if !gone.is_empty() {
            skips.push(Skip { stream, first: *gone.start(), last: *gone.end() });
        }
        for skip in &skips {
            link.lane(stream).has_skipped(skip.first..=skip.last);
        }
        self.traffic.sent += envelopes.len() as u64;
        let key = link.peer.key;
        self.refuse(key, &too_large);
        if let Some(neighbour) = self.neighbours.get_mut(&key) {
            expired.iter().for_each(|skip| neighbour.expire(skip.stream, skip.first));
        }
        if !envelopes.is_empty() {
            out.push(Output::Pass { link: id, envelopes });
        }
        say_skips(id, &skips, out);
        self.pump(id, out);
    }

    /// Numbers that a neighbour does not take are not waiting for it.
    fn refuse(&mut self, key: PublicKey, too_large: &[Skip]) {
        let Some(neighbour) = self.neighbours.get_mut(&key) else { return };
        too_large.iter().for_each(|skip| neighbour.refuse(skip.stream, skip.first));
    }
}

fn say_skips(link: LinkId, skips: &[Skip], out: &mut Vec<Output>) {
    let frames = skips.chunks(ENTRIES_MOST).map(|skips| Frame::Skip(skips.to_vec()));
    out.extend(frames.map(|frame| Output::Send { link, frame }));
}

fn is_first_unsent(lane: &super::lane::Lane, stream: Option<&super::stream::Stream>, number: u64) -> bool {
    let next = stream.and_then(|stream| lane.next_unsent(&stream.held));
    next.is_some_and(|next| *next.start() == number)
}

/// What lies between the last one that was found and this one is gone.
fn skip_before(skips: &mut Vec<Skip>, stream: StreamId, gone: &mut RangeInclusive<u64>, number: u64) {
    if *gone.start() < number {
        skips.push(Skip { stream, first: *gone.start(), last: number - 1 });
    }
    *gone = number + 1..=*gone.end();
}
