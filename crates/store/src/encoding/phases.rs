//! Phase and outcome as four columns; progress as a number.

use auction::{Amount, Outcome, Person, Phase, Progress, Time};

/// The columns `phase`, `phase_at`, `winner`, `sold_price`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredPhase {
    /// 0 draft, 1 awaiting approval, 2 not approved, 3 published, 4 closed, 5 withdrawn.
    pub phase: i64,
    /// When it was closed or withdrawn.
    pub at: Option<i64>,
    /// Who won.
    pub winner: Option<i64>,
    /// At what price.
    pub price: Option<i64>,
}

/// Published, as in the column `phase`.
pub const PUBLISHED: i64 = 3;
/// Closed, as in the column `phase`.
pub const CLOSED: i64 = 4;

/// The columns of a phase.
pub fn phase_parts(phase: &Phase) -> StoredPhase {
    let plain = |phase| StoredPhase { phase, at: None, winner: None, price: None };
    match *phase {
        Phase::Draft => plain(0),
        Phase::AwaitingApproval => plain(1),
        Phase::NotApproved => plain(2),
        Phase::Published => plain(PUBLISHED),
        Phase::Closed { at, outcome: Outcome::Unsold } => StoredPhase { at: Some(at.0), ..plain(CLOSED) },
        Phase::Closed { at, outcome: Outcome::Sold { winner, price } } => {
            StoredPhase { phase: CLOSED, at: Some(at.0), winner: Some(winner.0), price: Some(price.0) }
        }
        Phase::Withdrawn { at } => StoredPhase { at: Some(at.0), ..plain(5) },
    }
}

impl StoredPhase {
    /// The phase of the columns.
    pub fn phase(self) -> Phase {
        let at = Time(self.at.unwrap_or(0));
        match self.phase {
            0 => Phase::Draft,
            1 => Phase::AwaitingApproval,
            2 => Phase::NotApproved,
            PUBLISHED => Phase::Published,
            CLOSED => Phase::Closed { at, outcome: self.outcome() },
            _ => Phase::Withdrawn { at },
        }
    }

    fn outcome(self) -> Outcome {
        match (self.winner, self.price) {
            (Some(winner), Some(price)) => Outcome::Sold { winner: Person(winner), price: Amount(price) },
            _ => Outcome::Unsold,
        }
    }
}

const PROGRESSES: [Progress; 7] = [
    Progress::Unpublished,
    Progress::Scheduled,
    Progress::Open,
    Progress::Closing,
    Progress::Sold,
    Progress::Unsold,
    Progress::Withdrawn,
];

/// A progress as a number.
pub fn progress_number(progress: Progress) -> i64 {
    PROGRESSES.iter().position(|other| *other == progress).unwrap_or(0) as i64
}

/// A progress from its number; unknown numbers are read as unpublished.
pub fn progress_from_number(number: i64) -> Progress {
    let index = usize::try_from(number).unwrap_or(0);
    PROGRESSES.get(index).copied().unwrap_or(Progress::Unpublished)
}
