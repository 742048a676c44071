//! The one place where commands on auctions are decided. Guards first, in the order of their precedence.

use crate::ladder::Ladder;
use crate::{
    Actor, Amount, Auction, Bidder, Command, Deed, Entry, Format, Progress, Refusal, Standing, Time, Verdict,
    buy_now, close, descending, end_early, outage, reserve, sealed, soft_close, take_back,
};

/// What is known when a command is decided.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The auction before the command.
    pub auction: &'a Auction,
    /// What is known of the asker as a bidder here; needed if a person asks.
    pub bidder: Option<&'a Bidder>,
    /// Accepted entries so far in order, where [`Deed::needs_history`] asks for them; else empty.
    pub history: &'a [Entry],
    /// The entry that this person already caused under the command's id.
    pub prior: Option<&'a Entry>,
}

/// What becomes of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A new entry, which may hold a refusal: it is written, and it is the answer.
    Append(Entry),
    /// The stored answer to the same command. Nothing is written.
    Repeat(Entry),
    /// Refused before it concerned the auction. Nothing is written.
    Refuse(Refusal),
    /// The site's own command has nothing to do (a close that is not due).
    Nothing,
}

/// What a deed changes.
struct Effect {
    after: Standing,
    amount: Option<Amount>,
    removed: Vec<u32>,
}

impl Effect {
    fn new(after: Standing) -> Effect {
        Effect { after, amount: None, removed: Vec::new() }
    }

    fn of((after, amount): (Standing, Amount)) -> Effect {
        Effect { after, amount: Some(amount), removed: Vec::new() }
    }
}

/// Decides a command that is taken up at `now`. Order of precedence: not allowed to ask, same id, suspended,
/// blocked, own item, not open, terms changed, amount. From *not open* on, a refusal is an entry.
pub fn decide(case: &Case<'_>, command: &Command, now: Time) -> Decision {
    if let Err(refusal) = may_ask(case.auction, command) {
        return Decision::Refuse(refusal);
    }
    if let Some(prior) = case.prior {
        return if prior.answers(command) {
            Decision::Repeat(prior.clone())
        } else {
            Decision::Refuse(Refusal::IdUsed)
        };
    }
    let at = now.max(case.auction.last_at);
    if let Err(refusal) = may_bid(case, command, at) {
        return Decision::Refuse(refusal);
    }
    if is_idle(case.auction, command, at) {
        return Decision::Nothing;
    }
    Decision::Append(entry(case, command, at))
}

/// Whether the asker may ask this at all.
fn may_ask(auction: &Auction, command: &Command) -> Result<(), Refusal> {
    let allowed = match (&command.deed, command.by) {
        (Deed::Close | Deed::Postpone { .. }, by) => by == Actor::Site,
        (Deed::Cancel { .. } | Deed::Withdraw { .. }, Actor::Moderator(_)) => true,
        (Deed::Cancel { .. }, Actor::Site) => true,
        (Deed::Cancel { .. } | Deed::Withdraw { .. }, by) => auction.is_seller(by),
        (Deed::LowerReserve { .. } | Deed::EndEarly | Deed::Accept, by) => auction.is_seller(by),
        (_, by) => matches!(by, Actor::Person(_)),
    };
    if !allowed {
        return Err(Refusal::NotYours);
    }
    let fits = match command.deed {
        Deed::Offer { .. } => !matches!(auction.terms.format, Format::Descending(_)),
        Deed::Take { .. } => matches!(auction.terms.format, Format::Descending(_)),
        Deed::BuyNow => auction.terms.buy_now.is_some(),
        _ => true,
    };
    if fits { Ok(()) } else { Err(Refusal::NotInThisFormat) }
}

/// Whether the asker may bid here.
fn may_bid(case: &Case<'_>, command: &Command, at: Time) -> Result<(), Refusal> {
    let (Some(bidder), true) = (case.bidder, command.deed.is_bid()) else {
        return Ok(());
    };
    if bidder.suspended {
        return Err(Refusal::Suspended);
    }
    if bidder.blocked {
        return Err(Refusal::Blocked);
    }
    if bidder.person == case.auction.seller {
        return Err(Refusal::OwnItem);
    }
    if bidder.may_offer(at) { Ok(()) } else { Err(Refusal::TookBack) }
}

/// The site's own commands leave no entry when there is nothing to do.
fn is_idle(auction: &Auction, command: &Command, at: Time) -> bool {
    match command.deed {
        Deed::Close => auction.progress(at) != Progress::Closing,
        Deed::Postpone { from, to, .. } => outage::postponed(auction, from, to).is_none(),
        _ => false,
    }
}

