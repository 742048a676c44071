//! Decisions of another site on one of its auctions.

use super::standing::Bidders;
use super::{Here, Reason, Speaker, Then, own_bids};
use crate::chain;
use crate::wire::{Rulings, Site, rulings::Ruling, rulings::What};
use auction::Time;
use market::Refusal;
use store::replicas::{self, Replica, ReplicaEntry};
use store::{Error, Tx, level};

/// Takes decisions in. Only the site of the auction can rule on it; what is known already changes nothing, but fills holes.
/// `data`: the very bytes of the message.
pub(super) fn take_in(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    told: &Rulings,
    data: &str,
    then: &mut Then,
) -> Result<(), Refusal> {
    let remote = i64::try_from(told.auction).unwrap_or(0);
    let Some(known) = replicas::by_origin(tx, speaker.site, remote)? else {
        then.passed.add(speaker.site, Reason::NotItsAuction);
        return Ok(());
    };
    let follows = told.first() == known.told.last + 1;
    if follows && told.previous.0 != known.head {
        then.passed.add(speaker.site, Reason::Chain);
        return Ok(());
    }
    if told.first() > known.told.last + 1 {
        level::want(tx, known.id, known.told.last)?;
    }
    let bidders = Bidders { here: &here.key, speaker, replica: known.id };
    for ruling in &told.entries {
        write_entry(tx, &bidders, &known, ruling)?;
        if ruling.site == Some(Site(here.key)) {
            own_bids::rule(tx, here, speaker, &known, ruling, then)?;
        }
    }
    if told.last() > known.told.last || is_first_told(&known, told) {
        let standing = bidders.told(tx, &told.state)?;
        replicas::tell(tx, known.id, &standing, &chain::head(data).0, speaker.at)?;
    }
    level::filled(tx, known.id, told.first(), told.last().max(known.told.last))?;
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
