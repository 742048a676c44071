//! Bidding: each deed is shown once more with its amount before it counts.

mod foresee;

use super::auction;
use super::filled::Filled;
use super::posted::{Number, Posted};
use super::typed;
use super::visit::{Page, Visit, see_other};
use ::auction::Decimal;
use ::auction::Refusal as Rules;
use market::Refusal;
use market::actions::Offer;

/// `POST /auctions/{id}/offer`: a maximum, a minimum or a sealed amount.
pub(super) async fn offer(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&path(id))?;
    let amount = match typed::amount(form.value("amount")) {
        Ok(amount) => amount,
        Err(problem) => return auction::show(&visit, id, form.flawed("amount", problem, &visit)).await,
    };
    if !is_sure(&form) {
        return match foresee::offer(&visit, id, amount, &form).await {
            Ok(check) => Ok(check.show(&visit)),
            Err(refusal) => again(&visit, id, form, &refusal).await,
        };
    }
    let done = match visit.app.rates.bid(who.person) {
        Ok(()) => visit.market().place_bid(who, asked(&visit, id, &form, amount)).await,
        Err(refusal) => Err(refusal),
    };
    visit.app.count_bid(&done);
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/take`: the price on the clock.
pub(super) async fn take(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&path(id))?;
    let Ok(seen) = typed::amount(form.value("amount")) else {
        return again(&visit, id, form, &Refusal::field("amount", "not_a_decimal")).await;
    };
    if !is_sure(&form) {
        return Ok(foresee::take(&visit, id, seen, &form).await?.show(&visit));
    }
    let done = match visit.app.rates.bid(who.person) {
        Ok(()) => visit.market().take_price(who, asked(&visit, id, &form, seen)).await,
        Err(refusal) => Err(refusal),
    };
    visit.app.count_bid(&done);
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/buy-now`
pub(super) async fn buy_now(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&path(id))?;
    if !is_sure(&form) {
        return match foresee::buy_now(&visit, id, &form).await {
            Ok(check) => Ok(check.show(&visit)),
            Err(refusal) => again(&visit, id, form, &refusal).await,
        };
    }
    let done = match visit.app.rates.bid(who.person) {
        Ok(()) => visit.market().buy_now(who, id, form.command(visit.market()), form.version()).await,
        Err(refusal) => Err(refusal),
    };
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/retract`
pub(super) async fn retract(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&path(id))?;
    if form.filled("reason").is_none() {
        return auction::show(&visit, id, form.flawed("reason", "missing", &visit)).await;
    }
    if !is_sure(&form) {
        return Ok(foresee::retract(&visit, id, &form).await?.show(&visit));
    }
    let command = form.command(visit.market());
    let done = visit.market().retract(who, id, command, form.version(), form.value("reason")).await;
    answered(&visit, id, form, done).await
}

/// `GET` of the same: somebody has loaded an answer again, or came back from signing in.
pub(super) async fn back(Number(id): Number, _: Visit) -> Page {
    Ok(see_other(&path(id)))
}

fn path(id: i64) -> String {
    format!("/auctions/{id}")
}

fn is_sure(form: &Filled) -> bool {
    form.is("sure", "yes")
}

fn asked(visit: &Visit, auction: i64, form: &Filled, amount: Decimal) -> Offer {
    // The version names the currency, too: a change of it is a change of terms.
    Offer { auction, id: form.command(visit.market()), version: form.version(), amount, currency: None }
}

async fn answered<T>(visit: &Visit, id: i64, form: Filled, done: Result<T, Refusal>) -> Page {
    match done {
        Ok(_) => Ok(see_other(&format!("{}#standing", path(id)))),
        Err(refusal) => again(visit, id, form, &refusal).await,
    }
}

/// The page again, with what is in the way beside the box; about the amount, if it is that.
async fn again(visit: &Visit, id: i64, form: Filled, refusal: &Refusal) -> Page {
    let Refusal::Rules(rules, _) = refusal else {
        return auction::show(visit, id, form.refused(refusal, visit)).await;
    };
    let form = form.refused(refusal, visit);
    let of_amount = matches!(
        rules,
        Rules::TooLow { .. } | Rules::TooHigh { .. } | Rules::NotAboveOwn { .. } | Rules::NotWholeUnits
    );
    auction::show(visit, id, if of_amount { form.about("amount") } else { form }).await
}
