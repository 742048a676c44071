//! A moderator approves a listing, or does not.

use super::withdraw::reason;
use crate::{Identity, Market, Refusal, Role};
use auction::{Phase, revise};
use store::{auctions, listings};

impl Market {
    /// Approves: a planned start that has passed moves, and the end with it.
    pub async fn approve(&self, who: &Identity, auction: i64) -> Result<(), Refusal> {
        self.judge(who, auction, None).await
    }

    /// Does not approve, with a reason for the seller, who may edit it and try again.
    pub async fn disapprove(&self, who: &Identity, auction: i64, why: &str) -> Result<(), Refusal> {
        self.judge(who, auction, Some(reason(why, true)?)).await
    }

    async fn judge(&self, who: &Identity, auction: i64, no: Option<Box<str>>) -> Result<(), Refusal> {
        who.require_role(Role::Moderator)?;
        let now = self.clock.now();
        self.write(move |tx| {
            let stored = auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            if stored.auction.standing.phase != Phase::AwaitingApproval {
                return Err(auction::Refusal::NotOpen { progress: stored.auction.progress(now) }.into());
            }
            let mut judged = stored.auction.clone();
            match &no {
                Some(_) => judged.standing.phase = Phase::NotApproved,
                None => judged = revise::publish(&judged, now),
            }
            auctions::update_terms(tx, auction, &judged)?;
            Ok(listings::set_reason(tx, auction, no.as_deref().unwrap_or(""))?)
        })
        .await?;
        self.notices.changed(vec![auction]);
        Ok(())
    }
}
