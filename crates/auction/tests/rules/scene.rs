//! One auction with its people. Amounts are in cents; times are given by the test.

use auction::{
    Actor, Amount, Auction, Bidder, Case, Clock, Command, CommandId, Currency, Decimal, Decision, Deed,
    Entry, Extension, Format, Outcome, Person, Phase, Refusal, Span, StepTable, Terms, Time, Verdict, Which,
    decide,
};
use std::collections::BTreeMap;

pub const SELLER: Person = Person(100);
pub const ANN: Person = Person(1);
pub const BEN: Person = Person(2);
pub const CLEO: Person = Person(3);
pub const DAN: Person = Person(4);
pub const MODERATOR: Actor = Actor::Moderator(Person(200));
pub const EVERYBODY: [Person; 4] = [ANN, BEN, CLEO, DAN];

/// When every scene opens.
pub const OPENS: Time = Time(1_000_000_000_000);
/// When every scene ends, unless the test says otherwise.
pub const ENDS: Time = Time(OPENS.0 + Span::days(7).0);
/// The smallest length of time.
pub const MICRO: Span = Span(1);

pub fn eur() -> Currency {
    Currency::new("EUR", 2).unwrap()
}

/// A number of cents as somebody writes it.
pub fn cents(amount: i64) -> Decimal {
    Decimal::new(amount, 2)
}

/// From 10.00 for seven days, the standard steps, soft close on.
pub fn terms(format: Format) -> Terms {
    Terms {
        format,
        currency: eur(),
        start_price: Amount(1_000),
        reserve: None,
        buy_now: None,
        steps: StepTable::standard(0),
        opens_at: OPENS,
        ends_at: ENDS,
        extension: Some(Extension::STANDARD),
    }
}

pub fn ascending() -> Terms {
    terms(Format::Ascending)
}

pub fn with_reserve(reserve: i64) -> Terms {
    Terms { reserve: Some(Amount(reserve)), ..ascending() }
}

/// 10.00, falling by 3.00 an hour to a floor of 2.00.
pub fn dutch() -> Terms {
    terms(Format::Descending(Clock { step: Amount(300), interval: Span::hours(1), floor: Amount(200) }))
        .with_clock_end()
}

/// An auction, what happened in it, and what is known of its people.
#[derive(Clone)]
pub struct Scene {
    pub auction: Auction,
    pub first: Auction,
    pub entries: Vec<Entry>,
    pub bidders: BTreeMap<Person, Bidder>,
    ids: u128,
}

impl Scene {
    pub fn new(terms: Terms) -> Scene {
        assert_eq!(terms.problems(), [], "a scene needs good terms");
        Scene::of(Auction::new(SELLER, terms, Phase::Published))
    }

    pub fn of(auction: Auction) -> Scene {
        Scene { first: auction.clone(), auction, entries: Vec::new(), bidders: BTreeMap::new(), ids: 0 }
    }

    /// What is known of somebody here.
    pub fn bidder(&mut self, person: Person) -> &mut Bidder {
        self.bidders.entry(person).or_insert_with(|| Bidder::new(person))
    }

    pub fn history(&self) -> Vec<Entry> {
        let accepted = self.entries.iter().filter(|entry| entry.accepted());
        accepted.cloned().collect()
    }

    /// Decides without taking the answer into the state.
    pub fn decide(&mut self, command: &Command, at: Time) -> Decision {
        let person = command.by.person();
        let bidder = person.map(|person| self.bidder(person).clone());
        let history = self.history();
        let prior = self
            .entries
            .iter()
            .find(|entry| entry.id == command.id && entry.by.person() == command.by.person());
        let needs = command.deed.needs_history(self.auction.terms.is_sealed());
        let case = Case {
            auction: &self.auction,
            bidder: bidder.as_ref(),
            history: if needs { &history } else { &[] },
            prior,
        };
        decide(&case, command, at)
    }

    /// Decides, and follows the answer as a site does.
    pub fn take_up(&mut self, command: &Command, at: Time) -> Decision {
        let decision = self.decide(command, at);
        if let Decision::Append(entry) = &decision {
            self.append(entry);
        }
        decision
    }

    fn append(&mut self, entry: &Entry) {
        let history = self.history();
        if let Some(person) = entry.by.person() {
            self.bidder(person).apply(entry);
        }
        if let Some(whose) = entry.deed.takes_from(entry.by.person()).filter(|_| entry.accepted()) {
            let case = Case { auction: &self.auction, bidder: None, history: &history, prior: None };
            let standing = case.still_standing(whose, &entry.removed);
            self.bidder(whose).standing = standing;
        }
        self.auction.apply(entry);
        self.entries.push(entry.clone());
    }

