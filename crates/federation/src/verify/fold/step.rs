//! One entry, decided again.

use super::amounts::Amounts;
use super::people::{People, SELLER};
use crate::verify::Reason;
use crate::wire::rulings::What;
use crate::wire::{Bidder, Ruling, State};
use auction::{
    Actor, Auction, Case, Command, CommandId, Decision, Deed, Entry, Format, Person, Phase, Span, Terms,
    Time, Which, decide, shown,
};
use std::collections::HashMap;

/// Why folding ends at an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// The rules give something else.
    Wrong(Reason),
    /// Its amount is not known.
    Closed,
}

/// The auction as the rules give it.
pub(super) struct Fold<'a> {
    pub(super) auction: Auction,
    pub(super) people: People,
    amounts: &'a Amounts,
    accepted: Vec<Entry>,
    bidders: HashMap<Person, auction::Bidder>,
}

impl<'a> Fold<'a> {
    /// Before the first entry.
    pub(super) fn new(terms: Terms, versions: (u32, u32), amounts: &'a Amounts) -> Fold<'a> {
        let mut auction = Auction::new(SELLER, terms, Phase::Published);
        (auction.terms_version, auction.version) = versions;
        let (people, bidders) = (People::default(), HashMap::new());
        Fold { auction, people, amounts, accepted: Vec::new(), bidders }
    }

    /// Takes the next entry.
    pub(super) fn step(&mut self, ruling: &Ruling) -> Result<(), Stop> {
        let is_bound = self.auction.frozen || ruling.what.is_bid() || ruling.what == What::Close;
        if !ruling.accepted {
            self.pass(ruling);
        } else if !is_bound {
            self.believe(ruling)?;
        } else {
            self.decide(ruling)?;
        }
        Ok(())
    }

    /// The listing has got the terms that are folded, after an entry and before the first bid: what the end was then, only
    /// the listing tells.
    pub(super) fn begin_anew(&mut self, told: &State) {
        if !self.auction.frozen {
            let standing = &mut self.auction.standing;
            standing.ends_at = told.ends_at.into();
            standing.stood_still = told.stood_still.into();
            standing.postponed = told.postponed;
        }
    }

    fn pass(&mut self, ruling: &Ruling) {
        self.auction.last = ruling.n;
        self.auction.last_at = ruling.at.into();
    }

    /// Before the first bid the terms were free, so a moved end cannot be decided again, and is believed.
    fn believe(&mut self, ruling: &Ruling) -> Result<(), Stop> {
        self.pass(ruling);
        let standing = &mut self.auction.standing;
        match (ruling.what, ruling.away) {
            (What::Withdraw, _) => {
                standing.phase = Phase::Withdrawn { at: ruling.at.into() };
                standing.buy_now = false;
            }
            (What::Postpone, Some(away)) => {
                standing.ends_at = ruling.ends_at.map_or(standing.ends_at, Time::from);
                standing.postponed += 1;
                if let Format::Descending(_) = self.auction.terms.format {
                    let still = Time::from(away.to) - Time::from(away.from).max(self.auction.terms.opens_at);
                    standing.stood_still = standing.stood_still + still.max(Span::ZERO);
                }
            }
            _ => return Err(Stop::Wrong(Reason::Refused("no_bids"))),
        }
        Ok(())
    }

    fn decide(&mut self, ruling: &Ruling) -> Result<(), Stop> {
        let command = self.command(ruling)?;
        let person = command.by.person();
        let bidder = person.map(|person| self.known(person));
        let case =
            Case { auction: &self.auction, bidder: bidder.as_ref(), history: &self.accepted, prior: None };
        let entry = match decide(&case, &command, ruling.at.into()) {
            Decision::Append(entry) => entry,
            Decision::Refuse(refusal) => return Err(Stop::Wrong(Reason::Refused(refusal.code()))),
            Decision::Repeat(_) | Decision::Nothing => {
                return Err(Stop::Wrong(Reason::Refused("nothing_to_do")));
            }
        };
        if let auction::Verdict::Refused(refusal) = entry.verdict {
            return Err(Stop::Wrong(Reason::Refused(refusal.code())));
        }
        self.compare(ruling, &entry)?;
        if let Some(person) = person {
            self.bidders.entry(person).or_insert_with(|| auction::Bidder::new(person)).apply(&entry);
        }
        self.auction.apply(&entry);
        self.accepted.push(entry);
        Ok(())
    }

    fn known(&self, person: Person) -> auction::Bidder {
        self.bidders.get(&person).cloned().unwrap_or_else(|| auction::Bidder::new(person))
    }

    /// The command that would have caused it.
    fn command(&mut self, ruling: &Ruling) -> Result<Command, Stop> {
        let bidder = ruling.bidder().map(|bidder| self.people.person(bidder));
        let named = || bidder.ok_or(Stop::Wrong(Reason::Differs("bidder")));
        let written = |amount| self.auction.terms.currency.decimal(amount);
        let amount = || self.amounts.get(ruling.n);
        let site = Actor::Site;
        let (by, deed) = match ruling.what {
            What::Offer => {
                let amount = written(amount().ok_or(Stop::Closed)?);
                (Actor::Person(named()?), Deed::Offer { amount })
            }
            What::Take => {
                // What was seen was at least what is paid.
                let seen = amount().or(ruling.price.map(auction::Amount::from)).ok_or(Stop::Closed)?;
                (Actor::Person(named()?), Deed::Take { seen: written(seen) })
            }
            What::Buy => (Actor::Person(named()?), Deed::BuyNow),
            What::Retract => (Actor::Person(named()?), Deed::Retract { reason: "".into() }),
            What::Cancel => {
                let which = match ruling.removed[..] {
                    [one] => Which::One(one),
                    _ => Which::All,
                };
                (site, Deed::Cancel { whose: named()?, which, reason: "".into() })
            }
            What::EndEarly => (Actor::Person(SELLER), Deed::EndEarly),
            What::Accept => (Actor::Person(SELLER), Deed::Accept),
            What::Withdraw => (Actor::Moderator(SELLER), Deed::Withdraw { reason: "".into() }),
            What::Close => (site, Deed::Close),
            What::Postpone => {
                let away = ruling.away.ok_or(Stop::Wrong(Reason::Differs("end")))?;
                let (from, to) = (away.from.into(), away.to.into());
                (site, Deed::Postpone { from, to, reason: "".into() })
            }
            What::Private => return Err(Stop::Wrong(Reason::Refused("private"))),
        };
        let version = ruling.version.unwrap_or(self.auction.version);
        Ok(Command { id: CommandId([0; 16]), by, version, deed })
    }

    /// Compares what strangers see of it with what the origin said.
    fn compare(&self, ruling: &Ruling, entry: &Entry) -> Result<(), Stop> {
        let differs = |what| Err(Stop::Wrong(Reason::Differs(what)));
        let Some(seen) = shown::entry(&self.auction, entry, None) else { return differs("verdict") };
        let mut removed = entry.removed.to_vec();
        removed.sort_unstable();
        let leader: Option<Bidder> = seen.leader.and_then(|leader| self.people.bidder(leader));
        if seen.price.map(|price| price.0) != ruling.price.map(|price| price.0) {
            return differs("price");
        }
        if leader != ruling.leader {
            return differs("leader");
        }
        if Some(seen.ends_at) != ruling.ends_at.map(Time::from) {
            return differs("end");
        }
        if removed != ruling.removed { differs("list of offers taken away") } else { Ok(()) }
    }
}
