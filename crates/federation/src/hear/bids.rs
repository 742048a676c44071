//! Bids of people of other sites on auctions of this one.

use super::{Reason, Speaker, Then};
use crate::federation::Federation;
use crate::sealing::{BidAad, Offer, SealingKey, SealingSecret, open_offer};
use crate::tell::{Bidding, Outcome};
use crate::wire::{Bid, Kind, Site};
use crate::{commitment, pseudonym};
use auction::{CommandId, Currency, Deed, Person, Verdict};
use market::actions::GuestBid;
use market::{Answer, Refusal, Treatment};
use store::guest_bids::{self, GuestBid as Kept};
use store::{Tx, announced, auctions, bidders, guests, people};

/// A bid that is to be decided, and who is told if no ruling will tell it.
pub(super) struct Asked {
    bid: GuestBid,
    bidding: Bidding,
}

/// Why a bid does not get as far as the auctioneer; beside the refusals of market and rules.
const NO_SUCH_AUCTION: &str = "no_such_auction";
const NOT_OPENED: &str = "not_opened";
const BIDS_NOT_TAKEN: &str = "bids_not_taken";

/// Opens a bid and keeps what came with it; it is decided when everything is written.
pub(super) fn take_in(tx: &mut Tx<'_>, speaker: &Speaker, bid: &Bid, then: &mut Then) -> Result<(), Refusal> {
    let bidding = Bidding { site: speaker.key, sealing: speaker.sealing, auction: bid.auction, bid: bid.bid };
    match kept(tx, speaker, bid)? {
        Err(code) => {
            if code == NOT_OPENED {
                then.passed.add(speaker.site, Reason::NotOpened);
            }
            then.outcomes.push(Outcome::turned_away(bidding, None, code.to_owned(), None));
        }
        Ok(asked) => match guest_bids::turned_away(tx, asked.auction, asked.guest, asked.bid)? {
            // It was turned away before, and whoever asks again is told the same.
            Some((code, data)) => then.outcomes.push(Outcome::turned_away(bidding, Some(&asked), code, data)),
            None => then.bids.push(Asked { bid: asked, bidding }),
        },
    }
    Ok(())
}

/// The bid with its bidder, or why it is nobody's.
fn kept(tx: &mut Tx<'_>, speaker: &Speaker, bid: &Bid) -> Result<Result<GuestBid, &'static str>, Refusal> {
    let Ok(auction) = i64::try_from(bid.auction) else { return Ok(Err(NO_SUCH_AUCTION)) };
    let secret = announced::find(tx, auction)?.and_then(|known| known.secret);
    let (Some(secret), Some(stored)) = (secret, auctions::find(tx, auction)?) else {
        return Ok(Err(NO_SUCH_AUCTION));
    };
    if speaker.treatment == Treatment::NoBids {
        return Ok(Err(BIDS_NOT_TAKEN));
    }
    let secret = SealingSecret::generate(secret);
    let Some(offer) = opened(&secret, speaker, bid) else {
        return Ok(Err(NOT_OPENED));
    };
    let guest = guests::by_pseudonym(tx, speaker.site, &offer.pseudonym.0)?;
    bidders::name_guest(tx, auction, guest, bid.number)?;
    let id = CommandId(bid.bid.0);
    let came = Kept { commitment: bid.commitment.0, salt: offer.salt.0, contact: bid.contact.0.clone() };
    guest_bids::keep(tx, auction, guest, id, &came)?;
    let deed = deed(bid.kind, &offer, stored.auction.terms.currency);
    let of_seller = is_address_of(tx, stored.auction.seller, &secret.public(), &offer)?;
    Ok(Ok(GuestBid { auction, guest, bid: id, version: bid.version, deed, of_seller }))
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

impl Federation {
    /// Has bids decided, all at once. Gives what became of those of which no ruling tells.
    pub(super) async fn decide(&self, bids: Vec<Asked>) -> Result<Vec<Outcome>, Refusal> {
        let asked = bids.iter().map(|asked| self.market().guest_bid(asked.bid.clone()));
        let answers = futures_util::future::join_all(asked).await;
        let outcomes = bids.iter().zip(answers).map(|(asked, answer)| outcome(asked, answer));
        Ok(outcomes.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

fn outcome(asked: &Asked, answer: Result<Answer, Refusal>) -> Result<Option<Outcome>, Refusal> {
    let Asked { bid, bidding } = asked;
    match answer {
        Ok(Answer { entry: Some(entry), repeated: true, .. }) => {
            let refusal = match entry.verdict {
                Verdict::Accepted => None,
                Verdict::Refused(refusal) => {
                    Some((refusal.code().to_owned(), refusal.amount().map(|amount| amount.0)))
                }
            };
            Ok(Some(Outcome::decided(*bidding, bid, entry.number, refusal)))
        }
        Ok(_) => Ok(None),
        // Nothing was decided; the same is asked again.
        Err(refusal @ (Refusal::Unknown | Refusal::Unavailable(_) | Refusal::Failed(_))) => Err(refusal),
        Err(refusal) => Ok(Some(Outcome::turned_away(*bidding, Some(bid), refusal.code().to_owned(), None))),
    }
}
