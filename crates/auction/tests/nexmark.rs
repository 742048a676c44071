//! An oracle from outside: the Nexmark benchmark's query 9, "winning bids" (highest price, then earliest, among the
//! bids with dateTime in [auction.dateTime, auction.expires)), against the auctions of this crate.
//!
//! `cargo test -p auction --test nexmark -- --nocapture` prints the figures.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use auction::{
    Actor, Amount, Auction, Bidder, Case, Command, CommandId, Currency, Decimal, Decision, Deed, Entry,
    Format, Outcome, Person, Phase, StepTable, Terms, Time, decide,
};
use nexmark::EventGenerator;
use nexmark::config::NexmarkConfig;
use nexmark::event::{self, Event};
use std::collections::HashMap;

const EVENTS: usize = 1_000_000;

/// Sellers of the benchmark bid on their own items now and then; this one never does.
const NOBODY: Person = Person(-1);

/// Times of the benchmark are in milliseconds.
fn time(milliseconds: u64) -> Time {
    Time(i64::try_from(milliseconds).unwrap() * 1_000)
}

fn person(id: usize) -> Person {
    Person(i64::try_from(id).unwrap())
}

fn price(bid: &event::Bid) -> Amount {
    Amount(i64::try_from(bid.price).unwrap())
}

/// From one cent, no reserve, the end not moved by anything.
fn terms(listed: &event::Auction, format: Format, steps: &StepTable) -> Terms {
    Terms {
        format,
        currency: Currency::new("USD", 2).unwrap(),
        start_price: Amount::ONE,
        reserve: None,
        buy_now: None,
        steps: steps.clone(),
        opens_at: time(listed.date_time),
        ends_at: time(listed.expires),
        extension: None,
    }
}

/// One auction of ours beside what query 9 finds.
struct Lot {
    auction: Auction,
    bidders: HashMap<Person, Bidder>,
    history: Vec<Entry>,
    /// The winning bid of query 9.
    winning: Option<(Person, Amount)>,
}

impl Lot {
    fn new(terms: Terms) -> Lot {
        let auction = Auction::new(NOBODY, terms, Phase::Published);
        Lot { auction, bidders: HashMap::new(), history: Vec::new(), winning: None }
    }

    /// Query 9: highest, then earliest.
    fn query_9(&mut self, who: Person, bid: &event::Bid) {
        let within = self.auction.terms.opens_at <= time(bid.date_time)
            && time(bid.date_time) < self.auction.terms.ends_at;
        if within && self.winning.is_none_or(|(_, best)| price(bid) > best) {
            self.winning = Some((who, price(bid)));
        }
    }

    fn decide(&mut self, by: Actor, deed: Deed, at: Time) -> Option<Entry> {
        let bidder =
            by.person().map(|person| &*self.bidders.entry(person).or_insert_with(|| Bidder::new(person)));
        let command = Command { id: CommandId([0; 16]), by, version: 1, deed };
        let case = Case { auction: &self.auction, bidder, history: &self.history, prior: None };
        let Decision::Append(entry) = decide(&case, &command, at) else { return None };
        if let Some(bidder) = by.person().and_then(|person| self.bidders.get_mut(&person)) {
            bidder.apply(&entry);
        }
        self.auction.apply(&entry);
        if entry.accepted() {
            self.history.push(entry.clone());
        }
        Some(entry)
    }

    fn offer(&mut self, who: Person, bid: &event::Bid) -> &'static str {
        let deed = Deed::Offer { amount: Decimal::new(price(bid).0, 2) };
        let entry = self.decide(Actor::Person(who), deed, time(bid.date_time)).unwrap();
        match entry.verdict {
            auction::Verdict::Accepted => "accepted",
            auction::Verdict::Refused(refusal) => refusal.code(),
        }
    }

    /// Who has won, and with which offer.
    fn close(&mut self) -> Option<(Person, Amount)> {
        self.decide(Actor::Site, Deed::Close, self.auction.terms.ends_at);
        let Phase::Closed { outcome: Outcome::Sold { winner, price }, .. } = self.auction.standing.phase
        else {
            return None;
        };
        Some((winner, self.auction.standing.leader.map_or(price, |leader| leader.limit)))
    }
}

