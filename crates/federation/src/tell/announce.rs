//! Listings of this site are told to others: when they are new, at each revision, and once a day while they live.

use super::book::Book;
use super::write_down;
use crate::commitment;
use crate::federation::Federation;
use crate::memo::Memo;
use crate::sealing::{MemoAad, SealingKey, SealingSecret};
use crate::secrets::random;
use crate::wire::{self, Addition, Body, Hash, Line, Listing, Moment, Money, Register, Site, Terms, Text};
use auction::{Phase, Span, Time};
use market::Refusal;
use store::announced::{self, Announced};
use store::{Tx, auctions, listings, people};

/// How many listings are told at a time.
const CHUNK: usize = 32;

impl Federation {
    /// Writes down what is due; gives how many auctions were looked at.
    pub async fn announce(&self) -> Result<usize, Refusal> {
        let now = self.0.market.now();
        let mut due = self.0.market.read(move |tx| Ok(announced::due(tx, now, CHUNK)?)).await?;
        due.truncate(self.0.gate.may_tell(due.len(), now));
        if due.is_empty() {
            return Ok(0);
        }
        let recovery = self.memo_key(now).await?;
        let fresh: Vec<[u8; 32]> = due.iter().map(|_| random(self.0.market.chance())).collect();
        let (here, count) = (Site(self.key()), due.len());
        self.0
            .market
            .journal()
            .write(move |tx| {
                for (known, fresh) in due.iter().zip(&fresh) {
                    tell_listing(tx, here, known, *fresh, recovery, now)?;
                }
                Ok::<_, Refusal>(())
            })
            .await?;
        Ok(count)
    }
}

/// Writes one listing down with its state. `fresh`: the secret of an auction that has none yet.
pub(super) fn tell_listing(
    tx: &mut Tx<'_>,
    here: Site,
    known: &Announced,
    fresh: [u8; 32],
    recovery: Option<SealingKey>,
    now: Time,
) -> Result<(), Refusal> {
    let id = known.auction;
    let Some(stored) = auctions::find(tx, id)? else { return Ok(()) };
    let secret = known.secret.unwrap_or(fresh);
    if matches!(stored.auction.standing.phase, Phase::Draft | Phase::AwaitingApproval | Phase::NotApproved) {
        // What waits for a moderator is told when it is approved.
        return Ok(announced::told(tx, id, &secret, known.version, None)?);
    }
    let lives = stored.auction.standing.phase == Phase::Published;
    let again = lives.then(|| next_day(id, now));
    announced::told(tx, id, &secret, stored.auction.version, again)?;
    let mut book = Book::new(here, id, secret, fresh);
    book.look_up_shown(tx, &stored.auction)?;
    let Some(mut listing) = listing(tx, &stored, known, &secret, &book)? else { return Ok(()) };
    if let Some(to) = recovery {
        let aad = MemoAad { origin: here, auction: listing.auction, first: 0 };
        listing.memo = Memo::of_none(&stored.auction, secret).seal(&to, &aad, book.drawn_for("memo", 0));
    }
    let listing = listing.fitting();
    let event = format!("listing-{id}-{}-{}", stored.auction.version, now.0);
    write_down(tx, Some(id), &event, Body::Listing(Box::new(listing)), 0, now).map(drop)
}

/// About a day later; auctions are spread over the day by their numbers.
fn next_day(id: i64, now: Time) -> Time {
    now + Span::hours(23) + Span::minutes((id.unsigned_abs() % 60).cast_signed())
}

/// Binds the reserve that the seller set. Lowering it later changes nothing here.
fn reserve_commitment(stored: &auctions::Stored, book: &Book) -> Option<Hash> {
    let reserve = Money::try_from(stored.auction.terms.reserve?).ok()?;
    let salt = book.reserve_salt(stored.auction.terms_version);
    Some(commitment::reserve(book.here(), stored.id.cast_unsigned(), reserve, salt))
}

pub(crate) fn listing(
    tx: &mut Tx<'_>,
    stored: &auctions::Stored,
    known: &Announced,
    secret: &[u8; 32],
    book: &Book,
) -> Result<Option<Listing>, Refusal> {
    let auction = &stored.auction;
    let Some(words) = listings::words(tx, stored.id)? else { return Ok(None) };
    let seller = people::find(tx, auction.seller)?.map_or_else(String::new, |account| account.name);
    let terms = Terms::try_from(&auction.terms).map_err(|error| super::unwritable(&error))?;
    let mut state = wire::state(auction, Some(Hash(known.head)), |person| book.bidder(person));
    // What was not ruled yet is told by the rulings, so that every reader sees one order.
    state.last = known.last;
    let addition = |(at, text): &(Time, String)| Addition { at: Moment::nearest(*at), text: Text::cut(text) };
    let description = Text::cut(&words.description);
    let listing = Listing {
        auction: stored.id.cast_unsigned(),
        version: auction.version,
        terms_version: auction.terms_version,
        title: Line::cut(&words.title),
        cut: description.as_str() != words.description,
        description,
        additions: words.additions.iter().map(addition).collect(),
        category: Vec::new(),
        picture: None,
        pictures: Vec::new(),
        seller: Line::cut(&seller),
        terms,
        sealing_key: SealingSecret::generate(*secret).public(),
        reserve_commitment: reserve_commitment(stored, book),
        memo: None,
        state,
    };
    Ok(Some(listing))
}
