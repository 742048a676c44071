//! A site that was restored takes back what it had decided: the same commands are decided again, at their times.

use crate::{Market, Refusal};
use auction::{Case, Command, Decision, Entry, Time, decide};
use std::sync::atomic::Ordering;
use store::decided::Decided;
use store::ledger::Ledger;
use store::{Error, Tx};

/// A command that was decided once, and the number and arrival of its entry.
#[derive(Clone, Debug)]
pub struct Retaken {
    /// What was asked.
    pub command: Command,
    /// The number of the entry.
    pub number: u32,
    /// Its arrival.
    pub at: Time,
    /// Whether it took effect, where that was told.
    pub accepted: Option<bool>,
}

/// Decides commands on one auction again. Those whose entries are there already change nothing. Gives how many entries were
/// written, or the number of the first that comes out differently.
pub fn retake(tx: &mut Tx<'_>, auction: i64, taken: &[Retaken]) -> Result<Result<u32, u32>, Error> {
    let (mut ledger, mut decided, mut count) = (Ledger::default(), Decided::default(), 0);
    ledger.begin(tx);
    for one in taken {
        if ledger.load(tx, auction, &one.command)?.is_none() {
            return Ok(Err(one.number));
        }
        let last = ledger.auction(auction).map_or(0, |auction| auction.last);
        if one.number <= last {
            let prior = ledger.prior(tx, &mut decided, auction, &one.command)?;
            let is_known =
                one.command.by.person().is_none() || prior.is_some_and(|prior| prior.number == one.number);
            if is_known {
                continue;
            }
            return Ok(Err(one.number));
        }
        let Some((entry, standing)) = again(&ledger, auction, one) else { return Ok(Err(one.number)) };
        ledger.take(auction, entry, standing);
        count += 1;
    }
    ledger.write(tx)?;
    Ok(Ok(count))
}

type Standing = Option<(auction::Person, bool)>;

fn again(ledger: &Ledger, auction: i64, one: &Retaken) -> Option<(Entry, Standing)> {
    let case: Case<'_> = ledger.case(auction, &one.command, None)?;
    let Decision::Append(entry) = decide(&case, &one.command, one.at) else { return None };
    let is_same = one.accepted.is_none_or(|accepted| accepted == entry.accepted())
        && (entry.number, entry.at) == (one.number, one.at);
    let whose = one.command.deed.takes_from(one.command.by.person());
    let standing = whose.map(|whose| (whose, case.still_standing(whose, &entry.removed)));
    is_same.then_some((entry, standing))
}

impl Market {
    /// From now on nothing is decided and nothing closed: the database may be older than what was decided.
    pub fn hold(&self) {
        self.held.store(true, Ordering::SeqCst);
    }

    /// Whether nothing is decided now.
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::SeqCst)
    }

    /// Decides again. First of all it notices how long it was away, and finishes what was begun; gives how many ends were
    /// moved.
    pub async fn release(&self) -> Result<usize, Refusal> {
        self.held.store(false, Ordering::SeqCst);
        let moved = self.notice_outage().await?;
        self.finish_suspensions().await?;
        Ok(moved)
    }
}
