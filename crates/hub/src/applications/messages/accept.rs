//! Which of the three modes a request is in, and its events (HTTP binding, 3).

use super::super::event::{EVENT_MOST, Event};
use super::super::problem::Problem;
use super::BATCH_MOST;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::value::RawValue;

/// What arrived.
pub(super) enum Arrived {
    /// An event.
    One(Box<Event>),
    /// A batch of events, perhaps of none.
    Many(Vec<Event>),
}

enum Mode {
    Binary,
    Structured,
    Batch,
}

/// Reads the events of a request.
pub(super) fn accept(headers: &HeaderMap, body: &[u8]) -> Result<Arrived, Problem> {
    match mode(headers)? {
        Mode::Binary => {
            fits(Event::binary_size(headers, body))?;
            Ok(Arrived::One(Box::new(Event::binary(headers, body)?)))
        }
        Mode::Structured => {
            fits(body.len())?;
            let text = std::str::from_utf8(body).map_err(|_| Problem::new("not_json"))?;
            // What is no JSON at all has no field that could be named.
            serde_json::from_str::<&RawValue>(text).map_err(|_| Problem::new("not_json"))?;
            Ok(Arrived::One(Box::new(Event::structured(text)?)))
        }
        Mode::Batch => batch(body).map(Arrived::Many),
    }
}

fn mode(headers: &HeaderMap) -> Result<Mode, Problem> {
    let Some(value) = headers.get(CONTENT_TYPE) else { return Ok(Mode::Binary) };
    let text = value.to_str().unwrap_or_default().to_ascii_lowercase();
    if !text.starts_with("application/cloudevents") {
        return Ok(Mode::Binary);
    }
    let essence = text.split(';').next().unwrap_or_default().trim();
    let mode = match essence {
        super::super::event::EVENT => Mode::Structured,
        super::super::event::BATCH => Mode::Batch,
        _ => return Err(Problem::new("unsupported_media_type")),
    };
    if super::super::event::is_utf8(&text) { Ok(mode) } else { Err(Problem::new("unsupported_media_type")) }
}

fn batch(body: &[u8]) -> Result<Vec<Event>, Problem> {
    let events: Vec<&RawValue> = serde_json::from_slice(body).map_err(|_| Problem::new("not_json"))?;
    if events.len() > BATCH_MOST {
        return Err(Problem::new("too_many_events"));
    }
    let read = |(place, event): (usize, &&RawValue)| {
        fits(event.get().len()).map_err(|problem| problem.of_event(place))?;
        Event::structured(event.get()).map_err(|fault| Problem::from(fault).of_event(place))
    };
    events.iter().enumerate().map(read).collect()
}

fn fits(bytes: usize) -> Result<(), Problem> {
    if bytes <= EVENT_MOST { Ok(()) } else { Err(Problem::new("too_large")) }
}
