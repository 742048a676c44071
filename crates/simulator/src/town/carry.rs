//! What arrives.

use super::{Parcel, Town, checked};
use crate::hub_in_town::HubNo;
use hub::{Frame, Input, LinkId, Peer, Ranges};

impl Town {
    /// Both ends have proved who they are.
    pub(super) fn meet(&mut self, wire: usize) {
        let ends = self.wires[wire].ends;
        if ends.iter().any(|(hub, life, _)| !self.lives(*hub, *life)) {
            let [(dialler, life, _), (dialled, ..)] = ends;
            if self.lives(dialler, life) {
                self.not_reached(dialler, dialled);
            }
            return;
        }
        let [dialler, dialled] = ends.map(|(hub, ..)| hub);
        self.hubs[dialler].upstreams.entry(dialled).and_modify(|failed| *failed = 0);
        self.story.tell(self.now.0, &("met", dialler, dialled));
        for (end, (hub, _, link)) in ends.into_iter().enumerate() {
            self.hubs[hub].links.insert(link, wire);
            let other = ends[1 - end].0;
            let peer = self.peer(other, end == 0 && self.hubs[hub].upstreams.contains_key(&other));
            self.give(hub, Input::Opened { link, peer });
        }
    }

    fn peer(&self, hub: HubNo, is_upstream: bool) -> Peer {
        Peer {
            key: self.hubs[hub].key.public(),
            name: format!("hub {hub}"),
            address: format!("wss://hub-{hub}.example/hub"),
            is_upstream,
            clock: self.hubs[hub].clock(self.now),
            window_envelopes: 4096,
            window_bytes: 4 * 1024 * 1024,
            envelope_most: 256 * 1024,
        }
    }

    pub(super) fn arrives(&mut self, wire: usize, end: usize, parcel: Parcel) {
        let (hub, life, link) = self.wires[wire].ends[end];
        if self.wires[wire].is_cut || !self.lives(hub, life) || !self.hubs[hub].links.contains_key(&link) {
            return;
        }
        if self.trouble.cuts(&mut self.chance) {
            return self.cut(wire);
        }
        match parcel {
            Parcel::Frame(frame) => {
                let frame = self.twist(wire, end, frame);
                self.frame(hub, link, wire, frame);
            }
            Parcel::Envelopes(mut envelopes) => {
                if self.trouble.doubles(&mut self.chance) {
                    self.put(wire, end, Parcel::Envelopes(envelopes.clone()));
                }
                if self.trouble.reorders(&mut self.chance) {
                    envelopes.reverse();
                }
                self.give(hub, Input::Received { link, envelopes: checked(&envelopes) });
            }
            Parcel::Hangup => self.end(hub, link, wire),
        }
    }

    fn frame(&mut self, hub: HubNo, link: LinkId, wire: usize, frame: Frame) {
        match frame {
            Frame::Have(have) => self.give(hub, Input::Have { link, have }),
            Frame::Skip(skips) => self.give(hub, Input::Skip { link, skips }),
            Frame::Bye(_) => self.end(hub, link, wire),
            Frame::Hello(_) | Frame::Auth(_) | Frame::Msg(_) => {}
        }
    }

    fn end(&mut self, hub: HubNo, link: LinkId, wire: usize) {
        if self.hubs[hub].links.remove(&link).is_some() {
            self.give(hub, Input::Closed { link });
            self.redial(hub, wire);
        }
    }

    /// What a hub that lies makes of what it sends.
    fn twist(&mut self, wire: usize, end: usize, frame: Frame) -> Frame {
        let sender = self.wires[wire].ends[1 - end].0;
        let lies = self.hubs[sender].lies;
        match frame {
            Frame::Have(mut have) if lies.in_have => {
                for entry in &mut have.entries {
                    let last = entry.settled.last().unwrap_or(0);
                    entry.settled.insert_all(&Ranges::up_to(last + self.chance.between(1, 50)));
                }
                if lies.in_skip && have.complete {
                    self.skip_falsely(wire, end, &have);
                }
                Frame::Have(have)
            }
            other => other,
        }
    }

    fn skip_falsely(&mut self, wire: usize, end: usize, have: &hub::Have) {
        let skip = |entry: &hub::Position| hub::Skip {
            stream: entry.stream,
            first: 1,
            last: entry.settled.last().unwrap_or(1).max(1),
        };
        let skips = have.entries.iter().map(skip).collect();
        self.put(wire, end, Parcel::Frame(Frame::Skip(skips)));
    }
}
