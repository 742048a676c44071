//! What other sites ruled on bids of people of this one.

use super::{Here, Reason, Speaker, Then};
use crate::commitment;
use crate::sealing::{CodeAad, open_code};
use crate::wire::rulings::Ruling;
use crate::wire::{BidId, Hash, Money, SealedBox, Site, Verdict};
use market::Refusal;
use store::replicas::{self, Replica};
use store::sent_bids::{self, Ruling as Ruled, Sent};
use store::{Error, Tx};

/// What an origin says of a bid.
struct Said<'a> {
    bid: BidId,
    n: Option<u32>,
    accepted: bool,
    code: Option<&'a SealedBox>,
}

/// An entry on a bid that went out from here.
pub(super) fn rule(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    replica: &Replica,
    ruling: &Ruling,
    then: &mut Then,
) -> Result<(), Error> {
    let Some(bid) = ruling.bid else { return Ok(()) };
    let Some(sent) = sent_bids::by_bid(tx, &bid.0)? else { return Ok(()) };
    let promised =
        ruling.commitment.is_none_or(|bound| Some(bound) == commitment_of(speaker, replica, &sent));
    if sent.replica != replica.id || !promised {
        then.passed.add(speaker.site, Reason::NotThatBid);
        return Ok(());
    }
    let said = Said { bid, n: Some(ruling.n), accepted: ruling.accepted, code: ruling.code.as_ref() };
    note(tx, here, speaker, replica, &sent, &said)
}

/// What was told of one bid alone.
pub(super) fn hear_verdict(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    told: &Verdict,
    then: &mut Then,
) -> Result<(), Refusal> {
    let remote = i64::try_from(told.auction).unwrap_or(0);
    let replica = replicas::by_origin(tx, speaker.site, remote)?;
    let sent = sent_bids::by_bid(tx, &told.bid.0)?;
    let (Some(replica), Some(sent)) = (replica, sent) else { return Ok(()) };
    if sent.replica != replica.id {
        then.passed.add(speaker.site, Reason::NotThatBid);
        return Ok(());
    }
    let said = Said { bid: told.bid, n: told.n, accepted: told.accepted, code: told.code.as_ref() };
    note(tx, here, speaker, &replica, &sent, &said)?;
    then.changed.push(replica.id);
    Ok(())
}

/// Notes it, unless it was known.
fn note(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    replica: &Replica,
    sent: &Sent,
    said: &Said<'_>,
) -> Result<(), Error> {
    let refusal = (!said.accepted).then(|| {
        let auction = replica.remote.cast_unsigned();
        let (origin, n) = (Site(speaker.key), said.n.unwrap_or(0));
        let aad = CodeAad { origin, auction, n, bid: Some(said.bid) };
        let code = said.code.and_then(|sealed| open_code(&here.sealing, &aad, sealed).ok());
        let word = code.as_ref().and_then(|code| code.code.as_ref()).map(|code| code.as_str().to_owned());
        (word.unwrap_or_else(|| "refused".to_owned()), code.and_then(|code| code.amount))
    });
    sent_bids::rule(tx, sent.id, &Ruled { entry: said.n, at: here.now, refusal }).map(drop)
}

/// To what the amount of a bid was bound when it was sent.
fn commitment_of(speaker: &Speaker, replica: &Replica, sent: &Sent) -> Option<Hash> {
    let (origin, auction) = (Site(speaker.key), replica.remote.cast_unsigned());
    let amount = Money::try_from(sent.amount).ok()?;
    Some(commitment::offer(origin, auction, BidId(sent.bid), amount, Hash(sent.salt)))
}
