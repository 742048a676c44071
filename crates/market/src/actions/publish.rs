//! A seller publishes a draft.

use super::tell_network::tell_network;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Phase, revise};
use store::auctions;

impl Market {
    /// Publishes a draft, or sends it to a moderator where the site asks for that. Doing it twice is harmless.
    pub async fn publish(&self, who: &Identity, auction: i64) -> Result<(), Refusal> {
        who.require_active(Scope::Sell)?;
        let (now, seller, next) = (self.clock.now(), who.person, self.first_phase(false));
        let networked = self.policy.networked;
        self.write(move |tx| {
            let stored = auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            if stored.auction.seller != seller {
                return Err(auction::Refusal::NotYours.into());
            }
            match stored.auction.standing.phase {
                Phase::Draft | Phase::NotApproved => {}
                phase if phase == next => return Ok(()),
                _ => return Err(auction::Refusal::NotOpen { progress: stored.auction.progress(now) }.into()),
            }
            let mut published = revise::publish(&stored.auction, now);
            published.standing.phase = next;
            auctions::update_terms(tx, auction, &published)?;
            Ok(tell_network(tx, networked, auction, &published, now)?)
        })
        .await?;
        self.notices.changed(vec![auction]);
        Ok(())
    }
}
