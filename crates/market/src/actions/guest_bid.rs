//! Somebody of another site bids on an auction of this one.

use crate::{Answer, Market, Refusal};
use auction::{Actor, Command, CommandId, Deed, Person};

/// A bid that another site has brought, opened.
#[derive(Clone, Debug)]
pub struct GuestBid {
    /// The auction.
    pub auction: i64,
    /// Who bids; known under the pseudonym that the other site gave.
    pub guest: Person,
    /// The id that the other site gave the bid.
    pub bid: CommandId,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// What is asked.
    pub deed: Deed,
    /// The mail address is that of the seller.
    pub of_seller: bool,
}

impl Market {
    /// Has a bid of a guest decided, as any other. An answer with an entry says what was decided; a refusal without one
    /// never concerned the auction.
    pub async fn guest_bid(&self, bid: GuestBid) -> Result<Answer, Refusal> {
        let GuestBid { auction, guest, bid: id, version, deed, of_seller } = bid;
        // Nobody bids on an own item, under whichever account.
        if of_seller {
            return Err(auction::Refusal::OwnItem.into());
        }
        let command = Command { id, by: Actor::Person(guest), version, deed };
        self.auctioneer.ask(auction, command, None).await
    }
}
