//! A bid of somebody of another site on an auction of this one.

use super::{Speaker, Then};
use crate::sealing::{BidAad, Offer, SealingKey, SealingSecret, open_offer};
use crate::wire::{Bid, Kind, Site};
use crate::{commitment, pseudonym};
use auction::{CommandId, Currency, Deed, Person};
use market::Refusal;
use market::actions::GuestBid;
use store::guest_bids::{self, GuestBid as Kept};
use store::{Tx, announced, auctions, bidders, guests, people};

/// Opens a bid and keeps what came with it; it is decided when everything is written. What does not open under its own
/// message is nobody's bid.
pub(super) fn take_in(tx: &mut Tx<'_>, speaker: &Speaker, bid: &Bid, then: &mut Then) -> Result<(), Refusal> {
    let Ok(auction) = i64::try_from(bid.auction) else { return Ok(()) };
    let Some(secret) = announced::find(tx, auction)?.and_then(|known| known.secret) else { return Ok(()) };
    let Some(stored) = auctions::find(tx, auction)? else { return Ok(()) };
    let secret = SealingSecret::generate(secret);
    let Some(offer) = opened(&secret, speaker, bid) else {
        tracing::warn!(site = %speaker.key, auction, bid = %bid.bid, "a bid was passed over: its offer does not open");
        return Ok(());
    };
    let guest = guests::by_pseudonym(tx, speaker.site, &offer.pseudonym.0)?;
    bidders::name_guest(tx, auction, guest, bid.number)?;
    let id = CommandId(bid.bid.0);
    let kept = Kept { commitment: bid.commitment.0, salt: offer.salt.0, contact: bid.contact.0.clone() };
    guest_bids::keep(tx, auction, guest, id, &kept)?;
    let deed = deed(bid.kind, &offer, stored.auction.terms.currency);
    let of_seller = is_address_of(tx, stored.auction.seller, &secret.public(), &offer)?;
    then.bids.push(GuestBid { auction, guest, bid: id, version: bid.version, deed, of_seller });
    Ok(())
}

/// Whether the bidder's mail address is that of this account. Equal addresses are used for this alone.
fn is_address_of(
    tx: &mut Tx<'_>,
    person: Person,
    auction: &SealingKey,
    offer: &Offer,
) -> Result<bool, Refusal> {
    let account = people::find(tx, person)?;
    Ok(account.is_some_and(|account| pseudonym::address(auction, &account.email) == offer.address))
}

/// The offer, if it was sealed for this very message and is what the commitment says.
fn opened(secret: &SealingSecret, speaker: &Speaker, bid: &Bid) -> Option<Offer> {
    let aad = BidAad::of(bid, Site(speaker.key));
    let offer = open_offer(secret, &aad, &bid.offer).ok()?;
    let promised = commitment::offer(bid.origin, bid.auction, bid.bid, offer.amount, offer.salt);
    (promised == bid.commitment).then_some(offer)
}

fn deed(kind: Kind, offer: &Offer, currency: Currency) -> Deed {
    let amount = currency.decimal(offer.amount.into());
    match kind {
        Kind::Offer => Deed::Offer { amount },
        Kind::Take => Deed::Take { seen: amount },
        Kind::Buy => Deed::BuyNow,
    }
}
