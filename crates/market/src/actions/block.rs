//! Seller or moderator blocks a bidder.

use crate::bidder_name::BidderName;
use crate::{Identity, Market, Refusal};
use auction::Actor;
use store::bidders;

impl Market {
    /// Blocks a bidder of an auction, or lets back in: for its seller and for moderators. Offers that stand stay.
    pub async fn block(
        &self,
        who: &Identity,
        auction: i64,
        bidder: BidderName,
        blocked: bool,
    ) -> Result<(), Refusal> {
        let by = self.seller_or_moderator(who, auction).await?;
        self.write(move |tx| {
            let stored = store::auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            if matches!(by, Actor::Person(person) if person != stored.auction.seller) {
                return Err(auction::Refusal::NotYours.into());
            }
            let person = bidder.find(tx, auction)?.ok_or(Refusal::NoSuchPerson)?;
            let mut bidder = bidders::find(tx, auction, person)?.ok_or(Refusal::NoSuchPerson)?;
            bidder.bidder.blocked = blocked;
            Ok(bidders::save(tx, auction, &bidder)?)
        })
        .await
    }
}
