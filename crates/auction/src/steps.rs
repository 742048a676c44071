//! How much an offer must add to the price.

use crate::Amount;
use std::sync::Arc;

/// From this price on, an offer adds at least this step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The lowest price that the step holds for, in minor units.
    pub from: Amount,
    /// What must be added, in minor units; at least one.
    pub step: Amount,
}

/// A step for every price. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTable(Arc<[Step]>);

/// The table of the largest auction site, in hundredths: price from, step.
/// Source: pages.ebay.com/help/buy/bid-increments.html.
#[allow(clippy::inconsistent_digit_grouping, reason = "units_hundredths reads as money")]
const STANDARD: [(i64, i64); 10] = [
    (0, 5),
    (1_00, 25),
    (5_00, 50),
    (25_00, 1_00),
    (100_00, 2_50),
    (250_00, 5_00),
    (500_00, 10_00),
    (1_000_00, 25_00),
    (2_500_00, 50_00),
    (5_000_00, 100_00),
];

impl StepTable {
    /// Rows in rising order, the first from zero, every step at least one; else `None`.
    pub fn new(rows: impl Into<Arc<[Step]>>) -> Option<StepTable> {
        let rows = rows.into();
        let rising = rows.windows(2).all(|pair| pair[0].from < pair[1].from);
        let positive = rows.iter().all(|row| (1..=Amount::MOST.0).contains(&row.step.0));
        let whole = rows.first().is_some_and(|row| row.from == Amount(0));
        (rising && positive && whole).then_some(StepTable(rows))
    }

    /// The same step at every price.
    pub fn flat(step: Amount) -> Option<StepTable> {
        StepTable::new([Step { from: Amount(0), step }])
    }

    /// The standard table for amounts of the magnitude of dollars and euros in hundredths, times 10^`power`.
    /// Yen (no decimals, a hundred to the dollar) take power 0; dinars (three decimals) power 1.
    /// Steps are rounded up to whole minor units; rows that fall together are merged.
    pub fn standard(power: i8) -> StepTable {
        let mut rows: Vec<Step> = Vec::with_capacity(STANDARD.len());
        for (from, step) in STANDARD {
            let row = Step { from: Amount(scale(from, power)), step: Amount(scale(step, power).max(1)) };
            match rows.last_mut() {
                Some(last) if last.from == row.from => *last = row,
                _ => rows.push(row),
            }
        }
        StepTable(rows.into())
    }

    /// The step at this price.
    pub fn at(&self, price: Amount) -> Amount {
        let row = self.0.iter().rev().find(|row| row.from <= price);
        row.map_or(Amount::ONE, |row| row.step)
    }

    /// All rows, in rising order.
    pub fn rows(&self) -> &[Step] {
        &self.0
    }
}

/// `value` times 10^`power`, rounded up.
fn scale(value: i64, power: i8) -> i64 {
    let factor = 10_i64.pow(u32::from(power.unsigned_abs().min(6)));
    if power >= 0 { value * factor } else { (value + factor - 1) / factor }
}
