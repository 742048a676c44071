//! Auctions of other sites in lists.

use super::lists::{Cursor, ListRow, Listing};
use super::origin::site_name;
use crate::Treatment;
use auction::Time;
use std::collections::HashMap;
use store::listings::Place;
use store::replicas::{self, Replica};
use store::sites::{self, SiteId};
use store::{Error, Tx};

/// What sites are called whose auctions are shown; none for the others.
#[derive(Default)]
struct Shown(HashMap<SiteId, Option<String>>);

impl Shown {
    fn name(&mut self, tx: &mut Tx<'_>, id: SiteId) -> Result<Option<String>, Error> {
        if let Some(name) = self.0.get(&id) {
            return Ok(name.clone());
        }
        let site = sites::find(tx, id)?.filter(|site| Treatment::of(site).shows());
        let name = site.map(|site| site_name(&site));
        self.0.insert(id, name.clone());
        Ok(name)
    }
}

/// So many rows of a list behind a place, without those of sites that are not shown.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    listing: Listing,
    now: Time,
    from: Place,
    limit: usize,
) -> Result<Vec<ListRow>, Error> {
    let (mut shown, mut place, mut rows) = (Shown::default(), from, Vec::new());
    loop {
        let found = match listing {
            Listing::Open => replicas::open(tx, now, place, limit)?,
            Listing::Scheduled => replicas::scheduled(tx, now, place, limit)?,
            Listing::Closed => replicas::closed(tx, place, limit)?,
            Listing::Awaiting | Listing::Mine => Vec::new(),
        };
        let is_last = found.len() < limit;
        for replica in found {
            let name = shown.name(tx, replica.site)?;
            let row = row(replica, name.clone().unwrap_or_default(), listing, now);
            place = row.cursor.0;
            if name.is_some() {
                rows.push(row);
            }
        }
        if is_last || rows.len() >= limit {
            return Ok(rows);
        }
    }
}

/// A row of a list.
pub(super) fn row(replica: Replica, site: String, listing: Listing, now: Time) -> ListRow {
    let Replica { id, listing: listed, told, .. } = replica;
    let terms = &listed.terms;
    let at = if listing == Listing::Scheduled { terms.opens_at } else { told.ends_at };
    ListRow {
        id,
        version: listed.version,
        format: store::encoding::format_word(&terms.format),
        currency: terms.currency,
        shown: told.shown(terms, now),
        opens_at: terms.opens_at,
        site: Some(site),
        cursor: Cursor(Place { at, id }),
        title: listed.title,
    }
}
