//! A seller edits a listing that nobody has bid on.

use super::ListItem;
use super::once::Once;
use super::tell_network::tell_network;
use crate::{Identity, Market, Refusal, Scope};
use auction::{Auction, CommandId, Person, Phase, Time, revise};
use store::{auctions, listings};

impl Market {
    /// Replaces words and terms. The version that was looked at must be the present one. What is open already has
    /// begun when it did, whatever is said of its opening now. Where moderators approve, a scheduled listing that
    /// changed in what people see goes back to them, and what is open stays as it is. Gives the new version.
    pub async fn revise(
        &self,
        who: &Identity,
        id: CommandId,
        auction: i64,
        version: u32,
        item: ListItem,
    ) -> Result<u32, Refusal> {
        who.require_active(Scope::Sell)?;
        let (now, seller) = (self.clock.now(), who.person);
        let (approval, networked) = (self.policy.approval, self.policy.networked);
        let once = Once::new(seller, id, &format!("revise {auction} {version} {item:?}"), now);
        let opened =
            self.read(move |tx| Ok(auctions::find(tx, auction)?.and_then(|s| opening_of(&s, now)))).await?;
        let mut problems = Vec::new();
        let (title, description) = item.words(&mut problems);
        let terms = match super::list_item::terms(&item, self.policy(), now, opened, problems) {
            Ok(terms) => terms,
            Err(refusal) => {
                return self.read(move |tx| once.answer(tx)?.ok_or(refusal)).await.map(as_version);
            }
        };
        let changed = self.write(move |tx| {
            once.run(tx, |tx| {
                let stored = auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
                may_revise(&stored.auction, seller, version, now)?;
                // What is open was approved as it is.
                if approval && opening_of(&stored, now).is_some() {
                    return Err(auction::Refusal::TooLateToChange.into());
                }
                let words = listings::words(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
                let text_changed = words.title != title || words.description != description;
                let mut revised = revise::replace_terms(&stored.auction, terms.clone(), text_changed)?;
                // What a moderator has seen is not what is there now.
                if approval && revised.version > version && revised.standing.phase == Phase::Published {
                    revised.standing.phase = Phase::AwaitingApproval;
                }
                auctions::update_terms(tx, auction, &revised)?;
                listings::update(tx, auction, &title, &description)?;
                tell_network(tx, networked, auction, &revised, now)?;
                Ok(i64::from(revised.version))
            })
        });
        let version = as_version(changed.await?);
        self.notices.changed(vec![auction]);
        Ok(version)
    }
}

/// When a published auction has opened, if it has.
fn opening_of(stored: &auctions::Stored, now: Time) -> Option<Time> {
    let auction = &stored.auction;
    let published = auction.standing.phase == Phase::Published;
    Some(auction.terms.opens_at).filter(|opens_at| published && *opens_at <= now)
}

fn may_revise(auction: &Auction, seller: Person, version: u32, now: Time) -> Result<(), auction::Refusal> {
    if auction.seller != seller {
        return Err(auction::Refusal::NotYours);
    }
    revise::may_edit(auction, now)?;
    if auction.version != version {
        return Err(auction::Refusal::TermsChanged);
    }
    Ok(())
}

fn as_version(result: i64) -> u32 {
    result as u32
}
