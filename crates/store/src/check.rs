//! `db check`: what must hold between the tables whatever happened.

use crate::{auctions, entries};
use auction::replay;
use auction::{Auction, Phase};
use journal::{Error, Tx, args};

journal::statements! {
    /// Statements that look for what must not be.
    pub STATEMENTS;
    IDS = "SELECT id FROM auctions WHERE id > $1 ORDER BY id LIMIT $2";
    WITHOUT_WORDS = "SELECT a.id FROM auctions a LEFT JOIN listings l ON l.auction = a.id
        WHERE l.auction IS NULL ORDER BY a.id LIMIT 100";
    GAPS = "SELECT auction FROM entries GROUP BY auction
        HAVING count(*) <> max(number) OR min(number) <> 1 ORDER BY auction LIMIT 100";
    LOST_ENTRIES = "SELECT a.id FROM auctions a
        LEFT JOIN (SELECT auction, count(*) AS count FROM entries GROUP BY auction) e ON e.auction = a.id
        WHERE a.last_number <> coalesce(e.count, 0) ORDER BY a.id LIMIT 100";
    BROKEN_CHAINS = "SELECT DISTINCT e.auction FROM entries e LEFT JOIN entries p ON p.sequence = e.previous
        WHERE coalesce(p.auction, e.auction) <> e.auction OR coalesce(p.number, 0) <> e.number - 1
        ORDER BY e.auction LIMIT 100";
    DECIDED_TWICE = "SELECT DISTINCT auction FROM entries WHERE person IS NOT NULL
        GROUP BY auction, person, command HAVING count(*) > 1 ORDER BY auction LIMIT 100";
    SEQUENCES = "SELECT count(*), coalesce(max(sequence), 0) FROM entries";
}

/// How many auctions are looked up at once.
const CHUNK: usize = 500;

/// Everything that is wrong, one sentence each; empty if all is well. Decides every history again.
pub fn check(tx: &mut Tx<'_>) -> Result<Vec<String>, Error> {
    let mut found = Vec::new();
    for (statement, what) in [
        (&WITHOUT_WORDS, "has no title"),
        (&GAPS, "has a gap in its entries"),
        (&LOST_ENTRIES, "counts other entries than it has"),
        (&BROKEN_CHAINS, "has an entry that does not follow the one before it"),
        (&DECIDED_TWICE, "has a command that was decided twice"),
    ] {
        let auctions = tx.all(statement, &[], |row| row.int(0))?;
        found.extend(auctions.iter().map(|id| format!("auction {id} {what}")));
    }
    let (count, last) = tx.one(&SEQUENCES, &[], |row| Ok((row.int(0)?, row.int(1)?)))?.unwrap_or((0, 0));
    if count != last {
        found.push(format!("{count} entries, but the last sequence is {last}"));
    }
    let mut after = 0;
    loop {
        let ids = tx.all(&IDS, args![after, CHUNK], |row| row.int(0))?;
        let Some(last) = ids.last() else { return Ok(found) };
        after = *last;
        for id in ids {
            found.extend(replayed(tx, id)?);
        }
    }
}

/// What is wrong with the history of one auction.
fn replayed(tx: &mut Tx<'_>, id: i64) -> Result<Option<String>, Error> {
    let Some(stored) = auctions::find(tx, id)? else { return Ok(None) };
    let history = entries::all(tx, &stored)?;
    if history.is_empty() && stored.auction.last == 0 {
        return Ok(None);
    }
    let now = &stored.auction;
    let mut first = Auction::new(now.seller, now.terms.clone(), Phase::Published);
    first.version = now.version;
    first.terms_version = now.terms_version;
    Ok(match replay::verify(first, &history) {
        Err(wrong) => Some(format!("auction {id}, entry {}: wrong {}", wrong.number, wrong.what)),
        Ok(again) if now.frozen && again.standing != now.standing => {
            Some(format!("auction {id} does not stand as its entries say"))
        }
        Ok(_) => None,
    })
}
