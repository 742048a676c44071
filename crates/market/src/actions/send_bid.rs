//! Somebody bids on an auction of another site: the bid is recorded, and sent there. Nothing is decided here.

use crate::show::{Elsewhere, SentBid};
use crate::{Identity, Market, Refusal, secret};
use auction::{Amount, CommandId, Currency, Decimal, Format, Person, Progress, Time};
use store::sent_bids::{self, New, Sent};
use store::{Tx, replicas, site};

/// What is asked of the other site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// A maximum, a minimum or a sealed amount.
    Offer(Decimal),
    /// The price on the clock, as it was seen.
    Take(Decimal),
    /// The buy-now price.
    BuyNow,
}

/// A bid for another site.
#[derive(Clone, Copy)]
pub(super) struct ForElsewhere {
    pub(super) auction: i64,
    pub(super) id: CommandId,
    pub(super) version: u32,
    pub(super) asked: Asked,
    pub(super) currency: Option<Currency>,
}

/// Chance that a bid needs, drawn before.
#[derive(Clone, Copy)]
struct Drawn {
    bid: [u8; 16],
    salt: [u8; 32],
}

impl Market {
    /// Records a bid, which leaves at once. The same id with the same content is the same bid.
    pub(super) async fn send_bid(&self, who: &Identity, bid: ForElsewhere) -> Result<SentBid, Refusal> {
        if who.suspended {
            return Err(auction::Refusal::Suspended.into());
        }
        let (now, person) = (self.clock.now(), who.person);
        let mut drawn = Drawn { bid: self.chance.id(), salt: [0; 32] };
        self.chance.fill(&mut drawn.salt);
        let sent = self
            .write(move |tx| {
                let found = Elsewhere::find(tx, Some(person), bid.auction)?;
                record(tx, &found.ok_or(Refusal::NoSuchAuction)?, person, &bid, drawn, now)
            })
            .await?;
        self.notices.changed(vec![bid.auction]);
        Ok(sent)
    }

    /// The refusal of a command that only another site could decide, if the auction is one of another site.
    pub(super) async fn not_here(&self, auction: i64, refusal: Refusal) -> Refusal {
        if refusal != Refusal::NoSuchAuction || !self.policy.networked {
            return refusal;
        }
        let found = self.read(move |tx| Ok(replicas::find(tx, auction)?.is_some())).await;
        match found {
            Ok(true) => Refusal::DecidedElsewhere,
            Ok(false) => refusal,
            Err(error) => error,
        }
    }
}

fn record(
    tx: &mut Tx<'_>,
    elsewhere: &Elsewhere,
    person: Person,
    bid: &ForElsewhere,
    drawn: Drawn,
    now: Time,
) -> Result<SentBid, Refusal> {
    let (replica, site) = (&elsewhere.replica, &elsewhere.site);
    sent_bids::hold(tx, replica.id)?;
    let amount = amount(elsewhere, bid)?;
    if let Some(prior) = sent_bids::by_command(tx, replica.id, person, bid.id)? {
        let same = prior.kind == word(bid.asked) && prior.amount == amount && prior.version == bid.version;
        let same = same.then(|| SentBid::new(prior, replica, site, true));
        return same.ok_or(auction::Refusal::IdUsed.into());
    }
    may_send(elsewhere, bid, now)?;
    let number = match sent_bids::number_of(tx, replica.id, person)? {
        Some(number) => number,
        None => fresh_number(tx, elsewhere, person)?,
    };
    let new = New {
        replica: replica.id,
        person,
        command: bid.id,
        bid: drawn.bid,
        kind: word(bid.asked),
        amount,
        version: bid.version,
        number,
        salt: drawn.salt,
    };
    sent_bids::insert(tx, &new, now)?;
    let sent: Option<Sent> = sent_bids::by_bid(tx, &drawn.bid)?;
    sent.map(|sent| SentBid::new(sent, replica, site, false)).ok_or(Refusal::Unknown)
}

/// So many numbers are given out: few enough for short names, many enough that two bidders seldom want the same.
const NUMBERS: u32 = 1 << 16;

/// The fact that pseudonyms and numbers of bidders follow from. A site that joins the network draws it.
const SECRET: &str = "pseudonym_secret";

/// The number of a bidder who has none yet. It follows from a secret of this site, so that he gets the same one again after
/// the site was restored from an old copy; in another auction it is another one.
fn fresh_number(tx: &mut Tx<'_>, elsewhere: &Elsewhere, person: Person) -> Result<u32, Refusal> {
    let (replica, site) = (&elsewhere.replica, &elsewhere.site);
    let secret = site::fact(tx, SECRET)?.unwrap_or_default();
    let named = format!("{secret} {} {} {}", secret::hex(&site.key), replica.remote, person.0);
    let [first, second, third, fourth, ..] = secret::hash(&named);
    let mut number = 1 + u32::from_be_bytes([first, second, third, fourth]) % NUMBERS;
    while sent_bids::by_number(tx, replica.id, number)?.is_some() {
        number += 1;
    }
    Ok(number)
}

/// The amount in minor units.
fn amount(elsewhere: &Elsewhere, bid: &ForElsewhere) -> Result<Amount, Refusal> {
    let terms = &elsewhere.replica.listing.terms;
    if bid.currency.is_some_and(|currency| currency != terms.currency) {
        return Err(Refusal::field("currency", "not_of_this_auction"));
    }
    let descending = matches!(terms.format, Format::Descending(_));
    let rules = |refusal| Refusal::Rules(refusal, Some(terms.currency));
    let written = match bid.asked {
        Asked::Offer(amount) if !descending => amount,
        Asked::Take(seen) if descending => seen,
        Asked::BuyNow => return terms.buy_now.ok_or(rules(auction::Refusal::NotInThisFormat)),
        Asked::Offer(_) | Asked::Take(_) => return Err(rules(auction::Refusal::NotInThisFormat)),
    };
    let amount = terms.currency.minor(written).ok_or(rules(auction::Refusal::NotWholeUnits))?;
    match amount {
        _ if amount < Amount::ONE => Err(rules(auction::Refusal::TooLow { least: Amount::ONE })),
        _ if amount > Amount::MOST => Err(rules(auction::Refusal::TooHigh { most: Amount::MOST })),
        amount => Ok(amount),
    }
}

/// What is plain here already need not be asked there: the rest is the other site's to decide.
fn may_send(elsewhere: &Elsewhere, bid: &ForElsewhere, now: Time) -> Result<(), Refusal> {
    if !elsewhere.takes_bids() {
        return Err(Refusal::BidsNotSent);
    }
    let progress = elsewhere.shown(now).progress;
    if progress != Progress::Open {
        return Err(auction::Refusal::NotOpen { progress }.into());
    }
    let listing = &elsewhere.replica.listing;
    if !(listing.terms_version..=listing.version).contains(&bid.version) {
        return Err(auction::Refusal::TermsChanged.into());
    }
    Ok(())
}

fn word(asked: Asked) -> &'static str {
    match asked {
        Asked::Offer(_) => "offer",
        Asked::Take(_) => "take",
        Asked::BuyNow => "buy_now",
    }
}
