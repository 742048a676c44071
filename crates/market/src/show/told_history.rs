//! The history of an auction of another site, as far as that site tells it.

use super::auction_page::{HistoryRow, Older};
use super::elsewhere::Elsewhere;
use super::names::Names;
use auction::shown::ShownEntry;
use auction::{Amount, Person, Verdict};
use std::collections::HashMap;
use store::replicas::{self, ReplicaEntry};
use store::{Error, Tx};

/// What a decision can be about, in the words of this version.
const KNOWN: [&str; 11] = [
    "offer",
    "take",
    "buy_now",
    "retract",
    "cancel",
    "lower_reserve",
    "end_early",
    "withdraw",
    "accept",
    "close",
    "postpone",
];

/// What other words become.
const OTHER: &str = "other";

impl Elsewhere {
    /// A page of the history, newest first. Behind the last row there is nothing older.
    pub(super) fn history(
        &self,
        tx: &mut Tx<'_>,
        viewer: Option<Person>,
        from: Option<Older>,
        limit: usize,
    ) -> Result<Vec<HistoryRow>, Error> {
        let (mut names, own) = (Names::elsewhere(&self.replica), self.own_amounts());
        let (mut below, mut rows) = (from.map_or(i64::MAX, |Older(place)| place), Vec::new());
        // Some entries are nothing to this viewer; the page is filled all the same.
        while rows.len() <= limit {
            let found = replicas::page(tx, self.replica.id, below, limit + 1)?;
            let is_last = found.len() <= limit;
            for entry in found {
                below = i64::from(entry.number);
                if let Some(entry) = self.entry(entry, viewer, &own) {
                    let (who, leader) = (names.of(tx, entry.who)?, names.of(tx, entry.leader)?);
                    rows.push(HistoryRow { who, leader, entry, older: Some(Older(below)) });
                }
            }
            if is_last {
                break;
            }
        }
        let is_last = rows.len() <= limit;
        rows.truncate(limit);
        if let Some(last) = rows.last_mut().filter(|_| is_last) {
            last.older = None;
        }
        Ok(rows)
    }

    /// Amounts that only the viewer knows, by the entry.
    fn own_amounts(&self) -> HashMap<u32, Amount> {
        let ruled = self.sent.iter().filter_map(|sent| Some((sent.ruling.as_ref()?.entry?, sent.amount)));
        ruled.collect()
    }

    /// A decision as this viewer sees it; none if it is nothing to that viewer. The same wall as on the other site: what
    /// that one should not have told is not shown here either.
    fn entry(
        &self,
        entry: ReplicaEntry,
        viewer: Option<Person>,
        own: &HashMap<u32, Amount>,
    ) -> Option<ShownEntry> {
        let concerns = viewer.is_some() && entry.who == viewer;
        let sealed = self.replica.listing.terms.is_sealed();
        let hidden = entry.what == "lower_reserve" || (sealed && entry.what == "offer");
        if hidden && !concerns {
            return None;
        }
        Some(ShownEntry {
            number: entry.number,
            at: entry.at,
            what: KNOWN.into_iter().find(|word| *word == entry.what).unwrap_or(OTHER),
            who: entry.who.filter(|_| !sealed || concerns),
            amount: entry.amount.or_else(|| own.get(&entry.number).copied().filter(|_| concerns)),
            verdict: Verdict::Accepted,
            price: entry.price,
            leader: entry.leader,
            ends_at: entry.ends_at,
            reason: entry.reason.map(String::into_boxed_str),
            away: entry.away,
        })
    }
}
