//! The soft close: a change near the end moves the end.

use crate::{Auction, Standing, Time};

/// Whatever changed price or leader within the window sets
/// ends_at = max(ends_at, min(arrival + window, scheduled end + cap)).
pub(crate) fn extend(auction: &Auction, after: &mut Standing, at: Time) {
    let Some(extension) = auction.terms.extension.filter(|_| auction.terms.has_ladder()) else {
        return;
    };
    let before = &auction.standing;
    let leader = |standing: &Standing| standing.leader.map(|leader| leader.person);
    let changed = before.price != after.price || leader(before) != leader(after);
    if changed && at >= before.ends_at - extension.window {
        let latest = auction.terms.ends_at + extension.cap;
        after.ends_at = before.ends_at.max(latest.min(at + extension.window));
    }
}
