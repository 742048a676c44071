//! Who has bid, by invented names, for who may cancel and block.

use super::super::visit::{Refused, Visit};
use super::super::written;
use auction::Verdict;
use market::show::AuctionPage;

/// Offers that can be chosen from at once, newest first.
const OFFERS: usize = 200;

/// An offer that could be cancelled.
pub(super) struct StandingOffer {
    /// Its entry.
    pub(super) number: u32,
    /// Whose, when, and what the price was after it.
    pub(super) says: String,
}

/// Somebody who has bid.
pub(super) struct Bidder {
    /// Names the bidder in the forms.
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) blocked: bool,
    pub(super) suspended: bool,
    /// Of another site.
    pub(super) is_guest: bool,
}

pub(super) async fn standing_offers(
    visit: &Visit,
    seen: &AuctionPage,
) -> Result<Vec<StandingOffer>, Refused> {
    let rows = visit.market().history(visit.viewer.as_ref(), seen.id, None, OFFERS).await;
    let rows = rows.map_err(|refusal| visit.refuse(&refusal))?;
    let offers =
        rows.into_iter().filter(|row| row.entry.what == "offer" && row.entry.verdict == Verdict::Accepted);
    let say = |row: market::show::HistoryRow| {
        let price = row.entry.price.map(|price| written::amount(price, seen.terms.currency));
        let values = [
            ("who", row.who.unwrap_or_default().into()),
            ("time", visit.brief(row.entry.at).text.into()),
            ("price", price.unwrap_or_default().into()),
        ];
        StandingOffer { number: row.entry.number, says: visit.words("manage-offer", &values) }
    };
    Ok(offers.map(say).collect())
}

pub(super) async fn bidders(visit: &Visit, id: i64) -> Result<Vec<Bidder>, Refused> {
    let who = visit.who(&format!("/auctions/{id}/manage"))?;
    let rows = visit.market().bidders(who, id).await.map_err(|refusal| visit.refuse(&refusal))?;
    let shown = rows.into_iter().map(|row| Bidder {
        handle: row.bidder.to_string(),
        is_guest: row.bidder.site.is_some(),
        name: row.name,
        blocked: row.blocked,
        suspended: row.suspended,
    });
    Ok(shown.collect())
}
