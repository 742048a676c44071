//! The sites of the network as lines of a table.

use super::super::visit::Visit;
use super::super::written::Moment;
use super::row;
use hub::PublicKey;
use hub::status::Status;
use market::Treatment;
use market::show::SiteRow;

/// A site, in words.
pub(super) struct SiteLine {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) address: String,
    pub(super) version: String,
    /// Its auctions that have not ended.
    pub(super) auctions: String,
    /// How its messages come here.
    pub(super) way: String,
    /// What waits for it, where it is a neighbour.
    pub(super) waits: Option<String>,
    pub(super) seen: Option<Moment>,
    pub(super) discarded: Option<u64>,
    /// What was passed over of what it said: how often, and why.
    pub(super) passed_over: Vec<(i64, String)>,
    pub(super) treatment: &'static str,
    pub(super) note: String,
    /// Who decided that, and when.
    pub(super) decided: Option<String>,
}

/// What a site can be treated as: the word in the form.
pub(super) fn treatments() -> [&'static str; 4] {
    Treatment::ALL.map(Treatment::word)
}

pub(super) fn line(visit: &Visit, status: &Status, found: &SiteRow) -> SiteLine {
    let site = &found.site;
    let key = PublicKey::new(site.key).ok();
    let neighbour = status.neighbours.iter().find(|one| Some(one.key) == key);
    let behind = key.and_then(|key| status.ways.get(&key)).filter(|_| neighbour.is_none());
    let way = match behind.and_then(|way| status.neighbours.iter().find(|one| one.key == *way)) {
        Some(way) => visit.words("network-way-behind", &[("name", way.name.as_str().into())]),
        None if neighbour.is_some() => visit.words("network-way-neighbour", &[]),
        None => visit.words("network-way-unknown", &[]),
    };
    let decided = found.decided.as_ref().map(|(by, at)| {
        let who = by.clone().unwrap_or_else(|| visit.words("network-decided-machine", &[]));
        let values = [("who", who.into()), ("time", visit.short(*at).text.into())];
        visit.words("network-decided", &values)
    });
    SiteLine {
        key: key.map_or_else(String::new, |key| key.to_string()),
        name: found.name.clone(),
        address: site.address.clone(),
        version: site.software.clone(),
        auctions: visit.words("network-auctions", &[("count", found.auctions.into())]),
        way,
        waits: neighbour.map(|one| row::waits(visit, one)),
        seen: (site.last_heard.0 > 0).then(|| visit.short(site.last_heard)),
        passed_over: found.passed_over.iter().map(|one| (one.count, why(visit, &one.reason))).collect(),
        discarded: neighbour.map(|one| one.account.discarded),
        treatment: found.treatment.word(),
        note: found.note.clone(),
        decided,
    }
}

/// Why something was passed over. A reason that got no words yet is at least no code any more.
fn why(visit: &Visit, reason: &str) -> String {
    const KNOWN: [&str; 9] = [
        "malformed",
        "too_many",
        "blocked",
        "not_its_auction",
        "frozen_terms",
        "chain",
        "contradiction",
        "not_opened",
        "not_that_bid",
    ];
    match KNOWN.contains(&reason) {
        true => visit.words(&format!("network-passed-{reason}"), &[]),
        false => reason.replace('_', " "),
    }
}
