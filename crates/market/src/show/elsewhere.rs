//! An auction of another site, as somebody here sees it.

use super::auction_page::{AuctionPage, Own};
use super::names::{Names, invented_name};
use super::origin::Origin;
use super::sent::SentBid;
use crate::{Refusal, Treatment};
use auction::shown::Shown;
use auction::{Amount, Person, Progress, Time};
use store::listings::Words;
use store::replicas::{self, Replica};
use store::sent_bids::{self, Sent};
use store::sites::{self, Site};
use store::{Error, Tx, replica_approvals};

/// An auction of another site that somebody may see.
pub(crate) struct Elsewhere {
    pub(crate) replica: Replica,
    pub(crate) site: Site,
    /// What the viewer has sent, newest first.
    pub(crate) sent: Vec<Sent>,
    /// A moderator has approved it, where that counts.
    approved: bool,
}

/// How far back own bids are looked at.
const SENT_MOST: usize = 200;

/// How many of them are shown.
const SENT_SHOWN: usize = 20;

impl Elsewhere {
    /// The auction with this number here, if this viewer may see it. Whoever has bid sees it however the webmaster
    /// treats its site by now: the bid binds all the same.
    pub(crate) fn find(tx: &mut Tx<'_>, viewer: Option<Person>, id: i64) -> Result<Option<Elsewhere>, Error> {
        let Some(replica) = replicas::find(tx, id)? else { return Ok(None) };
        let Some(site) = sites::find(tx, replica.site)? else { return Ok(None) };
        let sent = match viewer {
            Some(person) => sent_bids::of_person(tx, person, id, SENT_MOST)?,
            None => Vec::new(),
        };
        let approved = replica_approvals::is_approved(tx, id)?.unwrap_or(false);
        let seen = Treatment::of(&site).shows(approved) || !sent.is_empty();
        Ok(seen.then_some(Elsewhere { replica, site, sent, approved }))
    }

    /// Whether bids on it are sent to its site.
    pub(crate) fn takes_bids(&self) -> bool {
        Treatment::of(&self.site).sends_bids(self.approved)
    }

    /// How the auction stands, as far as its site has told.
    pub(crate) fn shown(&self, now: Time) -> Shown {
        self.replica.told.shown(&self.replica.listing.terms, now)
    }

    /// The page; none before it is public.
    pub(super) fn page(
        self,
        tx: &mut Tx<'_>,
        viewer: Option<Person>,
        now: Time,
    ) -> Result<AuctionPage, Refusal> {
        let shown = self.shown(now);
        if shown.progress == Progress::Unpublished {
            return Err(Refusal::NoSuchAuction);
        }
        let leader = Names::elsewhere(&self.replica).of(tx, shown.leader)?;
        let own = match viewer {
            Some(person) => self.own(tx, &shown, person)?,
            None => Own::default(),
        };
        let additions = replicas::additions(tx, self.replica.id)?;
        let origin = Origin::new(&self.site, &self.replica, self.takes_bids(), now);
        let (told, listing) = (self.replica.told, self.replica.listing);
        Ok(AuctionPage {
            id: self.replica.id,
            words: Words {
                title: listing.title,
                description: listing.description,
                reason: String::new(),
                additions,
            },
            version: listing.version,
            seller: listing.seller,
            terms: listing.terms,
            frozen: told.last > 0,
            last_entry: shown.last_entry,
            leader,
            shown,
            own,
            origin: Some(origin),
            at: now,
        })
    }

    fn own(&self, tx: &mut Tx<'_>, shown: &Shown, person: Person) -> Result<Own, Error> {
        let leading = shown.leader == Some(person);
        let limit = self.limit(tx, person)?;
        let number = self.sent.first().map(|sent| sent.number);
        let sent = self.sent.iter().take(SENT_SHOWN);
        Ok(Own {
            leading,
            limit,
            name: number.map(|number| invented_name(self.replica.remote, number)),
            next_offer: self.next_offer(shown, limit.filter(|_| leading)),
            sent: sent.map(|sent| SentBid::new(sent.clone(), &self.replica, &self.site, false)).collect(),
            ..Own::default()
        })
    }

    /// The last offer that its site has accepted. None if offers were taken away since: which ones, nobody tells.
    pub(crate) fn limit(&self, tx: &mut Tx<'_>, person: Person) -> Result<Option<Amount>, Error> {
        let accepted = self.sent.iter().filter_map(|sent| {
            let ruling = sent.ruling.as_ref().filter(|ruling| ruling.refusal.is_none())?;
            Some((ruling.entry?, sent.amount))
        });
        let Some((entry, amount)) = accepted.max_by_key(|(entry, _)| *entry) else { return Ok(None) };
        let taken = replicas::last_taken(tx, self.replica.id, person)?;
        Ok((taken < Some(entry)).then_some(amount))
    }

    /// Who leads must go beyond the own limit, everybody else beyond the price.
    fn next_offer(&self, shown: &Shown, leads_at: Option<Amount>) -> Option<Amount> {
        let terms = &self.replica.listing.terms;
        let side = terms.side();
        match leads_at.filter(|_| terms.has_ladder()) {
            Some(own) => Some(side.amount(side.worth(own) + 1)).filter(|_| shown.next_offer.is_some()),
            None => shown.next_offer,
        }
    }
}
