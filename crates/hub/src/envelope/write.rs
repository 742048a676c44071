//! Writing and signing.

use super::{BYTES_MOST, Envelope, Hash, MESSAGES_MOST, Message, Predecessor, SIGNED_AS, StreamId, VERSION};
use crate::key::SecretKey;
use crate::pae::pre_authentication_encoding;
use crate::time::Time;
use crate::wire::Malformed;

/// What an origin is about to sign.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// Its own epoch.
    pub epoch: u64,
    /// Its next number.
    pub number: u64,
    /// The hash of the envelope before it; zeros if there is none.
    pub previous: Hash,
    /// For number 1: the last envelope of the epoch before.
    pub predecessor: Option<Predecessor>,
    /// Now, and not before the time of the envelope before it.
    pub time: Time,
    /// Seconds; 0 for as long as it is kept.
    pub ttl: u32,
    /// One or more.
    pub messages: &'a [Message],
}

/// Bytes of an envelope beside its messages: header, predecessor, signature.
pub(crate) const OVERHEAD: usize = 1 + 32 + 8 + 8 + 32 + 8 + 4 + 16 + 2 + 64;

/// Bytes that a message takes in an envelope.
pub(crate) fn weight(message: &Message) -> usize {
    1 + message.media_type.len() + 4 + message.body.len()
}

impl Draft<'_> {
    /// Signs. Fails for what no hub would take: no message or too many, too many bytes, an empty or odd media type.
    pub fn sign(&self, key: &SecretKey) -> Result<Envelope, Malformed> {
        let count = self.messages.len();
        if count == 0 || count > MESSAGES_MOST {
            return Err(Malformed::Field("messages"));
        }
        let size = OVERHEAD + self.messages.iter().map(weight).sum::<usize>();
        if size > BYTES_MOST {
            return Err(Malformed::Field("length"));
        }
        let mut bytes = Vec::with_capacity(size);
        self.put_header(&mut bytes, key);
        for message in self.messages {
            bytes.push(u8::try_from(message.media_type.len()).map_err(|_| Malformed::Field("media type"))?);
            bytes.extend_from_slice(message.media_type.as_bytes());
            // Below the limit of an envelope, and so of four bytes.
            bytes.extend_from_slice(&(message.body.len() as u32).to_be_bytes());
            bytes.extend_from_slice(&message.body);
        }
        let signature = key.sign(&pre_authentication_encoding(SIGNED_AS, &bytes));
        bytes.extend_from_slice(&signature);
        Envelope::read_of(bytes.into(), |_| Ok(key.public()))
    }

    fn put_header(&self, bytes: &mut Vec<u8>, key: &SecretKey) {
        bytes.push(VERSION);
        bytes.extend_from_slice(key.public().bytes());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(&self.previous);
        bytes.extend_from_slice(&self.time.0.to_be_bytes());
        bytes.extend_from_slice(&self.ttl.to_be_bytes());
        if self.number == 1 {
            let Predecessor { epoch, number } =
                self.predecessor.unwrap_or(Predecessor { epoch: 0, number: 0 });
            bytes.extend_from_slice(&epoch.to_be_bytes());
            bytes.extend_from_slice(&number.to_be_bytes());
        }
        bytes.extend_from_slice(&(self.messages.len() as u16).to_be_bytes());
    }

    /// Whether every hub would take it.
    pub(crate) fn is_fit(&self) -> bool {
        let size = OVERHEAD + self.messages.iter().map(weight).sum::<usize>();
        let media_type = |text: &str| {
            (1..=super::MEDIA_TYPE_MOST).contains(&text.len())
                && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        };
        (1..=MESSAGES_MOST).contains(&self.messages.len())
            && size <= BYTES_MOST
            && self.messages.iter().all(|message| media_type(&message.media_type))
    }

    /// The stream in which it will be.
    pub fn stream(&self, key: &SecretKey) -> StreamId {
        StreamId { origin: key.public(), epoch: self.epoch }
    }
}
