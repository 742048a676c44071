//! This site asks others for what it lacks.

use super::write_down;
use crate::federation::Federation;
use crate::wire::{Body, Site, WANTED_MOST, Wanted, WantedAuction};
use auction::{Span, Time};
use hub::PublicKey;
use market::Refusal;
use store::Tx;
use store::level::{self, Known, Level, Unlevel};

/// One site is asked no more often.
const EVERY: Span = Span::minutes(1);

/// So many sites are asked at a time.
const CHUNK: usize = 32;

impl Federation {
    /// Asks sites of which something is missing here; gives how many.
    pub async fn ask(&self) -> Result<usize, Refusal> {
        let now = self.0.market.now();
        let unlevel = self.0.market.read(move |tx| Ok(level::unlevel(tx, now - EVERY, CHUNK)?)).await?;
        let count = unlevel.len();
        if count > 0 {
            let asked = self
                .0
                .market
                .journal()
                .write(move |tx| unlevel.iter().try_for_each(|site| ask(tx, site, now)));
            asked.await?;
        }
        Ok(count)
    }
}

fn ask(tx: &mut Tx<'_>, unlevel: &Unlevel, now: Time) -> Result<(), Refusal> {
    level::asked(tx, unlevel.site, now)?;
    let Ok(key) = PublicKey::new(unlevel.key) else { return Ok(()) };
    let mut known = level::wanting(tx, unlevel.site, WANTED_MOST)?;
    if unlevel.level != Level::Level {
        let wanting: Vec<i64> = known.iter().map(|known| known.remote).collect();
        let open = level::open(tx, unlevel.site, WANTED_MOST)?;
        known.extend(open.into_iter().filter(|open| !wanting.contains(&open.remote)));
        known.truncate(WANTED_MOST);
    }
    let origin = Site(key);
    let mut say = |what: &str, auctions| {
        let wanted = Wanted { origin, auctions };
        let event = format!("wanted-{what}-{}-{}", unlevel.site.0, now.0);
        write_down(tx, None, &event, Body::Wanted(wanted), 0, now).map(drop)
    };
    if !known.is_empty() {
        say("some", known.iter().map(wanted).collect())?;
    }
    // Of what is not known at all nothing can be named.
    if unlevel.level == Level::Lacking { say("all", Vec::new()) } else { Ok(()) }
}

fn wanted(known: &Known) -> WantedAuction {
    WantedAuction { auction: known.remote.cast_unsigned(), from: known.last }
}
