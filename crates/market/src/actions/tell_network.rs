//! What is public here is told to other sites: the network is asked to look.

use auction::{Auction, Phase, Time};
use store::{Error, Tx, announced};

/// Marks an auction for the network, if the site is part of one and everybody may see the auction.
pub(super) fn tell_network(
    tx: &mut Tx<'_>,
    networked: bool,
    id: i64,
    auction: &Auction,
    now: Time,
) -> Result<(), Error> {
    if networked && auction.standing.phase == Phase::Published {
        announced::mark(tx, id, now)
    } else {
        Ok(())
    }
}
