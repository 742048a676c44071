//! A seller blocks a bidder.

use crate::{Identity, Market, Refusal, Scope};
use store::bidders;

impl Market {
    /// Blocks a bidder of an auction, or lets back in: for its seller. Offers that stand stay.
    pub async fn block(
        &self,
        who: &Identity,
        auction: i64,
        number: u32,
        blocked: bool,
    ) -> Result<(), Refusal> {
        who.require_active(Scope::Sell)?;
        let seller = who.person;
        self.write(move |tx| {
            let stored = store::auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            if stored.auction.seller != seller {
                return Err(auction::Refusal::NotYours.into());
            }
            let numbers = bidders::numbers(tx, auction)?;
            let known = numbers.into_iter().find(|(_, other)| *other == number);
            let (person, _) = known.ok_or(Refusal::NoSuchPerson)?;
            let mut bidder = bidders::find(tx, auction, person)?.ok_or(Refusal::NoSuchPerson)?;
            bidder.bidder.blocked = blocked;
            Ok(bidders::save(tx, auction, &bidder)?)
        })
        .await
    }
}
