//! How everything stands, as a page for people.

use super::{Pages, moment};
use crate::status::{Neighbour, Status, length};
use crate::time::Time;
use askama::Template;

#[derive(Template)]
#[template(path = "status.html")]
struct Page<'a> {
    name: &'a str,
    key: String,
    address: &'a str,
    contact: &'a str,
    policy: &'a str,
    software: &'static str,
    running_for: String,
    time: String,
    redundancy: String,
    status: &'a Status,
    rows: Vec<Row<'a>>,
}

/// A neighbour of the table.
struct Row<'a> {
    neighbour: &'a Neighbour,
    name: &'a str,
    key: String,
    words: String,
    lag_seconds: u64,
    error: String,
}

/// The page.
pub(super) fn html(pages: &Pages, status: &Status, now: Time) -> askama::Result<String> {
    let settings = &pages.settings;
    let page = Page {
        name: &settings.name,
        key: pages.door.carrier.identity().to_string(),
        address: settings.address.as_str(),
        contact: &settings.contact,
        policy: &settings.policy,
        software: concat!("anuko-hub ", env!("CARGO_PKG_VERSION")),
        running_for: length(now.since(pages.started)),
        time: moment(now),
        redundancy: status.redundancy().map_or("–".to_owned(), |copies| format!("{copies:.2}")),
        status,
        rows: status.neighbours.iter().map(|one| row(one, now)).collect(),
    };
    page.render()
}

fn row(neighbour: &Neighbour, now: Time) -> Row<'_> {
    let error = neighbour.last_error.as_ref();
    let error =
        error.map_or(String::new(), |(at, words)| format!("{words} ({} ago)", length(now.since(*at))));
    Row {
        neighbour,
        name: if neighbour.name.is_empty() { "without a name" } else { &neighbour.name },
        key: neighbour.key.to_string(),
        words: neighbour.in_words(now),
        lag_seconds: neighbour.lag_seconds(now),
        error,
    }
}
