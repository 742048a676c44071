//! Checking an auction afterwards, by anybody: signatures, the chain of rulings, commitments, and the rules themselves.
//!
//! | to learn | open |
//! |---|---|
//! | what is handed in | `receipts` |
//! | whose word each message is | `collect` |
//! | whether entries hang together | `links` |
//! | whether amounts are what they were bound to | `promises` |
//! | whether the rules give price, leader, end and winner | `fold` |
//! | what is said about it | `report` |

mod collect;
mod fold;
mod links;
mod promises;
mod receipts;
mod report;

pub use receipts::{FORMAT, Receipts};
pub use report::{Fault, Gap, Reason, Report, Unchecked, Verdict};

/// Checks everything that these receipts allow to check. Reads nothing else.
pub fn verify(receipts: &Receipts) -> Report {
    let mut report = Report::new(receipts.origin, receipts.auction);
    let found = collect::collect(receipts, &mut report);
    let history = links::link(&found, &mut report);
    promises::check(receipts, &found, &history, &mut report);
    fold::check(&found, &history, &mut report);
    report.finish(&found, &history);
    report
}
