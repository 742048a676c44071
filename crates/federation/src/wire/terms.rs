//! The terms of an auction, without what is hidden.

mod convert;

use super::malformed::{Malformed, expect};
use super::{Floor, Length, Moment, Money};
use serde::{Deserialize, Serialize};

/// How offers turn into a winner and a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Rising price, hidden maxima.
    Ascending,
    /// One hidden offer a bidder; the best wins and pays it.
    SealedFirstPrice,
    /// One hidden offer a bidder; the best wins and pays the second best.
    SealedSecondPrice,
    /// The price falls by the clock; the first to take it wins.
    Descending,
    /// Falling offers for a job; the mirror of ascending.
    Reverse,
}

/// The clock of a descending auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// By how much the price falls at each interval.
    pub step: Money,
    /// How long a price holds.
    pub interval: Length,
    /// Below this the price does not fall.
    pub floor: Money,
}

/// From this price on, an offer adds at least this step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The lowest price that the step holds for.
    pub from: Floor,
    /// What must be added.
    pub step: Money,
}

/// The soft close.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// A change this close to the end moves the end to this long after it.
    pub window: Length,
    /// But never further than this beyond the scheduled end.
    pub cap: Length,
}

/// Everything that the seller fixed, as far as strangers may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// How it is decided.
    pub format: Format,
    /// Present if and only if the format is descending.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// The ISO 4217 code.
    pub currency: String,
    /// Decimals of its minor unit, 0 to 4.
    pub exponent: u8,
    /// The least first offer; in a reverse auction the most, in a descending one where the clock starts.
    pub start_price: Money,
    /// Whether there is a reserve. How much it is stays hidden.
    pub has_reserve: bool,
    /// The buy-now price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buy_now: Option<Money>,
    /// What an offer must add: 1 to 64 rows, rising, the first from 0.
    pub steps: Vec<Step>,
    /// The first moment at which offers are taken.
    pub opens_at: Moment,
    /// The scheduled end: the first moment at which offers are no longer taken.
    pub ends_at: Moment,
    /// The soft close; absent if the end is hard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

/// The most rows of a step table.
const STEPS_MOST: usize = 64;

impl Terms {
    /// Whether they are what the rules can work with.
    pub(super) fn check(&self) -> Result<(), Malformed> {
        let falls = self.format == Format::Descending;
        expect(self.clock.is_some() == falls, "clock", "present if and only if the format is descending")?;
        expect((1..=STEPS_MOST).contains(&self.steps.len()), "steps", "not from 1 to 64 rows")?;
        expect(!(falls && self.has_reserve), "has_reserve", "not in this format")?;
        let rules = self.rules(None)?;
        match rules.problems().first() {
            Some(wrong) => Err(Malformed::new(wrong.field, wrong.problem.replace('_', " "))),
            None => Ok(()),
        }
    }
}
