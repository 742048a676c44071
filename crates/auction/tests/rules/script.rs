//! Random stories: who asks what, when, around which amount. Told in words that find the interesting amounts and
//! moments by themselves, and played to the crate and to the reference alike.

use crate::reference::{Answer, Ask, End, HOUR, Kind, Listing, Reference, SECOND};
use crate::scene::*;
use auction::{
    Actor, Amount, Decision, Deed, Extension, Format, Outcome, Person, Phase, Span, Step, StepTable, Terms,
    Time, Verdict, Which,
};
use proptest::prelude::*;

/// An amount near something.
#[derive(Clone, Copy, Debug)]
pub enum Near {
    Least(i64),
    Limit(i64),
    Price(i64),
    Reserve(i64),
    Plain(i64),
}

/// A moment after the last one.
#[derive(Clone, Copy, Debug)]
pub enum Wait {
    For(i64),
    /// So long before (or after) the end, if that is still to come.
    End(i64),
}

#[derive(Clone, Copy, Debug)]
pub enum Move {
    Offer(usize, Near),
    BuyNow(usize),
    Retract(usize),
    /// Whose, and which of the entries; all if none.
    Cancel(usize, Option<usize>),
    LowerReserve(Option<Near>),
    EndEarly,
    Withdraw(bool),
    Accept,
    Close,
    /// So long before the end, for so long.
    Away(i64, i64),
}

pub type Story = Vec<(Wait, Move)>;

fn near() -> impl Strategy<Value = Near> {
    let little = prop_oneof![6 => -2..=2i64, 3 => -60..=120i64, 2 => 0..=3_000i64];
    (0..5u8, little, 1..30_000i64).prop_map(|(kind, little, plain)| match kind {
        0 => Near::Least(little),
        1 => Near::Limit(little),
        2 => Near::Price(little),
        3 => Near::Reserve(little),
        _ => Near::Plain(plain),
    })
}

/// Mostly at once, now and then around an edge: a story in which the end comes soon is a dull one.
fn wait() -> impl Strategy<Value = Wait> {
    prop_oneof![
        60 => Just(Wait::For(0)),
        20 => Just(Wait::For(1)),
        4 => (-5..3i64).prop_map(Wait::For),
        2 => (-2..=2i64).prop_map(|d| Wait::For(HOUR + d)),
        2 => (0..2 * HOUR).prop_map(Wait::For),
        2 => (-2..=2i64).prop_map(|d| Wait::End(12 * HOUR + d)),
        2 => (30..=130i64).prop_map(|s| Wait::End(s * SECOND)),
        2 => (-2..=2i64).prop_map(|d| Wait::End(120 * SECOND + d)),
        1 => (-1..=2i64).prop_map(Wait::End),
    ]
}

/// Where a new reserve is worth trying.
fn lowered() -> impl Strategy<Value = Near> {
    prop_oneof![
        3 => (-2_000..=1i64).prop_map(Near::Reserve),
        3 => (-2..=2i64).prop_map(Near::Limit),
        2 => (-2..=60i64).prop_map(Near::Price),
    ]
}

fn a_move() -> impl Strategy<Value = Move> {
    prop_oneof![
        30 => (0..4usize, near()).prop_map(|(who, near)| Move::Offer(who, near)),
        1 => (0..4usize).prop_map(Move::BuyNow),
        3 => (0..4usize).prop_map(Move::Retract),
        3 => (0..4usize, proptest::option::of(0..8usize)).prop_map(|(whose, which)| Move::Cancel(whose, which)),
        3 => proptest::option::weighted(0.9, lowered()).prop_map(Move::LowerReserve),
        1 => Just(Move::Accept),
        2 => Just(Move::Close),
        1 => (-2..200 * SECOND, 0..3 * HOUR).prop_map(|(before, long)| Move::Away(before, long)),
    ]
}

