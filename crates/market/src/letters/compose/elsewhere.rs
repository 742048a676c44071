//! What a letter says about an auction of another site.

use super::Content;
use crate::Refusal;
use crate::show::{Elsewhere, site_name};
use auction::{Person, Progress, Time};
use store::Tx;

/// That somebody else leads now, if that is still true and there is a bid that could be raised.
pub(super) fn outbid(
    tx: &mut Tx<'_>,
    to: Person,
    replica: i64,
    now: Time,
) -> Result<Option<Content>, Refusal> {
    let Some(found) = Elsewhere::find(tx, Some(to), replica)? else { return Ok(None) };
    let shown = found.shown(now);
    let leads = shown.leader == Some(to);
    if leads || shown.progress != Progress::Open || found.limit(tx, to)?.is_none() {
        return Ok(None);
    }
    Ok(Some(Content::Auction {
        id: replica,
        title: found.replica.listing.title,
        currency: found.replica.listing.terms.currency,
        price: shown.price,
        has_offers: shown.offers > 0,
        ends_at: shown.ends_at,
        may_accept: false,
        other: None,
        origin: Some(site_name(&found.site)),
        guest: None,
    }))
}
