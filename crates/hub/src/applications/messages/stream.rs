//! Events out, as server-sent events (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).

use super::super::Door;
use super::super::caller::Caller;
use super::super::carrier::Place;
use super::super::event::Deliverer;
use super::super::problem::Problem;
use super::super::tokens::Application;
use super::filter::Filter;
use super::place::{EventId, Spot};
use crate::envelope::Envelope;
use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// Proxies cut what is silent for a minute.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// How many envelopes are looked up together.
const MANY: usize = 64;

/// What an application asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) filter: Filter,
    /// From the oldest on; else from now on.
    pub(super) from_oldest: bool,
}

/// Sends events for as long as the application listens.
pub(in super::super) async fn watch(
    State(door): State<Arc<Door>>,
    Caller(application): Caller,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let wanted = wanted(query.as_deref().unwrap_or_default())?;
    let news = door.carrier.news();
    let seen = headers.get("last-event-id").map(|id| id.to_str().unwrap_or_default());
    let spot = match seen {
        Some(id) => EventId::resume(id, &*door.carrier).await?,
        None if wanted.from_oldest => Spot::OLDEST,
        None => Spot::behind(*news.borrow()),
    };
    let stop = door.stop.subscribe();
    let watcher = Watcher { door, application, filter: wanted.filter, spot, news, stop, begun: false };
    let headers = [
        (CONTENT_TYPE, "text/event-stream"),
        (CACHE_CONTROL, "no-store"),
        // nginx would hold events back.
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(stream::unfold(watcher, Watcher::next))).into_response())
}

/// Reads the parameters: `type` and `source`, each as often as one likes, `own` and `from`.
pub(super) fn wanted(query: &str) -> Result<Wanted, Problem> {
    let mut wanted = Wanted { filter: Filter::default(), from_oldest: false };
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match (name.as_ref(), value.as_ref()) {
            ("type", kind) => wanted.filter.types.push(kind.to_owned()),
            ("source", source) => wanted.filter.sources.push(source.to_owned()),
            ("own", "true") => wanted.filter.own = true,
            ("own", "false") => wanted.filter.own = false,
            ("from", "oldest") => wanted.from_oldest = true,
            ("from", "now") => wanted.from_oldest = false,
            (name @ ("own" | "from"), value) => {
                let detail = format!("`{name}` cannot be {value:?}");
                return Err(Problem::because("invalid_parameter", detail));
            }
            (name, _) => {
                let detail = format!("there is no parameter {name:?}: type, source, own, from");
                return Err(Problem::because("invalid_parameter", detail));
            }
        }
    }
    Ok(wanted)
}

/// An open stream.
struct Watcher {
    door: Arc<Door>,
    application: Arc<Application>,
    filter: Filter,
    spot: Spot,
    news: watch::Receiver<Place>,
    stop: watch::Receiver<bool>,
    begun: bool,
}

impl Watcher {
    /// The next bytes; `None` at the end.
    async fn next(mut self) -> Option<(Result<Bytes, journal::Error>, Watcher)> {
        let text = self.text().await?;
        Some((text.map(Bytes::from), self))
    }

    async fn text(&mut self) -> Option<Result<String, journal::Error>> {
        if !std::mem::replace(&mut self.begun, true) {
            // Who is cut before the first event still knows where to go on.
            return Some(Ok(self.mark()));
        }
        loop {
            if self.application.is_revoked() || *self.stop.borrow() {
                return None;
            }
            self.news.mark_unchanged();
            let found = match self.door.carrier.read_after(self.spot.after, MANY).await {
                Ok(found) => found,
                Err(error) => return Some(Err(error)),
            };
            let mut text = String::new();
            found.iter().for_each(|(place, envelope)| self.write(&mut text, *place, envelope));
            if !text.is_empty() {
                return Some(Ok(text));
            }
            if found.is_empty() && self.is_quiet().await {
                return Some(Ok(format!(": still here\n{}", self.mark())));
            }
        }
    }

    /// Waits for news; `true` if there was none for too long.
    async fn is_quiet(&mut self) -> bool {
        let news = async {
            tokio::select! {
                _ = self.news.changed() => {},
                _ = self.stop.wait_for(|stop| *stop) => {},
            }
        };
        timeout(HEARTBEAT, news).await.is_err()
    }

    /// Writes what is wanted of an envelope.
    fn write(&mut self, text: &mut String, place: Place, envelope: &Envelope) {
        let seen = self.spot.seen(place);
        self.spot = Spot::behind(place);
        let is_late = envelope.has_expired(self.door.clock.now());
        if is_late || !self.filter.wants_origin(&envelope.stream().origin, &self.application.key) {
            return;
        }
        let deliverer = Deliverer::of(envelope);
        for (message, index) in envelope.messages().zip(0..).skip(seen) {
            let event = deliverer.event(index, &message);
            if self.filter.wants(&event) {
                let id = self.id(Spot::within(place, index));
                put(text, &id, &event.text);
            }
        }
    }

    fn mark(&self) -> String {
        format!("id: {}\n\n", self.id(self.spot))
    }

    fn id(&self, spot: Spot) -> EventId {
        EventId { log: self.door.carrier.log_name(), spot }
    }
}

/// An event of the stream. A line of JSON that was written over several lines is several lines of data, which the
/// receiver joins again.
fn put(text: &mut String, id: &EventId, json: &str) {
    text.push_str(&format!("id: {id}\n"));
    let lines = json.split('\n').flat_map(|line| line.split('\r'));
    for line in lines.filter(|line| !line.is_empty()) {
        ["data: ", line, "\n"].into_iter().for_each(|piece| text.push_str(piece));
    }
    text.push('\n');
}