/// Up to fifty moves; now and then the seller ends it.
pub fn story() -> impl Strategy<Value = Story> {
    let last = prop_oneof![3 => Just(Move::Close), 1 => Just(Move::EndEarly), 1 => any::<bool>().prop_map(Move::Withdraw)];
    let moves = proptest::collection::vec((wait(), a_move()), 1..50);
    (moves, last, any::<bool>()).prop_map(|(mut moves, last, accept)| {
        let wait = if matches!(last, Move::Close) { Wait::End(0) } else { Wait::For(1) };
        moves.push((wait, last));
        if accept {
            moves.push((Wait::For(48 * HOUR), Move::Accept));
        }
        moves
    })
}

pub fn listing(kind: Kind) -> impl Strategy<Value = Listing> {
    let ends = prop_oneof![Just(7 * 24 * HOUR), Just(24 * HOUR), Just(10 * HOUR), Just(HOUR)];
    let start = prop_oneof![Just(1i64), Just(100), Just(1_000), Just(9_990), 1..20_000i64];
    let soft = prop_oneof![4 => Just(Some((120 * SECOND, HOUR))), 1 => Just(None), 1 => Just(Some((10 * SECOND, 15 * SECOND)))];
    let beyond = proptest::option::weighted(0.6, prop_oneof![1 => Just(0i64), 5 => 1..20_000i64]);
    (start, beyond, proptest::option::of(1..30_000i64), any::<bool>(), ends, soft).prop_map(
        move |(start, beyond, buy_now, flat, ends, soft)| {
            let up = kind != Kind::Reverse;
            let reserve = beyond.map(|by| if up { start + by } else { (start - by).max(1) });
            let buy_now = buy_now
                .filter(|_| kind == Kind::Ascending)
                .map(|by| reserve.unwrap_or(start).max(start) + by);
            let steps = if flat { vec![(0, 30)] } else { table() };
            let (opens, ends) = (OPENS.0, OPENS.0 + ends);
            Listing { kind, start, reserve, buy_now, steps, opens, ends, soft }
        },
    )
}

/// The page's table, copied from the page.
fn table() -> Vec<(i64, i64)> {
    [
        (0, 5),
        (100, 25),
        (500, 50),
        (2_500, 100),
        (10_000, 250),
        (25_000, 500),
        (50_000, 1_000),
        (100_000, 2_500),
        (250_000, 5_000),
        (500_000, 10_000),
    ]
    .to_vec()
}

pub fn terms_of(listing: &Listing) -> Terms {
    let row = |&(from, step): &(i64, i64)| Step { from: Amount(from), step: Amount(step) };
    let rows: Vec<Step> = listing.steps.iter().map(row).collect();
    Terms {
        format: match listing.kind {
            Kind::Ascending => Format::Ascending,
            Kind::Reverse => Format::Reverse,
            Kind::SealedFirst => Format::SealedFirstPrice,
            Kind::SealedSecond => Format::SealedSecondPrice,
        },
        currency: eur(),
        start_price: Amount(listing.start),
        reserve: listing.reserve.map(Amount),
        buy_now: listing.buy_now.map(Amount),
        steps: StepTable::new(rows).unwrap(),
        opens_at: Time(listing.opens),
        ends_at: Time(listing.ends),
        extension: listing.soft.map(|(window, cap)| Extension { window: Span(window), cap: Span(cap) }),
    }
}

/// Who of the four.
pub fn person(who: usize) -> Person {
    EVERYBODY[who % EVERYBODY.len()]
}

/// The crate and the reference, playing the same story.
pub struct Stage {
    pub scene: Scene,
    pub reference: Reference,
    now: i64,
}

impl Stage {
    pub fn new(listing: &Listing) -> Stage {
        Stage {
            scene: Scene::new(terms_of(listing)),
            reference: Reference::new(listing.clone()),
            now: listing.opens,
        }
    }

    /// The moment of the next move.
    pub fn moment(&mut self, wait: Wait) -> i64 {
        self.now = match wait {
            Wait::For(long) => self.now + long,
            Wait::End(before) => self.now.max(self.reference.ends - before),
        };
        self.now
    }

