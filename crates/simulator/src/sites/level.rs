//! What must hold in the end.

use super::site::Site;
use super::world::World;
use federation::verify::Verdict;
use federation::wire;
use std::collections::BTreeMap;

/// How many auctions are looked at, at most.
const AUCTIONS_MOST: i64 = 500;

/// Everything that does not hold; empty if all is well.
pub(super) async fn wrong(world: &World) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut known: BTreeMap<(wire::Site, u64), (usize, String)> = BTreeMap::new();
    for (place, site) in world.sites.iter().enumerate() {
        wrong.extend(waiting(place, site).await);
        for auction in 1..AUCTIONS_MOST {
            // A site that was lost leaves numbers out.
            let Ok(digest) = federation::digest(site.market(), site.key(), auction).await else { continue };
            let (name, text) = ((digest.origin, digest.auction), digest.text());
            let (first, held) = known.entry(name).or_insert_with(|| (place, text.clone()));
            if *held != text {
                let (one, other) = difference(held, &text);
                wrong.push(format!("of {name:?} site {first} holds {one:?}, site {place} {other:?}"));
            }
            wrong.extend(unproved(place, site, auction).await);
        }
    }
    let everywhere = known.len();
    for (place, site) in world.sites.iter().enumerate() {
        let mut held = 0;
        for auction in 1..AUCTIONS_MOST {
            held += usize::from(federation::digest(site.market(), site.key(), auction).await.is_ok());
        }
        if held != everywhere {
            wrong.push(format!("site {place} knows {held} of {everywhere} auctions"));
        }
    }
    wrong
}

/// The first lines that differ.
fn difference<'t>(one: &'t str, other: &'t str) -> (&'t str, &'t str) {
    let pairs = one.lines().zip(other.lines());
    pairs
        .filter(|(one, other)| one != other)
        .map(|(one, other)| (one.trim(), other.trim()))
        .next()
        .unwrap_or_default()
}

/// Bids that nobody has ruled on.
async fn waiting(place: usize, site: &Site) -> Option<String> {
    let waiting = site.market().read(|tx| {
        let mut waiting = 0;
        for replica in 1..AUCTIONS_MOST {
            waiting += store::sent_bids::waiting(tx, replica, 1000)?.len();
        }
        Ok(waiting)
    });
    match waiting.await {
        Ok(0) => None,
        other => Some(format!("bids of site {place} wait for ever: {other:?}")),
    }
}

/// What the receipts of an auction do not prove.
async fn unproved(place: usize, site: &Site, auction: i64) -> Option<String> {
    let receipts = federation::receipts(site.market(), site.key(), auction).await.ok()?;
    let report = federation::verify(&receipts);
    let is_good = report.verdict != Verdict::Bad;
    (!is_good).then(|| format!("site {place}, auction {auction}: {report}"))
}
