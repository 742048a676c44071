//! One delivery: which events, and the request that carries them.

use super::super::carrier::{Place, Placed};
use super::super::event::{BATCH, Delivered, Deliverer, EVENT};
use super::super::messages::Spot;
use super::handshake::PROGRAM;
use super::signature::sign;
use super::table::Webhook;
use crate::envelope::Envelope;
use crate::key::PublicKey;
use crate::time::Time;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, USER_AGENT};
use http::{Method, Request};

/// A delivery ends with the event that makes it longer than this.
const BYTES_MOST: usize = 1024 * 1024;

/// Events on their way to a receiver, in the order of the log.
#[derive(Debug, Default)]
pub(super) struct Delivery {
    pub(super) events: Vec<Delivered>,
    /// Names the first of them; the same however often it is tried.
    id: String,
    bytes: usize,
    /// Where the next delivery begins.
    pub(super) end: Option<Spot>,
}

impl Delivery {
    /// Gathers what is wanted of some envelopes, `most` events at most.
    pub(super) fn gather(
        webhook: &Webhook,
        own: &PublicKey,
        found: &[Placed],
        most: usize,
        now: Time,
    ) -> Delivery {
        let mut delivery = Delivery::default();
        for (place, envelope) in found {
            let wanted = webhook.filter.wants_origin(&envelope.stream().origin, own);
            if wanted && !envelope.has_expired(now) {
                delivery.take(webhook, *place, envelope, most);
            }
            if delivery.is_full(most) {
                break;
            }
            delivery.end = Some(Spot::behind(*place));
        }
        delivery
    }

    fn take(&mut self, webhook: &Webhook, place: Place, envelope: &Envelope, most: usize) {
        let deliverer = Deliverer::of(envelope);
        for (message, index) in envelope.messages().zip(0..).skip(webhook.spot.seen(place)) {
            if self.is_full(most) {
                return;
            }
            self.end = Some(Spot::within(place, index));
            let event = deliverer.event(index, &message);
            if webhook.filter.wants(&event) {
                if self.events.is_empty() {
                    let stream = envelope.stream();
                    self.id = format!("{}-{}-{}-{index}", stream.origin, stream.epoch, envelope.number());
                }
                self.bytes += event.text.len();
                self.events.push(event);
            }
        }
    }

    fn is_full(&self, most: usize) -> bool {
        self.events.len() >= most || self.bytes >= BYTES_MOST
    }

    /// The request. Attributes stand in the body, because only the body is signed.
    pub(super) fn request(&self, webhook: &Webhook, origin: &str, now: Time) -> http::Result<Request<Bytes>> {
        let (kind, id, body) = match &*self.events {
            [event] => (EVENT, self.id.clone(), event.text.clone()),
            events => {
                let texts: Vec<&str> = events.iter().map(|event| event.text.as_str()).collect();
                // How many there are belongs to the id: another number of events is another delivery.
                (BATCH, format!("{}-{}", self.id, events.len()), format!("[{}]", texts.join(",")))
            }
        };
        let timestamp = now.0 / 1_000_000;
        Request::builder()
            .method(Method::POST)
            .uri(&webhook.url)
            .header(CONTENT_TYPE, format!("{kind}; charset=utf-8"))
            .header(USER_AGENT, PROGRAM)
            .header("WebHook-Request-Origin", origin)
            .header("webhook-id", &id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", sign(&webhook.secret, &id, timestamp, body.as_bytes()))
            .body(Bytes::from(body))
    }
}
