//! The outage rule: while the origin was away nobody could bid, so the end waits for them.

use crate::{Auction, Format, Phase, Span, Standing, Time};

/// An outage that touches the last part of an auction moves its end; this long without a soft close.
pub const OUTAGE_WINDOW: Span = Span::seconds(120);

/// A shorter silence is no outage: heartbeats come every five seconds.
const LONGEST_SILENCE: Span = Span::seconds(10);

/// At most so often.
const MOST_POSTPONEMENTS: u32 = 2;

/// Never beyond the first scheduled end by more than this.
const LATEST: Span = Span::hours(24);

/// How the auction stands after an outage from one moment to another; `None` if it changes nothing.
pub(crate) fn postponed(auction: &Auction, from: Time, to: Time) -> Option<Standing> {
    if auction.standing.phase != Phase::Published || to - from <= LONGEST_SILENCE {
        return None;
    }
    let mut after = auction.standing.clone();
    match auction.terms.format {
        Format::Descending(_) => stand_still(auction, &mut after, from, to),
        _ => move_end(auction, &mut after, from, to),
    }
    (after != auction.standing).then_some(after)
}

fn move_end(auction: &Auction, after: &mut Standing, from: Time, to: Time) {
    let window = match auction.terms.extension {
        Some(extension) if auction.terms.has_ladder() => extension.window,
        _ => OUTAGE_WINDOW,
    };
    let end = auction.standing.ends_at;
    let touches = from < end && to > end - window;
    if touches && auction.standing.postponed < MOST_POSTPONEMENTS {
        let moved = latest(auction).min(to + window);
        if moved > end {
            after.ends_at = moved;
            after.postponed += 1;
        }
    }
}

/// A descending clock that was running stands still for the whole outage, and its end waits as long; but the
/// end waits no longer than any other, even if the clock has not come to its floor by then.
fn stand_still(auction: &Auction, after: &mut Standing, from: Time, to: Time) {
    let end = auction.standing.ends_at;
    let still = to - from.max(auction.terms.opens_at);
    if from < end && still > Span::ZERO {
        after.stood_still = after.stood_still + still;
        after.ends_at = latest(auction).min(end + still);
        after.postponed += 1;
    }
}

impl Auction {
    /// Whether its close waits for an outage that began at a time and is not over yet.
    pub fn waits_for_return(&self, since: Time, now: Time) -> bool {
        now < latest(self) && postponed(self, since, now).is_some()
    }
}

fn latest(auction: &Auction) -> Time {
    auction.terms.ends_at + LATEST
}