    pub fn command(&mut self, by: Actor, deed: Deed) -> Command {
        self.ids += 1;
        Command { id: CommandId(self.ids.to_be_bytes()), by, version: self.auction.version, deed }
    }

    /// Gives a command under a new id. `Ok` is what was accepted.
    pub fn give(&mut self, by: Actor, deed: Deed, at: Time) -> Result<Entry, Refusal> {
        let command = self.command(by, deed);
        match self.take_up(&command, at) {
            Decision::Append(entry) => match entry.verdict {
                Verdict::Accepted => Ok(entry),
                Verdict::Refused(refusal) => Err(refusal),
            },
            Decision::Refuse(refusal) => Err(refusal),
            other => panic!("no answer to {command:?}: {other:?}"),
        }
    }

    pub fn offer(&mut self, who: Person, amount: i64, at: Time) -> Result<Entry, Refusal> {
        let amount = cents(amount);
        self.give(Actor::Person(who), Deed::Offer { amount }, at)
    }

    /// An offer that must be taken, at the opening or right after what happened last. Gives its number.
    pub fn offered(&mut self, who: Person, amount: i64) -> u32 {
        self.offer(who, amount, OPENS).unwrap().number
    }

    pub fn take(&mut self, who: Person, seen: i64, at: Time) -> Result<Entry, Refusal> {
        let seen = cents(seen);
        self.give(Actor::Person(who), Deed::Take { seen }, at)
    }

    pub fn buy_now(&mut self, who: Person, at: Time) -> Result<Entry, Refusal> {
        self.give(Actor::Person(who), Deed::BuyNow, at)
    }

    pub fn retract(&mut self, who: Person, at: Time) -> Result<Entry, Refusal> {
        self.give(Actor::Person(who), Deed::Retract { reason: "typing error".into() }, at)
    }

    pub fn cancel(&mut self, whose: Person, which: Which, at: Time) -> Result<Entry, Refusal> {
        let reason = "never pays".into();
        self.give(Actor::Person(SELLER), Deed::Cancel { whose, which, reason }, at)
    }

    pub fn lower_reserve(&mut self, to: i64, at: Time) -> Result<Entry, Refusal> {
        let to = Some(cents(to));
        self.give(Actor::Person(SELLER), Deed::LowerReserve { to }, at)
    }

    pub fn drop_reserve(&mut self, at: Time) -> Result<Entry, Refusal> {
        self.give(Actor::Person(SELLER), Deed::LowerReserve { to: None }, at)
    }

    pub fn by_seller(&mut self, deed: Deed, at: Time) -> Result<Entry, Refusal> {
        self.give(Actor::Person(SELLER), deed, at)
    }

    /// The site's clock strikes. `None` if nothing is due.
    pub fn close(&mut self, at: Time) -> Option<Outcome> {
        let command = self.command(Actor::Site, Deed::Close);
        match self.take_up(&command, at) {
            Decision::Append(_) => self.outcome(),
            Decision::Nothing => None,
            other => panic!("a close is no question: {other:?}"),
        }
    }

    /// The site was away. Whether that changed anything.
    pub fn outage(&mut self, from: Time, to: Time) -> bool {
        let reason = "power".into();
        let command = self.command(Actor::Site, Deed::Postpone { from, to, reason });
        matches!(self.take_up(&command, to), Decision::Append(_))
    }

    pub fn outcome(&self) -> Option<Outcome> {
        match self.auction.standing.phase {
            Phase::Closed { outcome, .. } => Some(outcome),
            _ => None,
        }
    }

    pub fn price(&self) -> Option<i64> {
        self.auction.standing.price.map(|price| price.0)
    }

    pub fn leader(&self) -> Option<Person> {
        self.auction.standing.leader.map(|leader| leader.person)
    }

    pub fn limit(&self) -> Option<i64> {
        self.auction.standing.leader.map(|leader| leader.limit.0)
    }

    pub fn ends_at(&self) -> Time {
        self.auction.standing.ends_at
    }

    /// Price, leader and hidden limit in one look.
    pub fn stands(&self) -> Option<(i64, Person, i64)> {
        Some((self.price()?, self.leader()?, self.limit()?))
    }
}

pub fn sold(winner: Person, price: i64) -> Option<Outcome> {
    let price = Amount(price);
    Some(Outcome::Sold { winner, price })
}

pub fn too_low(least: i64) -> Refusal {
    Refusal::TooLow { least: Amount(least) }
}

pub fn too_high(most: i64) -> Refusal {
    Refusal::TooHigh { most: Amount(most) }
}

pub fn not_above_own(own: i64) -> Refusal {
    Refusal::NotAboveOwn { own: Amount(own) }
}
