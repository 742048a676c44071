//! How everything stands, as a page for people.

use super::{Pages, moment};
use crate::node::Standing;
use crate::status::counted::{count, discarded, grouped, no_link, passed, plain, received, size};
use crate::status::{Neighbour, Status, length};
use crate::time::Time;
use askama::Template;
use std::cmp::Reverse;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "status.html")]
struct Page<'a> {
    name: &'a str,
    key: String,
    address: &'a str,
    contact: &'a str,
    policy: &'a str,
    software: &'static str,
    /// How it stands, in a sentence.
    summary: String,
    running_for: String,
    in_the_log: String,
    time: String,
    as_of: String,
    alarms: Vec<&'a str>,
    rows: Vec<Row<'a>>,
    counted: Vec<(String, String)>,
    /// Who dialled and got no link.
    refused: Vec<(String, String)>,
}

/// A neighbour of the table.
struct Row<'a> {
    name: &'a str,
    is_upstream: bool,
    /// How its row is marked: `good`, `waiting` or `bad`.
    mark: &'static str,
    key: String,
    words: String,
    error: String,
    waiting: String,
    behind: String,
    accepted: String,
    delivered: String,
    discarded: String,
    recovered: String,
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
        summary: summary(status),
        running_for: length(now.since(pages.started)),
        in_the_log: format!(
            "{} of {}, {}",
            count(status.envelopes, "envelope"),
            count(status.origins, "origin"),
            size(status.bytes)
        ),
        time: moment(now),
        as_of: as_of(now),
        alarms: status.alarms.iter().map(|alarm| plain(alarm)).collect(),
        rows: status.neighbours.iter().map(|one| row(one, now)).collect(),
        counted: counted(status),
        refused: refused(status),
    };
    page.render()
}

/// A moment without what nobody reads aloud.
fn as_of(now: Time) -> String {
    let seconds = moment(Time(now.0 - now.0 % 1_000_000));
    seconds.replace('T', " ").replace('Z', " UTC")
}

/// What a webmaster wants to know before anything else.
fn summary(status: &Status) -> String {
    let linked = status.neighbours.iter().filter(|one| one.linked_since.is_some()).count() as u64;
    let waits = status.neighbours.iter().filter(|one| one.lag_messages > 0);
    let (behind, envelopes) = waits.fold((0, 0), |(hubs, all), one| (hubs + 1, all + one.lag_messages));
    let links = match linked {
        0 => "Linked with nobody".to_owned(),
        linked => format!("Linked with {}", count(linked, "hub")),
    };
    match envelopes {
        0 => format!("{links}; nothing waits."),
        1 => format!("{links}; 1 envelope waits for {}.", count(behind, "hub")),
        all => format!("{links}; {} wait for {}.", count(all, "envelope"), count(behind, "hub")),
    }
}

fn row(one: &Neighbour, now: Time) -> Row<'_> {
    let error = one.last_error.as_ref();
    let error = error.map(|(at, words)| format!("{} ({} ago)", plain(words), length(now.since(*at))));
    let account = &one.account;
    Row {
        name: if one.name.is_empty() { "without a name" } else { &one.name },
        is_upstream: one.is_upstream,
        mark: mark(one),
        key: one.key.to_string(),
        words: one.in_words(now),
        error: error.unwrap_or_default(),
        waiting: grouped(one.lag_messages),
        behind: match one.lag_seconds(now) {
            Some(_) => one.oldest_waiting.map_or(String::new(), |oldest| length(now.since(oldest))),
            None => "an unknown time".to_owned(),
        },
        accepted: grouped(account.accepted),
        delivered: grouped(account.delivered),
        discarded: grouped(account.discarded),
        recovered: grouped(account.recovered),
    }
}

fn mark(one: &Neighbour) -> &'static str {
    match (one.standing, one.linked_since) {
        (Standing::Active, Some(_)) => "good",
        (Standing::Inactive | Standing::Blocked, _) => "bad",
        _ => "waiting",
    }
}

/// All that is counted: what, and how much.
fn counted(status: &Status) -> Vec<(String, String)> {
    let mut counted = vec![("Received, all".to_owned(), grouped(status.received_total()))];
    let came = happened(&status.received).into_iter();
    counted.extend(came.map(|(code, number)| (format!("Received, {}", received(code)), grouped(number))));
    if let Some(copies) = status.redundancy() {
        counted.push(("Copies that came of each, on the average".to_owned(), format!("{copies:.2}")));
    }
    let after = |(hops, number)| (format!("New, after {}", passed(hops)), grouped(number));
    counted.extend(happened(&status.hops).into_iter().map(after));
    counted.push(("Sent to neighbours".to_owned(), grouped(status.sent)));
    let lost = happened(&status.discarded).into_iter();
    counted.extend(lost.map(|(code, number)| (format!("Discarded: {}", discarded(code)), grouped(number))));
    counted
}

/// Who dialled and got no link: why, and how often.
fn refused(status: &Status) -> Vec<(String, String)> {
    let refused = happened(&status.refused_greetings).into_iter();
    refused.map(|(code, number)| (sentence(&no_link(code)), grouped(number))).collect()
}

/// Words that begin a line.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What is new first, then what happened most; what never happened is left out.
fn happened(counts: &BTreeMap<&'static str, u64>) -> Vec<(&'static str, u64)> {
    let mut happened: Vec<_> = counts.iter().map(|(code, number)| (*code, *number)).collect();
    happened.retain(|(_, number)| *number > 0);
    happened.sort_by_key(|(code, number)| (*code != "new", Reverse(*number)));
    happened
}
