//! An auction of this site, as it is told.

use super::{Decision, Digest};
use crate::hear::word;
use crate::tell::{Book, listing};
use crate::wire::{Hash, Ruling, Site, State, Terms, rulings};
use market::Refusal;
use store::{Tx, announced, auctions, entries};

pub(super) fn read(tx: &mut Tx<'_>, here: Site, id: i64) -> Result<Option<Digest>, Refusal> {
    let (Some(stored), Some(known)) = (auctions::find(tx, id)?, announced::find(tx, id)?) else {
        return Ok(None);
    };
    // What is sealed or bound is not part of it, so no secret is needed.
    let mut book = Book::new(here, id, [0; 32], [0; 32]);
    let history = entries::all(tx, &stored)?;
    book.look_up_shown(tx, &stored.auction)?;
    book.look_up_entries(tx, &stored.auction, &history)?;
    let Some(told) = listing(tx, &stored, &known, &[0; 32], &book)? else { return Ok(None) };
    let told = told.fitting();
    let ruled = rulings::entries(&stored.auction, &history, &mut book);
    let text = |text: &str| text.to_owned();
    Ok(Some(Digest {
        origin: here,
        auction: id.cast_unsigned(),
        version: told.version,
        title: text(told.title.as_str()),
        description: text(told.description.as_str()),
        additions: told.additions.iter().map(|one| (one.at, text(one.text.as_str()))).collect(),
        seller: text(told.seller.as_str()),
        terms: Terms { has_reserve: false, ..told.terms },
        state: State { head: Some(Hash(known.head)), ..told.state },
        decisions: ruled.into_iter().filter(|ruling| ruling.accepted).map(decision).collect(),
    }))
}

fn decision(ruling: Ruling) -> Decision {
    let who = ruling.bidder();
    Decision {
        n: ruling.n,
        at: ruling.at,
        what: word(ruling.what).to_owned(),
        who,
        price: ruling.price,
        leader: ruling.leader,
        reason: ruling.reason.map(|reason| reason.as_str().to_owned()),
    }
}
