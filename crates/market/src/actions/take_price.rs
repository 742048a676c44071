//! Somebody takes the price on the clock of a descending auction.

use super::{Offer, Receipt};
use crate::{Identity, Market, Refusal, Scope};
use auction::{Actor, Command, Deed};

impl Market {
    /// Takes the price; the offer's amount is the price that was seen.
    pub async fn take_price(&self, who: &Identity, seen: Offer) -> Result<Receipt, Refusal> {
        who.require(Scope::Bid)?;
        let deed = Deed::Take { seen: seen.amount };
        let command = Command { id: seen.id, by: Actor::Person(who.person), version: seen.version, deed };
        super::place_bid::receipt(self.auctioneer.ask(seen.auction, command, seen.currency).await?)
    }
}