/// What came of all events in one format.
#[derive(Debug, Default)]
struct Figures {
    listed: usize,
    with_bids: usize,
    same: usize,
    other: usize,
    bids: HashMap<&'static str, usize>,
    never_listed: usize,
}

/// What becomes of a bid for an auction that is created only later in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Early {
    /// There is no such auction, as on a site.
    Lost,
    /// It is given when there is one. Some were made in the very millisecond of the auction and count for query 9.
    Waits,
}

fn run(format: Format, steps: &StepTable, early: Early) -> Figures {
    let mut figures = Figures::default();
    let mut lots: HashMap<usize, Lot> = HashMap::new();
    let mut waiting: HashMap<usize, Vec<(usize, event::Bid)>> = HashMap::new();
    // A fixed moment instead of now: two runs are the same run.
    let config = NexmarkConfig { base_time: 1_700_000_000_000, ..NexmarkConfig::default() };
    for (number, event) in EventGenerator::new(config).take(EVENTS).enumerate() {
        match event {
            Event::Person(_) => {}
            Event::Auction(listed) => {
                let mut lot = Lot::new(terms(&listed, format, steps));
                for (number, bid) in waiting.remove(&listed.id).unwrap_or_default() {
                    take_up(&mut lot, number, &bid, &mut figures);
                }
                lots.insert(listed.id, lot);
            }
            Event::Bid(bid) => match lots.get_mut(&bid.auction) {
                Some(lot) => take_up(lot, number, &bid, &mut figures),
                None if early == Early::Waits => waiting.entry(bid.auction).or_default().push((number, bid)),
                None => figures.never_listed += 1,
            },
        }
    }
    figures.listed = lots.len();
    figures.never_listed += waiting.values().map(Vec::len).sum::<usize>();
    for lot in lots.values_mut() {
        compare(lot, &mut figures);
    }
    println!("{format:?}, early bids {early:?}, first step {:?}: {figures:?}", steps.at(Amount(0)));
    figures
}

/// In a sealed auction a bidder's next offer replaces the one before, for query 9 it stands beside it: there every
/// bid comes from somebody of its own.
fn take_up(lot: &mut Lot, number: usize, bid: &event::Bid, figures: &mut Figures) {
    let who = person(if lot.auction.terms.is_sealed() { number } else { bid.bidder });
    lot.query_9(who, bid);
    *figures.bids.entry(lot.offer(who, bid)).or_default() += 1;
}

fn compare(lot: &mut Lot, figures: &mut Figures) {
    let ours = lot.close();
    figures.with_bids += usize::from(lot.winning.is_some());
    if ours != lot.winning {
        figures.other += 1;
        println!("{:?}: {ours:?}, query 9: {:?}", lot.auction.standing, lot.winning);
    } else if ours.is_some() {
        figures.same += 1;
    }
}

fn all_the_same(format: Format, steps: &StepTable, early: Early, with_bids: usize) {
    let figures = run(format, steps, early);
    assert_eq!((figures.listed, figures.with_bids), (60_000, with_bids));
    assert_eq!((figures.same, figures.other), (with_bids, 0));
}

#[test]
fn the_highest_and_earliest_bid_wins_an_ascending_auction() {
    all_the_same(Format::Ascending, &StepTable::standard(0), Early::Lost, 55_726);
    all_the_same(Format::Ascending, &StepTable::standard(0), Early::Waits, 55_821);
}

#[test]
fn the_highest_and_earliest_bid_wins_with_steps_of_a_cent() {
    all_the_same(Format::Ascending, &StepTable::flat(Amount::ONE).unwrap(), Early::Waits, 55_821);
}

#[test]
fn the_highest_and_earliest_bid_wins_a_sealed_auction_and_is_paid() {
    all_the_same(Format::SealedFirstPrice, &StepTable::standard(0), Early::Waits, 55_821);
}
