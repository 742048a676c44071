//! One auction, brought level with what others were told of it.

use super::Recovered;
use crate::chain;
use crate::federation::Federation;
use crate::memo::Memo;
use crate::sealing::{MemoAad, SealingSecret, open_memo};
use crate::wire::{Listing, Rulings, SealedBox, Site};
use ::auction::{Amount, Auction, Person, Phase, Span, Time};
use market::Refusal;
use market::actions::{Retaken, retake};
use std::sync::Arc;
use store::{Tx, announced, auctions, listings, people, told_rulings};

/// An auction that had been told is told again so soon, so that everybody hears its state.
const AGAIN: Span = Span::minutes(1);

/// A message of rulings as it was sent.
#[derive(Clone)]
pub(super) struct Told {
    pub(super) rulings: Rulings,
    /// The value of `data` in it.
    pub(super) data: String,
    /// The event.
    pub(super) text: String,
}

impl Federation {
    /// A listing of this site, told at a time. An auction that is not known any more is entered again; in any case its number
    /// is not given to another one.
    pub(super) async fn listed(
        &self,
        told: Listing,
        told_at: Time,
        secrets: &[SealingSecret],
        all: &mut Recovered,
    ) -> Result<(), Refusal> {
        let Ok(id) = i64::try_from(told.auction) else { return Ok(()) };
        let aad = MemoAad { origin: Site(self.key()), auction: told.auction, first: 0 };
        let memo = opened(told.memo.as_ref(), &aad, secrets).map(Arc::new);
        let now = self.0.market.now();
        let entered = self.0.market.journal().write(move |tx| {
            auctions::reach_number(tx, id)?;
            if revise(tx, id, &told)? {
                return Ok::<_, Refusal>(Some(false));
            }
            let Some(memo) = &memo else { return Ok(None) };
            Ok(enter(tx, id, &told, memo, told_at, now)?.then_some(true))
        });
        match entered.await? {
            Some(is_new) => all.auctions += u32::from(is_new),
            None => {
                all.failed += 1;
                tracing::error!(
                    auction = id,
                    "auction {id} does not come back: its memo does not open, or its seller is not known"
                );
            }
        }
        Ok(())
    }

    /// Decisions of this site.
    pub(super) async fn ruled(
        &self,
        told: Told,
        secrets: &[SealingSecret],
        all: &mut Recovered,
    ) -> Result<(), Refusal> {
        let Ok(id) = i64::try_from(told.rulings.auction) else { return Ok(()) };
        let aad =
            MemoAad { origin: Site(self.key()), auction: told.rulings.auction, first: told.rulings.first() };
        // Without a memo nothing can be taken back; what is known already needs none.
        let memo = opened(told.rulings.memo.as_ref(), &aad, secrets).map(Arc::new);
        let now = self.0.market.now();
        let written = self.0.market.journal().write(move |tx| {
            let stored = auctions::find(tx, id)?;
            if stored.as_ref().is_some_and(|stored| stored.auction.last >= told.rulings.last()) {
                return Ok::<_, Refusal>(Ok(0));
            }
            let Some(memo) = &memo else { return Ok(Err("there is no memo that opens")) };
            again(tx, id, &told, memo, now)
        });
        match written.await? {
            Ok(entries) => all.entries += entries,
            Err(why) => {
                all.failed += 1;
                tracing::error!(auction = id, why, "auction {id} does not become level: {why}");
            }
        }
        Ok(())
    }
}

/// Brings the listing of an auction level; false if there is no such auction.
fn revise(tx: &mut Tx<'_>, id: i64, told: &Listing) -> Result<bool, Refusal> {
    let Some(stored) = auctions::find(tx, id)? else { return Ok(false) };
    if told.version <= stored.auction.version {
        return Ok(true);
    }
    for addition in &told.additions {
        listings::add_once(tx, id, addition.text.as_str(), addition.at.into())?;
    }
    let mut auction = stored.auction;
    if let (false, Ok(terms)) = (auction.frozen, told.terms.rules(auction.terms.reserve)) {
        auction = Auction::new(auction.seller, terms, auction.standing.phase);
        (auction.version, auction.terms_version) = (told.version, told.terms_version);
        auctions::update_terms(tx, id, &auction)?;
        listings::update(tx, id, told.title.as_str(), told.description.as_str())?;
    } else {
        auctions::set_version(tx, id, told.version)?;
    }
    Ok(true)
}

/// Enters an auction that is not known any more; false if its seller is not known either.
fn enter(
    tx: &mut Tx<'_>,
    id: i64,
    told: &Listing,
    memo: &Memo,
    told_at: Time,
    now: Time,
) -> Result<bool, Refusal> {
    let seller = Person(memo.seller);
    let (Ok(terms), Some(_)) = (told.terms.rules(memo.reserve.map(Amount)), people::find(tx, seller)?) else {
        return Ok(false);
    };
    let mut auction = Auction::new(seller, terms, Phase::Published);
    (auction.version, auction.terms_version) = (told.version, told.terms_version);
    // When it was entered nobody has told; what was decided on it since comes with its own times.
    auctions::insert_as(tx, id, &auction, told_at, Time(0))?;
    listings::insert(tx, id, told.title.as_str(), told.description.as_str())?;
    for addition in &told.additions {
        listings::add_once(tx, id, addition.text.as_str(), addition.at.into())?;
    }
    announced::mark(tx, id, now + AGAIN)?;
    announced::told(tx, id, &memo.secret.0, told.version, Some(now + AGAIN))?;
    Ok(true)
}

fn opened(sealed: Option<&SealedBox>, aad: &MemoAad, secrets: &[SealingSecret]) -> Option<Memo> {
    secrets.iter().find_map(|secret| open_memo(secret, aad, sealed?).ok())
}

/// Decides the entries of a message again, and gives how many; or says why that cannot be.
fn again(
    tx: &mut Tx<'_>,
    id: i64,
    told: &Told,
    memo: &Memo,
    now: Time,
) -> Result<Result<u32, &'static str>, Refusal> {
    let Some(stored) = auctions::find(tx, id)? else { return Ok(Err("it is not known")) };
    let rulings = &told.rulings;
    let commands = memo.commands(tx, id, stored.auction.terms.currency)?;
    if commands.len() != rulings.entries.len() {
        return Ok(Err("the memo is one of other entries"));
    }
    let taken = commands.into_iter().zip(&rulings.entries).map(|(command, ruling)| Retaken {
        command,
        number: ruling.n,
        at: ruling.at.into(),
        // What is private is not told.
        accepted: (ruling.what != crate::wire::What::Private).then_some(ruling.accepted),
    });
    let taken: Vec<Retaken> = taken.collect();
    let Ok(count) = retake(tx, id, &taken)? else {
        return Ok(Err("something else was told than what comes out"));
    };
    announced::mark(tx, id, now + AGAIN)?;
    let lives = rulings.state.phase == crate::wire::Phase::Open;
    let version = announced::find(tx, id)?.map_or(0, |known| known.version).max(1);
    announced::told(tx, id, &memo.secret.0, version, lives.then_some(now + AGAIN))?;
    announced::ruled(tx, id, rulings.last(), &chain::head(&told.data).0, lives)?;
    told_rulings::keep(tx, id, rulings.first(), rulings.last(), &told.text)?;
    Ok(Ok(count))
}
