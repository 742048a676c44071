//! What the seller fixes: the terms of one auction.

use crate::{Amount, Currency, Side, Span, StepTable, Time};

/// How offers turn into a winner and a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Rising price, hidden maxima. The default.
    Ascending,
    /// One hidden offer a bidder; the best wins and pays it.
    SealedFirstPrice,
    /// One hidden offer a bidder; the best wins and pays the second best (Vickrey).
    SealedSecondPrice,
    /// The price falls by the clock; the first to take it wins ("Dutch").
    Descending(Clock),
    /// Falling offers for a job; the mirror of ascending.
    Reverse,
}

/// The clock of a descending auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// By how much the price falls at each interval.
    pub step: Amount,
    /// How long a price holds.
    pub interval: Span,
    /// Below this the price does not fall.
    pub floor: Amount,
}

/// The soft close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension {
    /// A change this close to the end moves the end to this long after it.
    pub window: Span,
    /// But never further than this beyond the scheduled end.
    pub cap: Span,
}

impl Extension {
    /// The last two minutes, at most an hour.
    pub const STANDARD: Extension = Extension { window: Span::seconds(120), cap: Span::minutes(60) };
}

/// Everything the seller fixed. Frozen at the first bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How it is decided.
    pub format: Format,
    /// What the amounts are in.
    pub currency: Currency,
    /// The least first offer; in a reverse auction the most, in a descending one where the clock starts.
    pub start_price: Amount,
    /// Hidden: below it (reverse: above it) nothing is sold.
    pub reserve: Option<Amount>,
    /// Ends an ascending auction at once at this price.
    pub buy_now: Option<Amount>,
    /// What an offer must add.
    pub steps: StepTable,
    /// First moment at which offers are taken.
    pub opens_at: Time,
    /// Scheduled end: the first moment at which offers are no longer taken.
    pub ends_at: Time,
    /// Soft close; only ascending and reverse auctions use it.
    pub extension: Option<Extension>,
}

/// What is wrong with terms: the field's name and a stable word for the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field, as in the API.
    pub field: &'static str,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// A clock that runs longer than this many steps is a typing error.
const MOST_CLOCK_STEPS: i64 = 100_000;

impl Terms {
    /// In which direction offers are better.
    pub fn side(&self) -> Side {
        if self.format == Format::Reverse { Side::Lower } else { Side::Higher }
    }

    /// Whether price and leader are shown while the auction runs.
    pub fn is_sealed(&self) -> bool {
        matches!(self.format, Format::SealedFirstPrice | Format::SealedSecondPrice)
    }

    /// Whether offers climb (or descend) a ladder of steps.
    pub fn has_ladder(&self) -> bool {
        matches!(self.format, Format::Ascending | Format::Reverse)
    }

    /// Everything that is wrong with the terms by themselves. What a site allows (durations, currencies) is
    /// the site's to check.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        let mut expect = |good: bool, field, problem| {
            if !good {
                found.push(Problem { field, problem });
            }
        };
        let amount = |a: Amount| (Amount::ONE..=Amount::MOST).contains(&a);
        let side = self.side();
        expect(amount(self.start_price), "start_price", "out_of_range");
        expect(self.opens_at < self.ends_at, "ends_at", "not_after_start");
        if let Some(reserve) = self.reserve {
            expect(amount(reserve), "reserve", "out_of_range");
            let placed = side.worth(reserve) >= side.worth(self.start_price);
            expect(placed, "reserve", "on_wrong_side_of_start_price");
            expect(!self.is_descending(), "reserve", "not_in_this_format");
        }
        if let Some(buy_now) = self.buy_now {
            expect(self.format == Format::Ascending, "buy_now", "not_in_this_format");
            expect(amount(buy_now), "buy_now", "out_of_range");
            expect(buy_now > self.start_price, "buy_now", "not_above_start_price");
            expect(self.reserve.is_none_or(|r| buy_now >= r), "buy_now", "below_reserve");
        }
        if let Some(extension) = self.extension {
            expect(extension.window > Span::ZERO, "extension_window", "out_of_range");
            expect(extension.cap >= extension.window, "extension_cap", "below_window");
        }
        if let Format::Descending(clock) = self.format {
            let falls = clock.step >= Amount::ONE && clock.floor >= Amount::ONE;
            expect(falls, "clock_step", "out_of_range");
            expect(clock.floor < self.start_price, "clock_floor", "not_below_start_price");
            expect(clock.interval >= Span::seconds(1), "clock_interval", "out_of_range");
            let short = falls && clock.steps_from(self.start_price) <= MOST_CLOCK_STEPS;
            expect(short, "clock_step", "too_many_steps");
        }
        found
    }

    fn is_descending(&self) -> bool {
        matches!(self.format, Format::Descending(_))
    }

    /// The same terms, with the end that the clock of a descending auction gives. Others keep theirs.
    pub fn with_clock_end(mut self) -> Terms {
        if let Format::Descending(clock) = self.format {
            self.ends_at = self.opens_at + clock.length(self.start_price);
        }
        self
    }

    /// Whether somebody who saw `self` would have to look again at `other`: any term that a stranger can see
    /// and that bears on the price. The hidden amount of a reserve is not among them, its presence is.
    pub fn price_relevant_change(&self, other: &Terms) -> bool {
        let seen = |terms: &Terms| Terms { reserve: terms.reserve.map(|_| Amount::ONE), ..terms.clone() };
        seen(self) != seen(other)
    }
}
