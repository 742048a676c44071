//! The sale, as a winner of another site sees it who comes with the link of the letter.

use super::auction_page::AuctionPage;
use super::names::guest_site;
use crate::winner_link::WinnerLink;
use crate::{Identity, Market, Refusal, Role, Scopes};
use store::guest_winners::{self, GuestWinner};

/// What a winner of another site sees.
#[derive(Clone, Debug)]
pub struct WinnerPage {
    /// The auction, seen by its winner.
    pub auction: AuctionPage,
    /// The winner's name.
    pub name: String,
    /// What the winner's own site is called.
    pub site: String,
}

impl Market {
    /// Shows the sale to whoever has the link of its winner.
    pub async fn winner_page(&self, link: WinnerLink) -> Result<WinnerPage, Refusal> {
        let (auction, now) = (link.auction, self.clock.now());
        let found = self.read(move |tx| {
            let winner = guest_winners::find(tx, link.auction)?;
            let winner = winner.filter(GuestWinner::is_reached).ok_or(Refusal::LinkExpired)?;
            let site = guest_site(tx, winner.person)?.unwrap_or_default();
            if link.works(tx, winner.person, now)? { Ok((winner, site)) } else { Err(Refusal::LinkExpired) }
        });
        let (winner, site) = found.await?;
        let scopes = Scopes::parse("read").ok_or(Refusal::LinkExpired)?;
        let (person, name) = (winner.person, winner.name);
        let viewer = Identity { person, name: name.clone(), role: Role::User, scopes, suspended: false };
        Ok(WinnerPage { auction: self.auction_page(Some(&viewer), auction).await?, name, site })
    }
}
