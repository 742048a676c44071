//! An auction of this site, from the rules.

use super::{Decision, Digest};
use crate::hear::word;
use crate::tell::Book;
use crate::wire::{self, Hash, Moment, Register, Ruling, Site, Terms, rulings};
use market::Refusal;
use store::{Tx, announced, auctions, entries, listings, people};

pub(super) fn read(tx: &mut Tx<'_>, here: Site, id: i64) -> Result<Option<Digest>, Refusal> {
    let (Some(stored), Some(words)) = (auctions::find(tx, id)?, listings::words(tx, id)?) else {
        return Ok(None);
    };
    let Some(known) = announced::find(tx, id)? else { return Ok(None) };
    let auction = &stored.auction;
    // What is sealed or bound is not part of it, so no secret is needed.
    let mut book = Book::new(here, id, [0; 32], [0; 32]);
    let history = entries::all(tx, &stored)?;
    book.look_up_shown(tx, auction)?;
    book.look_up_entries(tx, auction, &history)?;
    let seller = people::find(tx, auction.seller)?.map_or_else(String::new, |account| account.name);
    let terms = Terms::try_from(&auction.terms).map_err(|error| crate::tell::unwritable(&error))?;
    let ruled = rulings::entries(auction, &history, &mut book);
    Ok(Some(Digest {
        origin: here,
        auction: id.cast_unsigned(),
        version: auction.version,
        title: words.title,
        description: words.description,
        additions: words.additions.into_iter().map(|(at, text)| (Moment::nearest(at), text)).collect(),
        seller,
        terms: Terms { has_reserve: false, ..terms },
        state: wire::state(auction, Some(Hash(known.head)), |person| book.bidder(person)),
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
        ends_at: ruling.ends_at,
        reason: ruling.reason.map(|reason| reason.as_str().to_owned()),
    }
}
