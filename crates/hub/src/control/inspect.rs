//! Envelopes, decoded for people.

use crate::applications::Door;
use crate::applications::event::is_event;
use crate::envelope::{Envelope, Message, Seal, StreamId};
use crate::key::{PublicKey, hex};
use crate::pages::moment;
use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// More envelopes at once would only scroll by.
const MANY: usize = 100;

/// One envelope, or the first ones of a stream that are kept, or the proof that a key has forked.
pub(super) async fn inspect(
    door: &Door,
    origin: PublicKey,
    epoch: Option<u64>,
    number: Option<u64>,
) -> Result<Value> {
    let Some(epoch) = epoch else { return proof(door, origin).await };
    let stream = StreamId { origin, epoch };
    match number {
        Some(number) => {
            let found = door.carrier.envelope(stream, number).await?;
            let found = found.with_context(|| format!("there is no envelope {number} of {stream} here"))?;
            Ok(decoded(&found))
        }
        None => {
            let found = door.carrier.stream(stream, 1, MANY).await?;
            Ok(found.iter().map(|envelope| decoded(envelope)).collect())
        }
    }
}

/// With the bytes as they were signed, so that anybody can check it.
async fn proof(door: &Door, origin: PublicKey) -> Result<Value> {
    let found = door.carrier.proof(origin).await?;
    let found = found.with_context(|| format!("{origin} has not forked, as far as is known here"))?;
    let whole = |envelope: &Envelope| {
        let mut shown = decoded(envelope);
        shown["envelope"] = BASE64_STANDARD.encode(envelope.bytes()).into();
        shown
    };
    Ok(json!({ "kept": found.kept.as_ref().map(whole), "other": whole(&found.other) }))
}

fn decoded(envelope: &Envelope) -> Value {
    let (stream, before) = (envelope.stream(), envelope.predecessor());
    let messages: Vec<Value> = envelope.messages().map(|message| message_shown(&message)).collect();
    json!({
        "key": stream.origin.to_string(),
        "epoch": stream.epoch,
        "number": envelope.number(),
        "time": moment(envelope.time()),
        "ttl": envelope.ttl(),
        "bytes": envelope.bytes().len(),
        "hash": hex(envelope.hash()),
        "previous": hex(envelope.previous()),
        "predecessor": before.map(|before| json!({ "epoch": before.epoch, "number": before.number })),
        "signature": if Seal::of(envelope.clone()).check().is_ok() { "right" } else { "wrong" },
        "messages": messages,
    })
}

fn message_shown(message: &Message) -> Value {
    let mut shown = json!({ "media_type": message.media_type, "bytes": message.body.len() });
    let event = is_event(message).then(|| serde_json::from_slice(&message.body).ok()).flatten();
    match (event, std::str::from_utf8(&message.body)) {
        (Some(event), _) => shown["event"] = event,
        (None, Ok(text)) => shown["text"] = text.into(),
        (None, Err(_)) => shown["base64"] = BASE64_STANDARD.encode(&message.body).into(),
    }
    shown
}
