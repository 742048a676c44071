//! Who has bid on an auction of this site, for who may block and cancel.

use super::names::Names;
use crate::bidder_name::BidderName;
use crate::{Identity, Market, Refusal};
use store::{bidders, guests};

/// Somebody who has bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BidderRow {
    /// Names the bidder in commands.
    pub bidder: BidderName,
    /// The invented name; of a guest with the site behind it.
    pub name: String,
    /// May not bid on this auction any more.
    pub blocked: bool,
    /// May not bid on anything here any more.
    pub suspended: bool,
}

impl Market {
    /// Everybody who has bid, in the order of their numbers: for the seller and for moderators.
    pub async fn bidders(&self, who: &Identity, auction: i64) -> Result<Vec<BidderRow>, Refusal> {
        self.seller_or_moderator(who, auction).await?;
        self.read(move |tx| {
            let (mut names, mut rows) = (Names::here(auction), Vec::new());
            names.read_all(tx)?;
            let mut numbers = bidders::numbers(tx, auction)?;
            // Own people first.
            numbers.sort_by_key(|(person, number)| (guests::is_guest(*person), *number, *person));
            for (person, number) in numbers {
                let Some(found) = bidders::find(tx, auction, person)? else { continue };
                let name = names.of(tx, Some(person))?.unwrap_or_default();
                let bidder = BidderName::of(tx, person, number)?;
                let (blocked, suspended) = (found.bidder.blocked, found.bidder.suspended);
                rows.push(BidderRow { bidder, name, blocked, suspended });
            }
            Ok(rows)
        })
        .await
    }
}
