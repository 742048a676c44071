//! The report for people.

use super::{Report, Verdict};
use crate::wire::{Money, Phase};
use std::fmt;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Auction {} of {}", self.auction, self.origin)?;
        writeln!(f, "{}", self.sentence())?;
        let entry = |entry: Option<u32>| entry.map_or(String::new(), |n| format!("entry {n}: "));
        for fault in &self.faults {
            writeln!(f, "wrong: {}{} ({})", entry(fault.entry), fault.reason, fault.reason.code())?;
        }
        for unchecked in &self.unchecked {
            writeln!(
                f,
                "not checked: {}{} ({})",
                entry(unchecked.entry),
                unchecked.gap,
                unchecked.gap.code()
            )?;
        }
        Ok(())
    }
}

impl Report {
    fn sentence(&self) -> String {
        let (folded, last) = (self.folded, self.last);
        match (self.verdict, self.first_bad_entry()) {
            (Verdict::Bad, Some(n)) => format!("Something is wrong, first with entry {n} of {last}."),
            (Verdict::Bad, None) => "Something is wrong.".to_owned(),
            (Verdict::Incomplete, _) if folded == last && last > 0 => {
                format!("Nothing is wrong, and all {last} entries fit the rules, but not everything is open.")
            }
            (Verdict::Incomplete, _) => {
                format!("Nothing is wrong, but only {folded} of {last} entries could be recomputed.")
            }
            (Verdict::Good, _) => format!("All {last} entries follow from the rules. {}", self.outcome()),
        }
    }

    fn written(&self, price: Money) -> String {
        match self.currency {
            Some(currency) => format!("{} {}", currency.write(price.into()), currency.code()),
            None => format!("{} minor units", price.0),
        }
    }

    fn outcome(&self) -> String {
        match (self.phase, self.winner, self.price) {
            (Some(Phase::Sold), Some(winner), Some(price)) => {
                let site = winner.site.map_or("the origin".to_owned(), |site| site.to_string());
                format!("Bidder {} of {site} has won and pays {}.", winner.number, self.written(price))
            }
            (Some(Phase::Withdrawn), ..) => "It was withdrawn.".to_owned(),
            _ => "Nobody has won.".to_owned(),
        }
    }
}
