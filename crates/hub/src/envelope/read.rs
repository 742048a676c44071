//! The strict decoder: what it takes is what [`Draft`](super::Draft) can write, byte for byte.

use super::{
    BYTES_MOST, Envelope, MEDIA_TYPE_MOST, MESSAGES_MOST, Message, Predecessor, StreamId, VERSION, hash,
};
use crate::key::PublicKey;
use crate::time::Time;
use crate::wire::{Malformed, Reader};
use bytes::Bytes;

/// The signature ends the envelope.
const SIGNATURE: usize = 64;

/// The greatest number of an envelope, and of an epoch: every database can keep it, and one more is still a number.
const NUMBER_MOST: u64 = i64::MAX.cast_unsigned();

impl Envelope {
    /// Reads an envelope of at most [`BYTES_MOST`] bytes. Whose it is must still be checked.
    pub fn read(bytes: Bytes) -> Result<Envelope, Malformed> {
        Envelope::read_of(bytes, PublicKey::new)
    }

    /// The same where the key was looked at before, which costs more than all the rest.
    pub(crate) fn read_of(
        bytes: Bytes,
        key: impl FnOnce([u8; 32]) -> Result<PublicKey, Malformed>,
    ) -> Result<Envelope, Malformed> {
        if bytes.len() > BYTES_MOST {
            return Err(Malformed::Field("length"));
        }
        let signed = bytes.len().checked_sub(SIGNATURE).ok_or(Malformed::Short("signature"))?;
        let mut fields = Reader::new(&bytes[..signed]);
        if fields.u8("version")? != VERSION {
            return Err(Malformed::Field("version"));
        }
        let origin = key(fields.array("origin")?)?;
        let stream = StreamId { origin, epoch: positive(fields.u64("epoch")?, "epoch")? };
        let number = positive(fields.u64("number")?, "number")?;
        let previous = fields.array("previous")?;
        let time = Time(fields.u64("time")?);
        let ttl = fields.u32("ttl")?;
        let predecessor = if number == 1 { predecessor(&mut fields, stream.epoch, &previous)? } else { None };
        let messages = fields.u16("messages")?;
        if messages == 0 || usize::from(messages) > MESSAGES_MOST {
            return Err(Malformed::Field("messages"));
        }
        let body = signed - fields.left();
        (0..messages).try_for_each(|_| message(&mut fields).map(drop))?;
        fields.end()?;
        let hash = hash(&bytes);
        Ok(Envelope { bytes, hash, stream, number, previous, time, ttl, predecessor, messages, body })
    }

    /// What is signed, without the signature.
    pub(super) fn signed(&self) -> (&[u8], &[u8; 64]) {
        self.bytes.split_last_chunk().unwrap_or((&[], &[0; 64]))
    }

    /// The messages, in order.
    pub fn messages(&self) -> impl Iterator<Item = Message> + '_ {
        let mut fields = Reader::new(&self.signed().0[self.body..]);
        // They were read once already.
        std::iter::from_fn(move || message(&mut fields).ok()).map(|(media_type, body)| Message {
            media_type: media_type.to_owned(),
            body: self.bytes.slice_ref(body),
        })
    }
}

fn positive(number: u64, field: &'static str) -> Result<u64, Malformed> {
    if matches!(number, 1..=NUMBER_MOST) { Ok(number) } else { Err(Malformed::Field(field)) }
}

/// The last envelope before this epoch; all zeros, and zeros as its hash, if there was none.
fn predecessor(
    fields: &mut Reader<'_>,
    epoch: u64,
    previous: &[u8; 32],
) -> Result<Option<Predecessor>, Malformed> {
    let before = Predecessor { epoch: fields.u64("predecessor")?, number: fields.u64("predecessor")? };
    match before {
        Predecessor { epoch: 0, number: 0 } if *previous == [0; 32] => Ok(None),
        Predecessor { epoch: 1.., number: 1..=NUMBER_MOST } if before.epoch < epoch => Ok(Some(before)),
        _ => Err(Malformed::Field("predecessor")),
    }
}

fn message<'a>(fields: &mut Reader<'a>) -> Result<(&'a str, &'a [u8]), Malformed> {
    let length = usize::from(fields.u8("media type")?);
    let media_type = fields.bytes(length, "media type")?;
    let printable = media_type.iter().all(|byte| matches!(byte, b' '..=b'~'));
    if length == 0 || length > MEDIA_TYPE_MOST || !printable {
        return Err(Malformed::Field("media type"));
    }
    let media_type = std::str::from_utf8(media_type).map_err(|_| Malformed::Field("media type"))?;
    let length = fields.u32("body")? as usize;
    Ok((media_type, fields.bytes(length, "body")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::Draft;
    use crate::key::SecretKey;

    /// One more than the greatest number would be none; counting on from it must not be possible for anybody.
    #[test]
    fn a_number_ends_below_two_to_the_63rd() {
        let messages = [Message { media_type: "text/plain".to_owned(), body: "x".into() }];
        let sign = |epoch, number| {
            let (previous, time) = ([1; 32], Time(1));
            let draft =
                Draft { epoch, number, previous, predecessor: None, time, ttl: 0, messages: &messages };
            draft.sign(&SecretKey::from_seed([1; 32]))
        };
        let most = i64::MAX.cast_unsigned();
        assert!(sign(most, most).is_ok());
        assert_eq!(sign(1, most + 1), Err(Malformed::Field("number")));
        assert_eq!(sign(u64::MAX, 2), Err(Malformed::Field("epoch")));
    }

    /// An epoch that names an end which no epoch can have would wait for it in vain.
    #[test]
    fn a_predecessor_has_a_number_that_an_envelope_can_have() {
        let messages = [Message { media_type: "text/plain".to_owned(), body: "x".into() }];
        let sign = |number| {
            let predecessor = Some(Predecessor { epoch: 1, number });
            let (previous, time) = ([1; 32], Time(1));
            let draft =
                Draft { epoch: 2, number: 1, previous, predecessor, time, ttl: 0, messages: &messages };
            draft.sign(&SecretKey::from_seed([1; 32])).err()
        };
        assert_eq!(sign(NUMBER_MOST), None);
        assert_eq!(sign(NUMBER_MOST + 1), Some(Malformed::Field("predecessor")));
        assert_eq!(sign(0), Some(Malformed::Field("predecessor")));
    }
}
