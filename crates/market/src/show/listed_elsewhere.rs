//! Auctions of other sites in lists.

use super::lists::{Cursor, ListRow, Listing};
use super::origin::site_name;
use crate::Treatment;
use auction::Time;
use std::collections::HashMap;
use store::listings::Place;
use store::replicas::{self, Replica};
use store::sites::{self, SiteId};
use store::{Error, Tx, replica_approvals};

/// What sites are called, and how they are treated.
#[derive(Default)]
struct Sites(HashMap<SiteId, Option<(String, Treatment)>>);

impl Sites {
    /// What the site of an auction is called, if the auction is shown.
    fn name(&mut self, tx: &mut Tx<'_>, replica: &Replica) -> Result<Option<String>, Error> {
        let Some((name, treatment)) = self.site(tx, replica.site)? else { return Ok(None) };
        let approved =
            treatment == Treatment::Approve && replica_approvals::is_approved(tx, replica.id)? == Some(true);
        Ok(treatment.shows(approved).then_some(name))
    }

    fn site(&mut self, tx: &mut Tx<'_>, id: SiteId) -> Result<Option<(String, Treatment)>, Error> {
        if let Some(known) = self.0.get(&id) {
            return Ok(known.clone());
        }
        let site = sites::find(tx, id)?.map(|site| (site_name(&site), Treatment::of(&site)));
        self.0.insert(id, site.clone());
        Ok(site)
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
    let (mut sites, mut place, mut rows) = (Sites::default(), from, Vec::new());
    loop {
        let found = match listing {
            Listing::Open => replicas::open(tx, now, place, limit)?,
            Listing::Scheduled => replicas::scheduled(tx, now, place, limit)?,
            Listing::Closed => replicas::closed(tx, place, limit)?,
            Listing::Awaiting | Listing::Mine => Vec::new(),
        };
        let is_last = found.len() < limit;
        for replica in found {
            let name = sites.name(tx, &replica)?;
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
