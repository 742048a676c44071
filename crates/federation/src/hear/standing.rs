//! What a message says of an auction's standing, in the words of the rules.

use super::Speaker;
use crate::wire::{Bidder, Phase, State};
use auction::shown::Told;
use auction::{Outcome, Person, Time};
use hub::PublicKey;
use store::{Error, Tx, guests, sent_bids, sites};

/// Leads bidders of one auction of another site back to persons here.
pub(super) struct Bidders<'a> {
    /// This site.
    pub(super) here: &'a PublicKey,
    /// Whose auction it is.
    pub(super) speaker: &'a Speaker,
    /// The auction's number here.
    pub(super) replica: i64,
}

impl Bidders<'_> {
    /// Who this bidder is here: an account of this site, or a guest.
    pub(super) fn person(&self, tx: &mut Tx<'_>, bidder: &Bidder) -> Result<Person, Error> {
        let site = match bidder.site {
            Some(site) if site.0 == *self.here => {
                if let Some(own) = sent_bids::by_number(tx, self.replica, bidder.number)? {
                    return Ok(own);
                }
                // Sent from a database that is no longer this one.
                sites::named(tx, site.0.bytes(), self.speaker.at)?
            }
            Some(site) => sites::named(tx, site.0.bytes(), self.speaker.at)?,
            None => self.speaker.site,
        };
        guests::by_number(tx, site, self.replica, bidder.number)
    }

    /// The standing that a message tells of.
    pub(super) fn told(&self, tx: &mut Tx<'_>, state: &State) -> Result<Told, Error> {
        let leader = state.leader.map(|leader| self.person(tx, &leader)).transpose()?;
        let winner = state.winner.map(|winner| self.person(tx, &winner)).transpose()?;
        let at = Time(state.at.map_or(0, |at| at.0));
        let phase = match (state.phase, winner, state.sold_price) {
            (Phase::Open, ..) => auction::Phase::Published,
            (Phase::Withdrawn, ..) => auction::Phase::Withdrawn { at },
            (Phase::Sold, Some(winner), Some(price)) => {
                auction::Phase::Closed { at, outcome: Outcome::Sold { winner, price: price.into() } }
            }
            (Phase::Sold | Phase::Unsold, ..) => auction::Phase::Closed { at, outcome: Outcome::Unsold },
        };
        Ok(Told {
            phase,
            ends_at: state.ends_at.into(),
            price: state.price.map(Into::into),
            leader,
            reserve_met: state.reserve_met,
            offers: state.offers,
            buy_now: state.buy_now,
            postponed: state.postponed,
            stood_still: state.stood_still.into(),
            last: state.last,
        })
    }
}
