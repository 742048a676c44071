//! What will happen, as far as the bidder may know, before anything is decided.

use super::super::auction::before;
use super::super::check::Check;
use super::super::filled::Filled;
use super::super::visit::{Refused, Visit};
use super::super::written;
use super::path;
use auction::{Amount, Decimal, Format, Progress, Refusal as Rules};
use market::Refusal;
use market::show::AuctionPage;

/// An offer. What can only be refused is refused here already; the rules ask again.
pub(super) async fn offer(visit: &Visit, id: i64, amount: Decimal, form: &Filled) -> Result<Check, Refusal> {
    let seen = visit.market().auction_page(visit.viewer.as_ref(), id).await?;
    let currency = seen.terms.currency;
    let rules = |refusal| Refusal::Rules(refusal, Some(currency));
    let amount = currency.minor(amount).ok_or(rules(Rules::NotWholeUnits))?;
    refusable(&seen, amount).map_err(rules)?;
    let word = store::encoding::format_word(&seen.terms.format);
    let ladder = seen.terms.has_ladder();
    let state = match seen.shown.price {
        _ if ladder && seen.own.leading => "raise",
        None if ladder => "first",
        _ => "next",
    };
    let values = [
        ("amount", written::amount(amount, currency).into()),
        ("start", written::amount(seen.terms.start_price, currency).into()),
        (
            "next",
            seen.shown.next_offer.map_or_else(String::new, |next| written::amount(next, currency)).into(),
        ),
        ("state", state.into()),
    ];
    let mut lines = vec![visit.words(&format!("check-{word}"), &values)];
    lines.extend(binding(visit, &seen));
    Ok(Check {
        title: visit.words("check-offer-title", &[]),
        amount: Some(written::amount(amount, currency)),
        lines,
        button: visit.words("check-offer-button", &values[..1]),
        ..blank(visit, &seen, "offer", form)
    })
}

/// The refusals that are certain before anybody decides.
fn refusable(seen: &AuctionPage, amount: Amount) -> Result<(), Rules> {
    let (shown, own) = (&seen.shown, &seen.own);
    if shown.progress != Progress::Open {
        return Err(Rules::NotOpen { progress: shown.progress });
    }
    if amount > Amount::MOST {
        return Err(Rules::TooHigh { most: Amount::MOST });
    }
    let side = seen.terms.side();
    let leads = own.limit.filter(|_| own.leading && seen.terms.has_ladder());
    if let Some(own) = leads.filter(|own| side.worth(amount) <= side.worth(*own)) {
        return Err(Rules::NotAboveOwn { own });
    }
    let bound = own.next_offer.filter(|_| leads.is_none());
    match bound {
        Some(bound) if side.worth(amount) >= side.worth(bound) => Ok(()),
        Some(most) if seen.terms.format == Format::Reverse => Err(Rules::TooHigh { most }),
        Some(least) => Err(Rules::TooLow { least }),
        None => Ok(()),
    }
}

/// The price on the clock.
pub(super) async fn take(visit: &Visit, id: i64, price: Decimal, form: &Filled) -> Result<Check, Refused> {
    let seen = look(visit, id).await?;
    let currency = seen.terms.currency;
    let price = currency.minor(price).map_or_else(String::new, |price| written::amount(price, currency));
    let mut lines = vec![visit.words("check-descending", &[])];
    lines.extend(binding(visit, &seen));
    Ok(Check {
        title: visit.words("check-take-title", &[]),
        amount: Some(price.clone()),
        lines,
        button: visit.words("bid-take", &[("amount", price.into())]),
        ..blank(visit, &seen, "take", form)
    })
}

/// Buy now.
pub(super) async fn buy_now(visit: &Visit, id: i64, form: &Filled) -> Result<Check, Refusal> {
    let seen = visit.market().auction_page(visit.viewer.as_ref(), id).await?;
    let price = seen.shown.buy_now.ok_or(Refusal::Rules(Rules::BuyNowGone, None))?;
    let price = written::amount(price, seen.terms.currency);
    let mut lines = vec![visit.words("check-buy-now", &[])];
    lines.extend(binding(visit, &seen));
    Ok(Check {
        title: visit.words("check-take-title", &[]),
        amount: Some(price.clone()),
        lines,
        button: visit.words("bid-buy-now", &[("amount", price.into())]),
        ..blank(visit, &seen, "buy-now", form)
    })
}

/// Taking back.
pub(super) async fn retract(visit: &Visit, id: i64, form: &Filled) -> Result<Check, Refused> {
    let seen = look(visit, id).await?;
    Ok(Check {
        title: visit.words("check-retract-title", &[]),
        lines: vec![visit.words("check-retract", &[])],
        button: visit.words("bid-retract", &[]),
        ..blank(visit, &seen, "retract", form)
    })
}

/// What holds for every bid; of one that goes to another site, what goes with it.
fn binding(visit: &Visit, seen: &AuctionPage) -> Vec<String> {
    let mut lines = vec![visit.words("check-binding", &[])];
    if let Some(origin) = &seen.origin {
        lines.push(visit.words("elsewhere-decides", &[("site", origin.name.as_str().into())]));
        lines.extend(before(visit));
    }
    lines
}

async fn look(visit: &Visit, id: i64) -> Result<AuctionPage, Refused> {
    let seen = visit.market().auction_page(visit.viewer.as_ref(), id).await;
    seen.map_err(|refusal| visit.refuse(&refusal).into())
}

fn blank(visit: &Visit, seen: &AuctionPage, deed: &str, form: &Filled) -> Check {
    Check {
        title: String::new(),
        item: seen.words.title.clone(),
        amount: None,
        lines: Vec::new(),
        button: visit.words("check-back", &[]),
        action: format!("{}/{deed}", path(seen.id)),
        back: path(seen.id),
        form: form.clone().set("sure", "yes".to_owned()),
    }
}
