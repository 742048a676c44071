use crate::story::{Stream, key, number, stream};
use bytes::Bytes;
use hub::{Draft, Envelope, Message, Predecessor, Time};
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

/// An honest origin signs so many in an epoch, and has so many epochs.
const NUMBERS: u64 = 12;
const EPOCHS: u64 = 4;

/// Honest envelopes that were signed already.
static HONEST: LazyLock<Mutex<Signed>> = LazyLock::new(Mutex::default);

/// By stream and number.
type Signed = HashMap<(Stream, u64), Arc<Envelope>>;

/// An envelope that an origin may have signed.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    pub(crate) stream: Stream,
    pub(crate) number: u64,
    /// As an honest origin would have signed it: the rest says nothing then.
    pub(crate) is_honest: bool,
    /// Another story under the same number.
    pub(crate) version: u8,
    pub(crate) time: u64,
    pub(crate) ttl: u32,
    pub(crate) predecessor: Option<(u64, u64)>,
}

pub(crate) fn sketch() -> impl Strategy<Value = Sketch> {
    let time = prop_oneof![8 => 900_000_000..1_100_000_000_u64, 1 => Just(0), 1 => any::<u64>()];
    let ttl = prop_oneof![8 => Just(0), 1 => Just(1_u32), 1 => any::<u32>()];
    let honest = || prop::bool::weighted(0.8);
    let version = prop_oneof![9 => Just(0_u8), 1 => Just(1)];
    let predecessor = prop::option::of((1..4_u64, 1..6_u64));
    (stream(), number(), honest(), version, time, ttl, predecessor).prop_map(
        |(stream, number, is_honest, version, time, ttl, predecessor)| Sketch {
            stream,
            number,
            is_honest,
            version,
            time,
            ttl,
            predecessor,
        },
    )
}

/// The envelope, if such a one can be signed.
pub(crate) fn envelope(sketch: &Sketch) -> Option<Arc<Envelope>> {
    let is_possible = (1..=NUMBERS).contains(&sketch.number) && (1..=EPOCHS).contains(&sketch.stream.1);
    if sketch.is_honest && is_possible { Some(honest(sketch.stream, sketch.number)) } else { odd(sketch) }
}

/// Signed in order, each after the one before it, and each epoch after the one before it.
fn honest(stream: Stream, number: u64) -> Arc<Envelope> {
    if let Some(known) = HONEST.lock().unwrap().get(&(stream, number)) {
        return Arc::clone(known);
    }
    let (origin, epoch) = stream;
    let before = match (number, epoch) {
        (1, 1) => None,
        (1, _) => Some(honest((origin, epoch - 1), NUMBERS)),
        _ => Some(honest(stream, number - 1)),
    };
    let previous = before.as_ref().map_or([0; 32], |before| *before.hash());
    let predecessor = before.filter(|_| number == 1);
    let predecessor = predecessor.map(|_| Predecessor { epoch: epoch - 1, number: NUMBERS });
    let time = Time(950_000_000 + (epoch * NUMBERS + number) * 1_000_000);
    let messages = [Message { media_type: "text/plain".to_owned(), body: "honest".into() }];
    let draft = Draft { epoch, number, previous, predecessor, time, ttl: 0, messages: &messages };
    let signed = Arc::new(draft.sign(&key(origin)).unwrap());
    HONEST.lock().unwrap().insert((stream, number), Arc::clone(&signed));
    signed
}

fn odd(sketch: &Sketch) -> Option<Arc<Envelope>> {
    let messages =
        [Message { media_type: "text/plain".to_owned(), body: Bytes::from(vec![sketch.version; 3]) }];
    let (origin, epoch) = sketch.stream;
    let predecessor = sketch.predecessor.filter(|(before, _)| sketch.number == 1 && *before < epoch);
    let is_first = sketch.number == 1 && predecessor.is_none();
    let previous = if is_first { [0; 32] } else { [sketch.version + 1; 32] };
    let predecessor = predecessor.map(|(epoch, number)| Predecessor { epoch, number });
    let (number, ttl, time) = (sketch.number, sketch.ttl, Time(sketch.time));
    let draft = Draft { epoch, number, previous, predecessor, time, ttl, messages: &messages };
    draft.sign(&key(origin)).ok().map(Arc::new)
}