fn entry(case: &Case<'_>, command: &Command, at: Time) -> Entry {
    let decided = must_be_open(case.auction, command, at)
        .and_then(|()| must_know_terms(case.auction, command))
        .and_then(|()| effect(case, command, at));
    let (verdict, effect) = match decided {
        Ok(effect) => (Verdict::Accepted, effect),
        Err(refusal) => (Verdict::Refused(refusal), Effect::new(case.auction.standing.clone())),
    };
    Entry {
        number: case.auction.last + 1,
        at,
        by: command.by,
        id: command.id,
        version: command.version,
        deed: command.deed.clone(),
        amount: effect.amount.or_else(|| asked_amount(case.auction, &command.deed)),
        verdict,
        removed: effect.removed.into(),
        after: effect.after,
    }
}

/// What was asked, in minor units, also where it is refused.
fn asked_amount(auction: &Auction, deed: &Deed) -> Option<Amount> {
    match *deed {
        Deed::Offer { amount } => auction.terms.currency.minor(amount),
        Deed::Take { seen } => auction.terms.currency.minor(seen),
        Deed::LowerReserve { to } => auction.terms.currency.minor(to?),
        _ => None,
    }
}

fn must_be_open(auction: &Auction, command: &Command, at: Time) -> Result<(), Refusal> {
    let progress = auction.progress(at);
    let fits = match command.deed {
        Deed::Close | Deed::Postpone { .. } | Deed::Accept => true,
        Deed::Withdraw { .. } | Deed::LowerReserve { .. } => {
            matches!(progress, Progress::Unpublished | Progress::Scheduled | Progress::Open)
        }
        _ => progress == Progress::Open,
    };
    if fits { Ok(()) } else { Err(Refusal::NotOpen { progress }) }
}

fn must_know_terms(auction: &Auction, command: &Command) -> Result<(), Refusal> {
    let known = (auction.terms_version..=auction.version).contains(&command.version);
    if known || command.by == Actor::Site { Ok(()) } else { Err(Refusal::TermsChanged) }
}

fn effect(case: &Case<'_>, command: &Command, at: Time) -> Result<Effect, Refusal> {
    let auction = case.auction;
    match &command.deed {
        Deed::Offer { amount } => {
            let amount = auction.terms.currency.minor(*amount).ok_or(Refusal::NotWholeUnits)?;
            offer(case, asker(case)?, amount, at)
        }
        Deed::Take { seen } => descending::take(auction, asker(case)?.person, *seen, at).map(Effect::of),
        Deed::BuyNow => buy_now::buy(auction, asker(case)?.person, at).map(Effect::of),
        Deed::Retract { .. } => {
            take_back::retract(case, asker(case)?, at).map(|removed| take_away(case, removed, at))
        }
        Deed::Cancel { whose, which, .. } => {
            take_back::cancel(case.history, *whose, *which).map(|removed| take_away(case, removed, at))
        }
        Deed::LowerReserve { to } => {
            crate::revise::may_edit(auction, at)?;
            reserve::lower(auction, *to).map(Effect::of)
        }
        Deed::EndEarly => end_early::sell_now(case, at).map(Effect::new),
        Deed::Withdraw { .. } => end_early::withdraw(auction, command.by, at).map(Effect::new),
        Deed::Accept => close::accept(auction, at).map(Effect::new),
        Deed::Close => Ok(Effect::new(close::closed(auction, close::outcome(auction, case.history), at))),
        Deed::Postpone { from, to, .. } => {
            let moved = outage::postponed(auction, *from, *to);
            Ok(Effect::new(moved.unwrap_or_else(|| auction.standing.clone())))
        }
    }
}

fn asker<'a>(case: &Case<'a>) -> Result<&'a Bidder, Refusal> {
    case.bidder.ok_or(Refusal::NotYours)
}

fn offer(case: &Case<'_>, bidder: &Bidder, amount: Amount, at: Time) -> Result<Effect, Refusal> {
    let auction = case.auction;
    let mut after = auction.standing.clone();
    if auction.terms.is_sealed() {
        sealed::check(auction, amount)?;
        sealed::take(&mut after, bidder);
    } else {
        let mut ladder = Ladder::of(auction);
        ladder.check(bidder.person, amount)?;
        ladder.take(bidder.person, amount);
        ladder.write_to(&mut after);
        after.offers += 1;
        buy_now::after_change(&mut after);
    }
    soft_close::extend(auction, &mut after, at);
    Ok(Effect::of((after, amount)))
}

fn take_away(case: &Case<'_>, removed: Vec<u32>, at: Time) -> Effect {
    let mut after = take_back::without(case.auction, case.history, &removed);
    buy_now::after_change(&mut after);
    soft_close::extend(case.auction, &mut after, at);
    Effect { after, amount: None, removed }
}
