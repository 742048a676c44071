//! Seller or moderator cancels a bid.

use super::Receipt;
use super::withdraw::reason;
use crate::{Identity, Market, Refusal, Role, Scope};
use auction::{Actor, CommandId, Deed, Person, Which};
use store::entries;

/// Which bid, and why.
#[derive(Clone, Debug)]
pub struct CancelBid {
    /// The auction.
    pub auction: i64,
    /// The asker's id of this command.
    pub id: CommandId,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// The entry of the bid.
    pub entry: u32,
    /// Why, for everybody concerned.
    pub reason: String,
}

impl Market {
    /// Cancels one bid.
    pub async fn cancel_bid(&self, who: &Identity, request: CancelBid) -> Result<Receipt, Refusal> {
        let reason = reason(&request.reason, true)?;
        let by = self.seller_or_moderator(who, request.auction).await?;
        let whose = self.who_entered(request.auction, request.entry).await?;
        let deed = Deed::Cancel { whose, which: Which::One(request.entry), reason };
        self.command(request.auction, request.id, by, request.version, deed).await
    }

    /// In which capacity somebody manages an auction: as its seller, else as a moderator. Own auctions need the
    /// scope to sell, other people's the scope to moderate.
    pub(crate) async fn seller_or_moderator(&self, who: &Identity, auction: i64) -> Result<Actor, Refusal> {
        let sells = who.require_active(Scope::Sell);
        let moderates = who.require_role(Role::Moderator).is_ok();
        if !moderates {
            sells.clone()?;
        }
        let found = self.read(move |tx| Ok(store::auctions::find(tx, auction)?)).await?;
        let seller = found.ok_or(Refusal::NoSuchAuction)?.auction.seller;
        if seller != who.person && moderates {
            return Ok(Actor::Moderator(who.person));
        }
        sells.map(|()| Actor::Person(who.person))
    }

    async fn who_entered(&self, auction: i64, number: u32) -> Result<Person, Refusal> {
        self.read(move |tx| {
            let stored = store::auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            let currency = stored.auction.terms.currency;
            let person = entries::numbered(tx, &stored, number)?.and_then(|entry| entry.by.person());
            let nobody = auction::Refusal::NothingToTakeBack;
            person.ok_or(Refusal::Rules(nobody, Some(currency)))
        })
        .await
    }
}
