//! The deeds themselves. What cannot be undone is asked twice.

use super::super::check::Check;
use super::super::filled::Filled;
use super::super::posted::{Number, Posted};
use super::super::typed;
use super::super::visit::{Page, Visit, see_other};
use super::super::written;
use super::{look, show};
use market::actions::CancelBid;
use market::{BidderName, Refusal};

/// `POST /auctions/{id}/publish`
pub(in super::super) async fn publish(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    let done = visit.market().publish(who, id).await;
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/add-text`
pub(in super::super) async fn add_text(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    let done = visit.market().add_text(who, form.command(visit.market()), id, form.value("text")).await;
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/reserve`: lowers it; nothing filled in drops it.
pub(in super::super) async fn lower_reserve(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    let to = match form.filled("amount").map(typed::amount).transpose() {
        Ok(to) => to,
        Err(problem) => return show(&visit, id, form.flawed("amount", problem, &visit)).await,
    };
    if !is_sure(&form) {
        return ask(&visit, id, form, "reserve").await;
    }
    let done = visit.market().lower_reserve(who, id, form.command(visit.market()), form.version(), to).await;
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/end-early`
pub(in super::super) async fn end_early(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    if !is_sure(&form) {
        return ask(&visit, id, form, "end-early").await;
    }
    let done = visit.market().end_early(who, id, form.command(visit.market()), form.version()).await;
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/withdraw`
pub(in super::super) async fn withdraw(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    if form.filled("reason").is_none() {
        return show(&visit, id, form.flawed("reason", "missing", &visit)).await;
    }
    if !is_sure(&form) {
        return ask(&visit, id, form, "withdraw").await;
    }
    let command = form.command(visit.market());
    let done = visit.market().withdraw(who, id, command, form.version(), form.value("reason")).await;
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/accept`
pub(in super::super) async fn accept(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    if !is_sure(&form) {
        return ask(&visit, id, form, "accept").await;
    }
    let done = visit.market().accept(who, id, form.command(visit.market()), form.version()).await;
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/cancel-bid`
pub(in super::super) async fn cancel_bid(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    let Ok(entry) = form.value("entry").parse() else {
        return show(&visit, id, form.flawed("entry", "missing", &visit)).await;
    };
    if form.filled("cancel_reason").is_none() {
        return show(&visit, id, form.flawed("cancel_reason", "missing", &visit)).await;
    }
    if !is_sure(&form) {
        return ask(&visit, id, form, "cancel-bid").await;
    }
    let request = CancelBid {
        auction: id,
        id: form.command(visit.market()),
        version: form.version(),
        entry,
        reason: form.value("cancel_reason").to_owned(),
    };
    let done = visit.market().cancel_bid(who, request).await;
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/block`: blocks a bidder, or lets back in.
pub(in super::super) async fn block(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    let done = match bidder(&form) {
        Ok(bidder) => visit.market().block(who, id, bidder, form.is("blocked", "yes")).await,
        Err(refusal) => Err(refusal),
    };
    answered(&visit, id, form, done).await
}

/// `POST /auctions/{id}/suspend`: suspends a bidder on the whole site, or lets back in.
pub(in super::super) async fn suspend(Number(id): Number, Posted(visit, form): Posted) -> Page {
    let who = visit.who(&manage(id))?;
    let suspends = form.is("suspended", "yes");
    if suspends && !is_sure(&form) {
        return ask(&visit, id, form, "suspend").await;
    }
    let done = match bidder(&form) {
        Ok(bidder) if suspends => visit.market().suspend_bidder(who, id, bidder, "").await,
        Ok(bidder) => visit.market().unsuspend_bidder(who, id, bidder).await,
        Err(refusal) => Err(refusal),
    };
    answered(&visit, id, form, done).await
}

fn bidder(form: &Filled) -> Result<BidderName, Refusal> {
    form.value("bidder").parse().map_err(|_| Refusal::NoSuchPerson)
}

fn manage(id: i64) -> String {
    format!("/auctions/{id}/manage")
}

fn is_sure(form: &Filled) -> bool {
    form.is("sure", "yes")
}

/// Asks once more, with what will happen.
async fn ask(visit: &Visit, id: i64, form: Filled, deed: &str) -> Page {
    let seen = look(visit, id).await?;
    let currency = seen.terms.currency;
    let written = |amount| written::amount(amount, currency);
    let typed = form.filled("amount").and_then(|text| typed::amount(text).ok());
    let amount = match deed {
        "reserve" => {
            typed.and_then(|decimal| currency.minor(decimal)).or(Some(seen.terms.start_price)).map(written)
        }
        "accept" | "end-early" => seen.shown.price.map(written),
        _ => None,
    };
    let button = visit.words(&format!("manage-{deed}-button"), &[]);
    let check = Check {
        title: visit.words(&format!("manage-{deed}"), &[]),
        item: seen.words.title,
        amount,
        lines: vec![visit.words(&format!("manage-{deed}-check"), &[])],
        button,
        action: format!("/auctions/{id}/{deed}"),
        back: manage(id),
        form: form.set("sure", "yes".to_owned()),
    };
    Ok(check.show(visit))
}

async fn answered<T>(visit: &Visit, id: i64, form: Filled, done: Result<T, Refusal>) -> Page {
    match done {
        Ok(_) => Ok(see_other(&format!("/auctions/{id}"))),
        Err(refusal) => show(visit, id, form.refused(&refusal, visit)).await,
    }
}
