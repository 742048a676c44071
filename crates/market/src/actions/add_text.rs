//! A seller adds to the text of a listing, also when there are bids.

use super::tell_network::tell_network;
use crate::{Identity, Market, Refusal, Scope};
use auction::{CommandId, revise};
use store::{auctions, listings};

/// Longest addition, in characters.
const LONGEST: usize = 5_000;

impl Market {
    /// Adds text; gives the new version.
    pub async fn add_text(
        &self,
        who: &Identity,
        id: CommandId,
        auction: i64,
        text: &str,
    ) -> Result<u32, Refusal> {
        who.require_active(Scope::Sell)?;
        let text = super::list_item::plain(text).trim().to_owned();
        if text.is_empty() || text.chars().count() > LONGEST {
            return Err(Refusal::field("text", if text.is_empty() { "missing" } else { "too_long" }));
        }
        let (now, seller) = (self.clock.now(), who.person);
        let once = super::once::Once::new(who.person, id, &format!("add {auction} {text}"), now);
        let networked = self.policy.networked;
        let added = self.write(move |tx| {
            once.run(tx, |tx| {
                let stored = auctions::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
                if stored.auction.seller != seller {
                    return Err(auction::Refusal::NotYours.into());
                }
                let revised = revise::add_text(&stored.auction, now)?;
                auctions::set_version(tx, auction, revised.version)?;
                listings::add(tx, auction, &text, now)?;
                tell_network(tx, networked, auction, &revised, now)?;
                Ok(i64::from(revised.version))
            })
        });
        let version = added.await? as u32;
        self.notices.changed(vec![auction]);
        Ok(version)
    }
}
