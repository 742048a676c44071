//! An auction of another site, from what was told.

use super::{Decision, Digest};
use crate::wire::{Bidder, Hash, Length, Moment, Money, Phase, Site, State, Terms};
use auction::shown::Told;
use auction::{Outcome, Person};
use hub::PublicKey;
use market::Refusal;
use store::replicas::{self, Replica};
use store::{Error, Tx, guests, sent_bids, sites};

/// How many entries are read at a time.
const CHUNK: usize = 1000;

pub(super) fn read(tx: &mut Tx<'_>, here: Site, id: i64) -> Result<Option<Digest>, Refusal> {
    let Some(known) = replicas::find(tx, id)? else { return Ok(None) };
    let Some(origin) = site(tx, known.site)? else { return Ok(None) };
    let names = Names { here, origin, replica: id };
    let state = names.state(tx, &known)?;
    let decisions = names.decisions(tx, id)?;
    let additions = replicas::additions(tx, id)?;
    let terms = Terms::try_from(&known.listing.terms).map_err(|error| crate::tell::unwritable(&error))?;
    Ok(Some(Digest {
        origin,
        auction: known.remote.cast_unsigned(),
        version: known.listing.version,
        title: known.listing.title,
        description: known.listing.description,
        additions: additions.into_iter().map(|(at, text)| (Moment::nearest(at), text)).collect(),
        seller: known.listing.seller,
        terms,
        state,
        decisions,
    }))
}

fn site(tx: &mut Tx<'_>, id: sites::SiteId) -> Result<Option<Site>, Error> {
    let found = sites::find(tx, id)?;
    Ok(found.and_then(|found| PublicKey::new(found.key).ok()).map(Site))
}

/// Leads persons of this database back to how the network names them.
struct Names {
    here: Site,
    origin: Site,
    replica: i64,
}

impl Names {
    fn bidder(&self, tx: &mut Tx<'_>, person: Option<Person>) -> Result<Option<Bidder>, Error> {
        let Some(person) = person else { return Ok(None) };
        if !guests::is_guest(person) {
            let number = sent_bids::number_of(tx, self.replica, person)?;
            return Ok(number.map(|number| Bidder { site: Some(self.here), number }));
        }
        let Some((from, number)) = guests::number_of(tx, person)? else { return Ok(None) };
        let from = site(tx, from)?.filter(|from| *from != self.origin);
        Ok(Some(Bidder { site: from, number }))
    }

    fn state(&self, tx: &mut Tx<'_>, known: &Replica) -> Result<State, Error> {
        let Told {
            phase,
            ends_at,
            price,
            leader,
            reserve_met,
            offers,
            buy_now,
            postponed,
            stood_still,
            last,
        } = known.told.clone();
        let (phase, at, sold) = match phase {
            auction::Phase::Withdrawn { at } => (Phase::Withdrawn, Some(at), None),
            auction::Phase::Closed { at, outcome: Outcome::Sold { winner, price } } => {
                (Phase::Sold, Some(at), Some((winner, price)))
            }
            auction::Phase::Closed { at, outcome: Outcome::Unsold } => (Phase::Unsold, Some(at), None),
            _ => (Phase::Open, None, None),
        };
        Ok(State {
            last,
            head: Some(Hash(known.head)),
            phase,
            at: at.map(Moment::nearest),
            price: price.and_then(money),
            leader: self.bidder(tx, leader)?,
            offers,
            reserve_met,
            buy_now,
            ends_at: Moment::nearest(ends_at),
            postponed,
            stood_still: Length(stood_still.0),
            winner: self.bidder(tx, sold.map(|(winner, _)| winner))?,
            sold_price: sold.and_then(|(_, price)| money(price)),
        })
    }

    fn decisions(&self, tx: &mut Tx<'_>, id: i64) -> Result<Vec<Decision>, Error> {
        let (mut decisions, mut below) = (Vec::new(), i64::MAX);
        loop {
            let page = replicas::page(tx, id, below, CHUNK)?;
            let Some(oldest) = page.last() else { break };
            below = i64::from(oldest.number);
            for entry in page {
                decisions.push(Decision {
                    n: entry.number,
                    at: Moment::nearest(entry.at),
                    what: entry.what,
                    who: self.bidder(tx, entry.who)?,
                    price: entry.price.and_then(money),
                    leader: self.bidder(tx, entry.leader)?,
                    ends_at: Some(Moment::nearest(entry.ends_at)),
                    reason: entry.reason,
                });
            }
        }
        decisions.reverse();
        Ok(decisions)
    }
}

fn money(amount: auction::Amount) -> Option<Money> {
    Money::try_from(amount).ok()
}
