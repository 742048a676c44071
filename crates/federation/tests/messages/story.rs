//! Random stories: whatever people do, the rules answer.

use crate::stage::*;
use auction::{Actor, Amount, Clock, Decimal, Deed, Format, Person, Span, Terms, Time, Which};
use proptest::prelude::*;

#[derive(Clone, Debug)]
pub enum Move {
    Offer { who: i64, above: i64 },
    Take { who: i64, below: i64 },
    Buy { who: i64 },
    Retract { who: i64 },
    Cancel { whose: i64 },
    Lower { to: i64 },
    Away { seconds: i64 },
    Withdraw,
    EndEarly,
}

/// What happens, and how long after the move before.
pub type Story = Vec<(i64, Move)>;

fn a_move() -> impl Strategy<Value = Move> {
    let who = || 1..7i64;
    prop_oneof![
        20 => (who(), -300..4_000i64).prop_map(|(who, above)| Move::Offer { who, above }),
        2 => (who(), -200..400i64).prop_map(|(who, below)| Move::Take { who, below }),
        1 => who().prop_map(|who| Move::Buy { who }),
        2 => who().prop_map(|who| Move::Retract { who }),
        2 => who().prop_map(|whose| Move::Cancel { whose }),
        2 => (500..6_000i64).prop_map(|to| Move::Lower { to }),
        1 => (1..4_000i64).prop_map(|seconds| Move::Away { seconds }),
        1 => Just(Move::Withdraw),
        1 => Just(Move::EndEarly),
    ]
}

pub fn story() -> impl Strategy<Value = Story> {
    let wait = prop_oneof![0..600i64, 0..90_000i64];
    proptest::collection::vec((wait, a_move()), 0..24)
}

/// Terms of every format.
pub fn any_terms() -> impl Strategy<Value = Terms> {
    let clock = Clock { step: Amount(100), interval: Span::hours(9), floor: Amount(200) };
    let format = prop_oneof![
        6 => Just(Format::Ascending),
        3 => Just(Format::Reverse),
        1 => Just(Format::SealedFirstPrice),
        1 => Just(Format::SealedSecondPrice),
        2 => Just(Format::Descending(clock)),
    ];
    let reserve = proptest::option::of(0..5_000i64);
    (format, reserve, any::<bool>()).prop_map(|(format, reserve, buy_now)| {
        let reserve = match format {
            Format::Descending(_) => None,
            Format::Reverse => reserve.map(|more| Amount(1_000 - more / 6)),
            _ => reserve.map(|more| Amount(1_000 + more)),
        };
        let buy_now = (buy_now && format == Format::Ascending).then_some(Amount(7_000));
        Terms { reserve, buy_now, ..terms(format) }
    })
}

impl Stage {
    fn play(&mut self, at: Time, a_move: &Move) {
        let person = |who: i64| Actor::Person(Person(who));
        let cents = |amount: i64| Decimal::new(amount, 2);
        let seller = Actor::Person(SELLER);
        match *a_move {
            Move::Offer { who, above } => {
                let least = self.auction.least_offer(Some(Person(who))).map_or(500, |least| least.0);
                let down = self.auction.terms.format == Format::Reverse;
                let amount = if down { least - above / 20 } else { least + above };
                self.offer(who, amount.max(1), at)
            }
            Move::Take { who, below } => {
                let price = self.auction.clock_price(at).map_or(500, |price| price.0);
                self.give(person(who), Deed::Take { seen: cents((price + below).max(1)) }, at)
            }
            Move::Buy { who } => self.give(person(who), Deed::BuyNow, at),
            Move::Retract { who } => {
                self.give(person(who), Deed::Retract { reason: "typing error".into() }, at)
            }
            Move::Cancel { whose } => {
                let deed =
                    Deed::Cancel { whose: Person(whose), which: Which::All, reason: "never pays".into() };
                self.give(seller, deed, at)
            }
            Move::Lower { to } => self.give(seller, Deed::LowerReserve { to: Some(cents(to)) }, at),
            Move::Away { seconds } => {
                let from = at - Span::seconds(seconds);
                self.give(Actor::Site, Deed::Postpone { from, to: at, reason: "power".into() }, at)
            }
            Move::Withdraw => self.give(seller, Deed::Withdraw { reason: "broken".into() }, at),
            Move::EndEarly => self.give(seller, Deed::EndEarly, at),
        };
    }
}

/// Plays a story to its end.
pub fn played(terms: &Terms, story: &Story, accepts: bool) -> Stage {
    let mut stage = Stage::new(terms.clone());
    let mut at = OPENS;
    for (wait, a_move) in story {
        at = at + Span::seconds(*wait);
        stage.play(at, a_move);
    }
    stage.close();
    if accepts {
        let at = stage.auction.last_at;
        stage.give(Actor::Person(SELLER), Deed::Accept, at);
    }
    stage
}
