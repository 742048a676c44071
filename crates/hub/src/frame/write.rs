//! Writing frames.

use super::{Auth, Bye, Frame, Have, Hello, Position, RANGES_MOST, Reason, Side, Skip};
use crate::envelope::StreamId;
use crate::wire::put_text;

pub(super) const HELLO: u8 = 1;
pub(super) const AUTH: u8 = 2;
pub(super) const HAVE: u8 = 3;
pub(super) const MSG: u8 = 4;
pub(super) const SKIP: u8 = 5;
pub(super) const BYE: u8 = 6;

impl Frame {
    /// The bytes of the frame.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match self {
            Frame::Hello(hello) => hello.put(&mut bytes),
            Frame::Auth(auth) => auth.put(&mut bytes),
            Frame::Have(have) => have.put(&mut bytes),
            Frame::Msg(carried) => {
                let size: usize = carried.iter().map(|carried| 5 + carried.envelope.len()).sum();
                bytes.reserve_exact(3 + size);
                bytes.push(MSG);
                bytes.extend_from_slice(&(carried.len() as u16).to_be_bytes());
                for carried in carried {
                    bytes.push(carried.hops);
                    bytes.extend_from_slice(&(carried.envelope.len() as u32).to_be_bytes());
                    bytes.extend_from_slice(&carried.envelope);
                }
            }
            Frame::Skip(skips) => {
                bytes.push(SKIP);
                bytes.extend_from_slice(&(skips.len() as u16).to_be_bytes());
                skips.iter().for_each(|skip| skip.put(&mut bytes));
            }
            Frame::Bye(bye) => bye.put(&mut bytes),
        }
        bytes
    }
}

impl Hello {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(HELLO);
        bytes.extend_from_slice(self.key.bytes());
        bytes.extend_from_slice(&self.nonce);
        bytes.push(self.side.code());
        bytes.extend_from_slice(&self.clock.0.to_be_bytes());
        for number in [self.retention, self.envelope_most, self.window_envelopes, self.window_bytes] {
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        [&self.name, &self.address, &self.software].into_iter().for_each(|text| put_text(bytes, text));
    }
}

impl Auth {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(AUTH);
        put_text(bytes, &self.host);
        bytes.extend_from_slice(&self.signature);
    }
}

impl Have {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&[HAVE, u8::from(self.complete)]);
        bytes.extend_from_slice(&(self.entries.len() as u16).to_be_bytes());
        self.entries.iter().for_each(|entry| entry.put(bytes));
    }
}

impl Position {
    fn put(&self, bytes: &mut Vec<u8>) {
        let settled = self.settled.settled();
        let above: Vec<_> = self.settled.runs().filter(|run| *run.start() > 1).take(RANGES_MOST).collect();
        put_stream(bytes, self.stream);
        bytes.extend_from_slice(&settled.to_be_bytes());
        bytes.push(u8::from(self.push));
        bytes.extend_from_slice(&(above.len() as u16).to_be_bytes());
        for run in above {
            bytes.extend_from_slice(&run.start().to_be_bytes());
            bytes.extend_from_slice(&run.end().to_be_bytes());
        }
    }
}

impl Skip {
    fn put(&self, bytes: &mut Vec<u8>) {
        put_stream(bytes, self.stream);
        bytes.extend_from_slice(&self.first.to_be_bytes());
        bytes.extend_from_slice(&self.last.to_be_bytes());
    }
}

impl Bye {
    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&[BYE, self.reason.code()]);
        bytes.extend_from_slice(&self.retry_after.to_be_bytes());
        put_text(bytes, &self.text);
    }
}

fn put_stream(bytes: &mut Vec<u8>, stream: StreamId) {
    bytes.extend_from_slice(stream.origin.bytes());
    bytes.extend_from_slice(&stream.epoch.to_be_bytes());
}

impl Side {
    /// The number on the wire.
    pub fn code(self) -> u8 {
        match self {
            Side::Dialler => 1,
            Side::Listener => 2,
        }
    }

    /// The other end.
    pub fn other(self) -> Side {
        match self {
            Side::Dialler => Side::Listener,
            Side::Listener => Side::Dialler,
        }
    }
}

impl Reason {
    /// All, in the order of their numbers from 1 on.
    pub const ALL: [Reason; 11] = [
        Reason::Stopping,
        Reason::NotApproved,
        Reason::NotAllowed,
        Reason::NotProved,
        Reason::Malformed,
        Reason::Replaced,
        Reason::Busy,
        Reason::Stalled,
        Reason::TooLarge,
        Reason::Forged,
        Reason::Failed,
    ];

    /// The number on the wire.
    pub fn code(self) -> u8 {
        let place = Reason::ALL.iter().position(|reason| *reason == self);
        place.map_or(0, |place| place as u8 + 1)
    }

    /// The word in metrics and logs.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Stopping => "stopping",
            Reason::NotApproved => "not_approved",
            Reason::NotAllowed => "not_allowed",
            Reason::NotProved => "not_proved",
            Reason::Malformed => "malformed",
            Reason::Replaced => "replaced",
            Reason::Busy => "busy",
            Reason::Stalled => "stalled",
            Reason::TooLarge => "too_large",
            Reason::Forged => "forged",
            Reason::Failed => "failed",
        }
    }

    /// For people, about the side that says it.
    pub fn in_words(self) -> &'static str {
        match self {
            Reason::Stopping => "it is being stopped",
            Reason::NotApproved => "its webmaster must let this hub in first",
            Reason::NotAllowed => "its webmaster does not let this hub in",
            Reason::NotProved => "it did not believe the proof of the key",
            Reason::Malformed => "it could not read what was sent",
            Reason::Replaced => "a newer link took the place of this one",
            Reason::Busy => "it has all the neighbours that it serves",
            Reason::Stalled => "it heard nothing, or nothing was acknowledged, for too long",
            Reason::TooLarge => "a frame was too large for it",
            Reason::Forged => "too many signatures were wrong",
            Reason::Failed => "something failed there",
        }
    }
}
