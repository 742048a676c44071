//! Decisions of this site are told to others: entry by entry, in a chain of messages for each auction.

use super::announce::tell_listing;
use super::book::Book;
use super::{text, write_down};
use crate::chain;
use crate::federation::Federation;
use crate::memo::Memo;
use crate::sealing::{MemoAad, SealingKey};
use crate::secrets::random;
use crate::wire::{self, Body, Hash, Money, OpenedReserve, Register, Rulings, Site, rulings};
use auction::{Auction, Deed, Entry, Phase, Time};
use market::Refusal;
use store::{Tx, announced, auctions, entries, move_position, position, told_rulings};

/// The position of this reader.
const READER: &str = "rulings";

/// How many entries are read at a time.
const CHUNK: usize = 4096;

impl Federation {
    /// Writes down what was decided since the last time; gives how many entries were read.
    pub async fn rule(&self) -> Result<usize, Refusal> {
        let look = |tx: &mut Tx<'_>| {
            let from = position(tx, READER)?;
            Ok(entries::follow(tx, from, CHUNK)?)
        };
        let read = self.0.market.read(look).await?;
        let Some((last, _)) = read.last().copied() else { return Ok(0) };
        let (count, now, here) = (read.len(), self.0.market.now(), Site(self.key()));
        let recovery = self.memo_key(now).await?;
        let mut touched: Vec<i64> = read.iter().map(|(_, auction)| *auction).collect();
        touched.sort_unstable();
        touched.dedup();
        let chance = self.0.market.chance();
        let drawn: Vec<Drawn> =
            touched.iter().map(|_| Drawn { secret: random(chance), seed: random(chance) }).collect();
        self.0
            .market
            .journal()
            .write(move |tx| {
                for (auction, drawn) in touched.iter().zip(&drawn) {
                    tell_rulings(tx, here, *auction, drawn, recovery, now)?;
                }
                Ok::<_, Refusal>(move_position(tx, READER, last)?)
            })
            .await?;
        self.pulse_soon(now).await;
        Ok(count)
    }
}

/// Whether an entry has changed that, and how, the auction is over.
fn ends(entry: &Entry) -> bool {
    let ending = matches!(
        entry.deed,
        Deed::Close
            | Deed::EndEarly
            | Deed::Withdraw { .. }
            | Deed::Accept
            | Deed::BuyNow
            | Deed::Take { .. }
    );
    entry.accepted() && ending && entry.after.phase != Phase::Published
}

/// Chance that an auction may need, drawn before.
struct Drawn {
    /// Its secret, if it has none yet.
    secret: [u8; 32],
    /// For what is sealed.
    seed: [u8; 32],
}

/// Tells everything that was decided on one auction and not told yet.
fn tell_rulings(
    tx: &mut Tx<'_>,
    here: Site,
    id: i64,
    drawn: &Drawn,
    recovery: Option<SealingKey>,
    now: Time,
) -> Result<(), Refusal> {
    let Some(stored) = auctions::find(tx, id)? else { return Ok(()) };
    let Some(known) = announced::find(tx, id)? else { return Ok(()) };
    let secret = if known.version == 0 {
        // The listing goes first.
        tell_listing(tx, here, &known, drawn.secret, recovery, now)?;
        Some(drawn.secret)
    } else {
        known.secret
    };
    let Some(secret) = secret else { return Ok(()) };
    let news = entries::behind(tx, &stored, known.last)?;
    let mut book = Book::new(here, id, secret, drawn.seed);
    book.look_up_entries(tx, &stored.auction, &news)?;
    book.look_up_shown(tx, &stored.auction)?;
    let told = rulings::entries(&stored.auction, &news, &mut book);
    let (mut from, mut head) = (0, known.head);
    while from < told.len() {
        let mut count = rulings::fit(&told[from..]);
        let memo = match recovery {
            Some(to) => {
                let aad = MemoAad { origin: here, auction: id.cast_unsigned(), first: told[from].n };
                let memo = Memo::of_as_many(tx, &stored, secret, &news[from..], &mut count)?;
                memo.seal(&to, &aad, book.drawn_for("memo", told[from].n))
            }
            None => None,
        };
        let run = &news[from..from + count];
        let after = as_of(&stored.auction, run.last());
        let message = Rulings {
            auction: id.cast_unsigned(),
            previous: Hash(head),
            entries: told[from..from + count].to_vec(),
            state: wire::state(&after, None, |person| book.bidder(person)),
            memo,
        };
        let (first, last) = (message.first(), message.last());
        let event = format!("rulings-{id}-{first}");
        let written = write_down(tx, Some(id), &event, Body::Rulings(Box::new(message)), 0, now)?;
        told_rulings::keep(tx, id, first, last, text(&written)?)?;
        head = chain::head(&written.data).0;
        from += count;
    }
    if let Some(last) = news.last() {
        let lives = last.after.phase == Phase::Published;
        announced::ruled(tx, id, last.number, &head, lives)?;
        // What is refused after the end changes nothing of it.
        if news.iter().any(ends) {
            tell_end(tx, &stored, &mut book, Hash(head), now)?;
        }
    }
    Ok(())
}

/// The reserve with what binds it.
fn reserve(auction: &Auction, book: &Book) -> Option<OpenedReserve> {
    let amount = Money::try_from(auction.terms.reserve?).ok()?;
    Some(OpenedReserve { amount, salt: book.reserve_salt(auction.terms_version) })
}

/// The auction as it stood after an entry.
fn as_of(auction: &Auction, entry: Option<&Entry>) -> Auction {
    let Some(entry) = entry else { return auction.clone() };
    Auction { standing: entry.after.clone(), last: entry.number, last_at: entry.at, ..auction.clone() }
}

/// The outcome, and the offers that are shown after it; or why it was withdrawn.
fn tell_end(
    tx: &mut Tx<'_>,
    stored: &auctions::Stored,
    book: &mut Book,
    head: Hash,
    now: Time,
) -> Result<(), Refusal> {
    let (id, number, auction) = (stored.id, stored.id.cast_unsigned(), &stored.auction);
    let history = entries::all(tx, stored)?;
    book.look_up_entries(tx, auction, &history)?;
    if let Some(withdrawn) = wire::withdrawn(number, auction, &history, head) {
        let event = format!("withdrawn-{id}-{}", auction.last);
        write_down(tx, Some(id), &event, Body::Withdrawn(withdrawn), 0, now)?;
    }
    let Some(closed) = wire::closed(number, auction, &history, head, book) else { return Ok(()) };
    write_down(tx, Some(id), &format!("closed-{id}-{}", auction.last), Body::Closed(closed), 0, now)?;
    let salts = book.salts(tx, &history)?;
    let opened = wire::opened(
        number,
        auction,
        &history,
        |entry| salts.get(&entry.number).copied(),
        reserve(auction, book),
    );
    for (part, opened) in opened.into_iter().enumerate() {
        let event = format!("opened-{id}-{}-{part}", auction.last);
        write_down(tx, Some(id), &event, Body::Opened(opened), 0, now)?;
    }
    Ok(())
}
