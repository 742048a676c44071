//! A moderator approves a listing, or does not.

use super::tell_network::tell_network;
use super::withdraw::reason;
use crate::{Identity, Market, Refusal, Role};
use auction::{Phase, revise};
use store::{auctions, listings};

impl Market {
    /// Approves what was looked at: if the seller has changed the listing since, it is refused. A planned start that
    /// has passed moves, and the end with it.
    pub async fn approve(&self, who: &Identity, auction: i64, version: u32) -> Result<(), Refusal> {
        self.judge(who, auction, Ok(version)).await
    }

    /// Does not approve, with a reason for the seller, who may edit it and try again.
    pub async fn disapprove(&self, who: &Identity, auction: i64, why: &str) -> Result<(), Refusal> {
        self.judge(who, auction, Err(reason(why, true)?)).await
    }

    async fn judge(
        &self,
        who: &Identity,
        auction: i64,
        verdict: Result<u32, Box<str>>,
    ) -> Result<(), Refusal> {
        who.require_role(Role::Moderator)?;
        let (now, networked) = (self.clock.now(), self.policy.networked);
        self.write(move |tx| {
            let stored = auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            if stored.auction.standing.phase != Phase::AwaitingApproval {
                return Err(auction::Refusal::NotOpen { progress: stored.auction.progress(now) }.into());
            }
            let mut judged = stored.auction.clone();
            match &verdict {
                Err(_) => judged.standing.phase = Phase::NotApproved,
                Ok(version) if *version != judged.version => {
                    return Err(auction::Refusal::TermsChanged.into());
                }
                Ok(_) => judged = revise::publish(&judged, now),
            }
            auctions::update_terms(tx, auction, &judged)?;
            tell_network(tx, networked, auction, &judged, now)?;
            let reason = verdict.as_ref().err().map_or("", |reason| reason);
            Ok(listings::set_reason(tx, auction, reason)?)
        })
        .await?;
        self.notices.changed(vec![auction]);
        Ok(())
    }
}
