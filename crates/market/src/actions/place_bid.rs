//! Somebody makes an offer.

use super::send_bid::{Asked, ForElsewhere};
use crate::show::SentBid;
use crate::{Answer, Identity, Market, Refusal, Scope};
use auction::{Actor, Amount, Command, CommandId, Currency, Decimal, Deed, Outcome, Phase, Time, Verdict};

/// An offer, as it comes through a door.
#[derive(Clone, Copy, Debug)]
pub struct Offer {
    /// The auction.
    pub auction: i64,
    /// The asker's id of this command.
    pub id: CommandId,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// The amount as written.
    pub amount: Decimal,
    /// What the asker takes it to be in.
    pub currency: Option<Currency>,
}

/// The answer to a command on an auction that took effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The auction.
    pub auction: i64,
    /// The number of the entry.
    pub number: u32,
    /// When it arrived.
    pub at: Time,
    /// What the amounts are in.
    pub currency: Currency,
    /// The amount of the command.
    pub amount: Option<Amount>,
    /// The asker leads, or has won.
    pub leading: bool,
    /// The price that everybody sees after it.
    pub price: Option<Amount>,
    /// The least (reverse: the most) that the asker could offer next.
    pub next_offer: Option<Amount>,
    /// The effective end after it.
    pub ends_at: Time,
    /// The number of the asker's invented name.
    pub bidder: Option<u32>,
    /// It had been given before, and this is the same answer.
    pub repeated: bool,
}

/// What has become of a bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It was decided, here.
    Decided(Receipt),
    /// It is on its way to the site of the auction, which decides.
    Sent(SentBid),
}

impl Market {
    /// Makes an offer: a maximum in a proxy auction, the amount elsewhere.
    pub async fn place_bid(&self, who: &Identity, offer: Offer) -> Result<Placed, Refusal> {
        let deed = Deed::Offer { amount: offer.amount };
        self.bid(who, offer, deed, Asked::Offer(offer.amount)).await
    }

    /// Has a bid decided here, or sent to the site of the auction.
    pub(super) async fn bid(
        &self,
        who: &Identity,
        offer: Offer,
        deed: Deed,
        asked: Asked,
    ) -> Result<Placed, Refusal> {
        who.require(Scope::Bid)?;
        let Offer { auction, id, version, currency, .. } = offer;
        let command = Command { id, by: Actor::Person(who.person), version, deed };
        match self.auctioneer.ask(auction, command, currency).await {
            Err(Refusal::NoSuchAuction) if self.policy.networked => {
                let bid = ForElsewhere { auction, id, version, asked, currency };
                self.send_bid(who, bid).await.map(Placed::Sent)
            }
            answer => receipt(answer?).map(Placed::Decided),
        }
    }

    /// Has a deed of somebody on an auction decided.
    pub(super) async fn command(
        &self,
        auction: i64,
        id: CommandId,
        by: Actor,
        version: u32,
        deed: Deed,
    ) -> Result<Receipt, Refusal> {
        match self.auctioneer.ask(auction, Command { id, by, version, deed }, None).await {
            Ok(answer) => receipt(answer),
            Err(refusal) => Err(self.not_here(auction, refusal).await),
        }
    }
}

/// The receipt of an answer; a refusal is a refusal.
pub(super) fn receipt(answer: Answer) -> Result<Receipt, Refusal> {
    let entry = answer.entry.ok_or(Refusal::Unknown)?;
    if let Verdict::Refused(refusal) = entry.verdict {
        return Err(Refusal::Rules(refusal, Some(answer.currency)));
    }
    let who = entry.by.person();
    let won = match entry.after.phase {
        Phase::Closed { outcome: Outcome::Sold { winner, .. }, .. } => Some(winner) == who,
        _ => false,
    };
    Ok(Receipt {
        auction: answer.auction,
        number: entry.number,
        at: entry.at,
        currency: answer.currency,
        amount: entry.amount,
        leading: won || entry.after.leader.is_some_and(|leader| Some(leader.person) == who),
        price: entry.after.price,
        next_offer: answer.next_offer,
        ends_at: entry.after.ends_at,
        bidder: answer.number,
        repeated: answer.repeated,
    })
}
