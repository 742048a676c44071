//! A seller edits a listing that nobody has bid on.

use super::ListItem;
use crate::{Identity, Market, Refusal, Scope};
use auction::{CommandId, revise};
use store::{auctions, listings};

impl Market {
    /// Replaces words and terms. The version that was looked at must be the present one. Gives the new version.
    pub async fn revise(
        &self,
        who: &Identity,
        id: CommandId,
        auction: i64,
        version: u32,
        item: ListItem,
    ) -> Result<u32, Refusal> {
        who.require_active(Scope::Sell)?;
        let now = self.clock.now();
        let mut problems = Vec::new();
        let (title, description) = item.words(&mut problems);
        let terms = super::list_item::terms(&item, self.policy(), now, problems)?;
        let once =
            super::once::Once::new(who.person, id, &format!("revise {auction} {version} {item:?}"), now);
        let seller = who.person;
        let changed = self.write(move |tx| {
            once.run(tx, |tx| {
                let stored = auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
                if stored.auction.seller != seller {
                    return Err(auction::Refusal::NotYours.into());
                }
                revise::may_edit(&stored.auction, now)?;
                if stored.auction.version != version {
                    return Err(auction::Refusal::TermsChanged.into());
                }
                let words = listings::words(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
                let text_changed = words.title != title || words.description != description;
                let mut terms = terms.clone();
                if stored.auction.terms.opens_at <= now {
                    // What is open already has begun when it did.
                    terms.opens_at = stored.auction.terms.opens_at;
                    terms = terms.with_clock_end();
                }
                let revised = revise::replace_terms(&stored.auction, terms, text_changed)?;
                auctions::update_terms(tx, auction, &revised)?;
                listings::update(tx, auction, &title, &description)?;
                Ok(i64::from(revised.version))
            })
        });
        let version = changed.await? as u32;
        self.notices.changed(vec![auction]);
        Ok(version)
    }
}
