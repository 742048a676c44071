//! Reading frames. What cannot be read ends the link.

use super::write::{AUTH, BYE, HAVE, HELLO, MSG, SKIP};
use super::{
    ADDRESS_MOST, Auth, Bye, Carried, ENTRIES_MOST, FRAME_MOST, Frame, Have, Hello, NAME_MOST, Position,
    RANGES_MOST, REASON_MOST, Reason, Side, Skip,
};
use crate::envelope::StreamId;
use crate::key::PublicKey;
use crate::ranges::Ranges;
use crate::time::Time;
use crate::wire::{Malformed, Reader};
use bytes::Bytes;

impl Frame {
    /// Reads one frame. HELLO may have more fields than are known here, in a later version; the others may not.
    pub fn read(bytes: &Bytes) -> Result<Frame, Malformed> {
        if bytes.len() > FRAME_MOST {
            return Err(Malformed::Field("length"));
        }
        let mut fields = Reader::new(bytes);
        let frame = match fields.u8("frame")? {
            HELLO => return hello(fields).map(Frame::Hello),
            AUTH => Frame::Auth(auth(&mut fields)?),
            HAVE => Frame::Have(have(&mut fields)?),
            MSG => Frame::Msg(carried(&mut fields, bytes)?),
            SKIP => Frame::Skip(skips(&mut fields)?),
            BYE => Frame::Bye(bye(&mut fields)?),
            _ => return Err(Malformed::Field("frame")),
        };
        fields.end()?;
        Ok(frame)
    }
}

fn hello(mut fields: Reader<'_>) -> Result<Hello, Malformed> {
    Ok(Hello {
        key: PublicKey::new(fields.array("key")?)?,
        nonce: fields.array("nonce")?,
        side: side(fields.u8("side")?)?,
        clock: Time(fields.u64("clock")?),
        retention: fields.u32("retention")?,
        envelope_most: fields.u32("envelope_most")?,
        window_envelopes: fields.u32("window_envelopes")?,
        window_bytes: fields.u32("window_bytes")?,
        name: fields.line(NAME_MOST, "name")?.to_owned(),
        address: fields.line(ADDRESS_MOST, "address")?.to_owned(),
        software: fields.line(NAME_MOST, "software")?.to_owned(),
    })
}

fn side(code: u8) -> Result<Side, Malformed> {
    match code {
        1 => Ok(Side::Dialler),
        2 => Ok(Side::Listener),
        _ => Err(Malformed::Field("side")),
    }
}

fn auth(fields: &mut Reader<'_>) -> Result<Auth, Malformed> {
    let host = fields.line(ADDRESS_MOST, "host")?.to_owned();
    Ok(Auth { host, signature: fields.array("signature")? })
}

fn have(fields: &mut Reader<'_>) -> Result<Have, Malformed> {
    let complete = fields.flag("complete")?;
    let entries = (0..count(fields)?).map(|_| position(fields)).collect::<Result<_, _>>()?;
    Ok(Have { complete, entries })
}

fn count(fields: &mut Reader<'_>) -> Result<u16, Malformed> {
    let count = fields.u16("count")?;
    if usize::from(count) > ENTRIES_MOST { Err(Malformed::Field("count")) } else { Ok(count) }
}

fn position(fields: &mut Reader<'_>) -> Result<Position, Malformed> {
    let stream = stream(fields)?;
    let mut settled = Ranges::up_to(fields.u64("settled")?);
    let push = fields.flag("push")?;
    let ranges = fields.u16("ranges")?;
    if usize::from(ranges) > RANGES_MOST {
        return Err(Malformed::Field("ranges"));
    }
    // In order, and with a gap before each: there is one way to write a set.
    let mut least = settled.settled().checked_add(2).ok_or(Malformed::Field("settled"))?;
    for _ in 0..ranges {
        let (first, last) = (fields.u64("range")?, fields.u64("range")?);
        if first < least || last < first {
            return Err(Malformed::Field("range"));
        }
        settled.insert(first..=last);
        least = last.checked_add(2).ok_or(Malformed::Field("range"))?;
    }
    Ok(Position { stream, settled, push })
}

fn stream(fields: &mut Reader<'_>) -> Result<StreamId, Malformed> {
    // Not checked as a point: a name that nobody can sign for costs the reader a look-up, a check costs much more.
    let origin = PublicKey::trusted(fields.array("origin")?);
    Ok(StreamId { origin, epoch: fields.u64("epoch")? })
}

fn carried(fields: &mut Reader<'_>, frame: &Bytes) -> Result<Vec<Carried>, Malformed> {
    let count = fields.u16("count")?;
    let one = |_| {
        let hops = fields.u8("hops")?;
        let length = fields.u32("length")? as usize;
        let envelope = frame.slice_ref(fields.bytes(length, "envelope")?);
        Ok(Carried { hops, envelope })
    };
    (0..count).map(one).collect()
}

fn skips(fields: &mut Reader<'_>) -> Result<Vec<Skip>, Malformed> {
    let count = count(fields)?;
    let one = |_| {
        let skip = Skip { stream: stream(fields)?, first: fields.u64("first")?, last: fields.u64("last")? };
        if skip.first == 0 || skip.last < skip.first || skip.last == u64::MAX {
            return Err(Malformed::Field("range"));
        }
        Ok(skip)
    };
    (0..count).map(one).collect()
}

fn bye(fields: &mut Reader<'_>) -> Result<Bye, Malformed> {
    let code = usize::from(fields.u8("reason")?);
    // A reason that a later version knows ends the link all the same.
    let reason = code.checked_sub(1).and_then(|place| Reason::ALL.get(place)).copied();
    let retry_after = fields.u32("retry_after")?;
    let text = fields.line(REASON_MOST, "text")?.to_owned();
    Ok(Bye { reason: reason.unwrap_or(Reason::Failed), retry_after, text })
}
