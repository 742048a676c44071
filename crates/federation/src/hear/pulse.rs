//! A site says that it is there, and what there is to know.

use super::{Here, Speaker, Then};
use crate::chain::{self, Beat};
use crate::wire::{Hash, Pulse};
use auction::Time;
use market::Refusal;
use store::Tx;
use store::level::{self, Known, Level};

/// Compares what a site counts with what is known of it here. Its auctions are confirmed, so who watches them is told.
pub(super) fn take_in(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    pulse: &Pulse,
    then: &mut Then,
) -> Result<(), Refusal> {
    let known = level::open(tx, speaker.site, usize::MAX >> 1)?;
    let found = if digest(&known) == pulse.digest {
        Level::Level
    } else if known.len() < pulse.live as usize {
        Level::Lacking
    } else {
        Level::Behind
    };
    let at = Time::from(pulse.at).min(here.now);
    if level::pulsed(tx, speaker.site, at, found)? {
        then.changed.extend(known.iter().map(|known| known.id));
    }
    Ok(())
}

fn digest(known: &[Known]) -> Hash {
    let beat = |known: &Known| Beat {
        auction: known.remote.cast_unsigned(),
        last: known.last,
        head: Hash(known.head),
    };
    chain::digest(&known.iter().map(beat).collect::<Vec<_>>())
}