    fn amount(&self, who: Option<Person>, near: Near) -> i64 {
        let standing = &self.scene.auction.standing;
        let or_start =
            |amount: Option<Amount>| amount.map_or(self.reference.listing.start, |amount| amount.0);
        match near {
            Near::Least(by) => or_start(self.scene.auction.least_offer(who)) + by,
            Near::Limit(by) => or_start(standing.leader.map(|leader| leader.limit)) + by,
            Near::Price(by) => or_start(standing.price) + by,
            Near::Reserve(by) => or_start(standing.reserve) + by,
            Near::Plain(amount) => amount,
        }
    }

    /// What the move asks, for both.
    pub fn asked(&self, a_move: Move) -> (Actor, Deed, Ask) {
        let (seller, reason) = (Actor::Person(SELLER), Box::<str>::from("so"));
        match a_move {
            Move::Offer(who, near) => {
                let amount = self.amount(Some(person(who)), near);
                let deed = Deed::Offer { amount: cents(amount) };
                (Actor::Person(person(who)), deed, Ask::Offer(person(who).0, amount))
            }
            Move::BuyNow(who) => (Actor::Person(person(who)), Deed::BuyNow, Ask::BuyNow(person(who).0)),
            Move::Retract(who) => {
                (Actor::Person(person(who)), Deed::Retract { reason }, Ask::Retract(person(who).0))
            }
            Move::Cancel(who, which) => self.cancelled(person(who), which),
            Move::LowerReserve(near) => {
                let to = near.map(|near| self.amount(None, near));
                (seller, Deed::LowerReserve { to: to.map(cents) }, Ask::LowerReserve(to))
            }
            Move::EndEarly => (seller, Deed::EndEarly, Ask::EndEarly),
            Move::Withdraw(true) => (MODERATOR, Deed::Withdraw { reason }, Ask::Withdraw(true)),
            Move::Withdraw(false) => (seller, Deed::Withdraw { reason }, Ask::Withdraw(false)),
            Move::Accept => (seller, Deed::Accept, Ask::Accept),
            Move::Close => (Actor::Site, Deed::Close, Ask::Close),
            Move::Away(before, long) => {
                let from = Time(self.reference.ends - before);
                let to = from + Span(long);
                (Actor::Site, Deed::Postpone { from, to, reason }, Ask::Away(from.0, to.0))
            }
        }
    }

    /// One of the bids of whoever made it, or all of somebody's.
    fn cancelled(&self, whose: Person, which: Option<usize>) -> (Actor, Deed, Ask) {
        let entry = which.and_then(|which| self.scene.entries.get(which));
        let whose = entry.and_then(|entry| entry.by.person()).unwrap_or(whose);
        let number = entry.map(|entry| entry.number);
        let which = number.map_or(Which::All, Which::One);
        let deed = Deed::Cancel { whose, which, reason: "so".into() };
        (Actor::Site, deed, Ask::Cancel(whose.0, number))
    }

    /// Plays one move to both. Gives the two answers.
    pub fn play(&mut self, wait: Wait, a_move: Move) -> (Answer, Answer) {
        let now = self.moment(wait);
        let (by, deed, ask) = self.asked(a_move);
        let expected = self.reference.ask(&ask, now);
        let command = self.scene.command(by, deed);
        let answer = match self.scene.take_up(&command, Time(now)) {
            Decision::Append(entry) => match entry.verdict {
                Verdict::Accepted => Answer::Done,
                Verdict::Refused(refusal) => Answer::No(refusal.code()),
            },
            Decision::Refuse(refusal) => Answer::Ignored(refusal.code()),
            Decision::Nothing => Answer::Nothing,
            Decision::Repeat(_) => panic!("every id is new"),
        };
        (answer, expected)
    }

    /// How the crate's auction ended, in the reference's words.
    pub fn end(&self) -> End {
        match self.scene.auction.standing.phase {
            Phase::Published => End::No,
            Phase::Closed { outcome: Outcome::Sold { winner, price }, .. } => End::Sold(winner.0, price.0),
            Phase::Closed { at, .. } => End::Unsold(at.0),
            Phase::Withdrawn { .. } => End::Withdrawn,
            other => panic!("{other:?}"),
        }
    }
}
