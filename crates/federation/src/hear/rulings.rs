//! Decisions of another site on one of its auctions.

use super::standing::Bidders;
use super::{Here, Speaker, Then};
use crate::chain;
use crate::sealing::{CodeAad, open_code};
use crate::wire::{Rulings, Site, rulings::Ruling, rulings::What};
use auction::Time;
use market::Refusal;
use store::replicas::{self, Replica, ReplicaEntry};
use store::sent_bids::{self, Ruling as Verdict};
use store::{Error, Tx};

/// Takes decisions in. Only the site of the auction can rule on it; what is known already changes nothing. `data`: the very
/// bytes of the message.
pub(super) fn take_in(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    told: &Rulings,
    data: &str,
    then: &mut Then,
) -> Result<(), Refusal> {
    let Ok(remote) = i64::try_from(told.auction) else { return Ok(()) };
    let Some(known) = replicas::by_origin(tx, speaker.site, remote)? else { return Ok(()) };
    if told.last() <= known.told.last && !is_first_told(&known, told) {
        return Ok(());
    }
    let follows = told.first() == known.told.last + 1;
    if follows && told.previous.0 != known.head {
        tracing::warn!(site = %speaker.key, auction = remote, "decisions do not follow those that were told before");
        return Ok(());
    }
    let bidders = Bidders { here: &here.key, speaker, replica: known.id };
    for ruling in &told.entries {
        write_entry(tx, &bidders, &known, ruling)?;
        if ruling.site == Some(Site(here.key)) {
            rule_on_own(tx, here, speaker, told.auction, ruling)?;
        }
    }
    let standing = bidders.told(tx, &told.state)?;
    replicas::tell(tx, known.id, &standing, &chain::head(data).0, speaker.at)?;
    then.changed.push(known.id);
    Ok(())
}

/// A listing may tell how an auction stands before the first decisions on it are told.
fn is_first_told(known: &Replica, told: &Rulings) -> bool {
    known.head == [0; 32] && told.first() == 1
}

fn write_entry(
    tx: &mut Tx<'_>,
    bidders: &Bidders<'_>,
    known: &Replica,
    ruling: &Ruling,
) -> Result<(), Error> {
    let who = ruling.bidder().map(|bidder| bidders.person(tx, &bidder)).transpose()?;
    let leader = ruling.leader.map(|leader| bidders.person(tx, &leader)).transpose()?;
    let entry = ReplicaEntry {
        number: ruling.n,
        at: ruling.at.into(),
        what: word(ruling.what).to_owned(),
        who,
        accepted: ruling.accepted,
        amount: None,
        price: ruling.price.map(Into::into),
        leader,
        ends_at: ruling.ends_at.map_or(known.told.ends_at, Into::into),
        reason: ruling.reason.as_ref().map(|reason| reason.as_str().to_owned()),
        away: ruling.away.map(|away| (Time::from(away.from), Time::from(away.to))),
    };
    replicas::append(tx, known.id, &entry)
}

/// What became of a bid that went out from here.
fn rule_on_own(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    auction: u64,
    ruling: &Ruling,
) -> Result<(), Error> {
    let Some(bid) = ruling.bid else { return Ok(()) };
    let Some(sent) = sent_bids::by_bid(tx, &bid.0)? else { return Ok(()) };
    let refusal = (!ruling.accepted).then(|| {
        let aad = CodeAad { origin: Site(speaker.key), auction, n: ruling.n, bid: Some(bid) };
        let code = ruling.code.as_ref().and_then(|sealed| open_code(&here.sealing, &aad, sealed).ok());
        let word = code.as_ref().and_then(|code| code.code.as_ref()).map(|code| code.as_str().to_owned());
        (word.unwrap_or_else(|| "refused".to_owned()), code.and_then(|code| code.amount))
    });
    let verdict = Verdict { entry: Some(ruling.n), at: here.now, refusal };
    sent_bids::rule(tx, sent.id, &verdict).map(drop)
}

/// The stable word of the rules for a deed.
pub(crate) fn word(what: What) -> &'static str {
    match what {
        What::Offer => "offer",
        What::Take => "take",
        What::Buy => "buy_now",
        What::Retract => "retract",
        What::Cancel => "cancel",
        What::EndEarly => "end_early",
        What::Withdraw => "withdraw",
        What::Accept => "accept",
        What::Close => "close",
        What::Postpone => "postpone",
        What::Private => "private",
    }
}
