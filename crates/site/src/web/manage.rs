//! What seller and moderators do with an auction: publish, add, lower, end, withdraw, accept, cancel, block, suspend.

mod deeds;
mod people;

use super::filled::{Filled, written as id_of};
use super::frame::Frame;
use super::posted::Number;
use super::visit::{Page, Refused, Visit};
use super::written;
use askama::Template;
use auction::{Phase, Progress};
use market::Refusal;
use market::show::AuctionPage;
use people::{Bidder, StandingOffer};

pub(super) use deeds::{
    accept, add_text, block, cancel_bid, end_early, lower_reserve, publish, suspend, withdraw,
};

#[derive(Template)]
#[template(path = "manage.html")]
struct Manage {
    page: Frame,
    form: Filled,
    id: i64,
    version: u32,
    title: String,
    may: May,
    reserve: Option<String>,
    price: String,
    offers: Vec<StandingOffer>,
    bidders: Vec<Bidder>,
    phase: &'static str,
    reason: String,
    /// An id for each command that these forms would give.
    ids: Vec<String>,
}

/// What the viewer may do now. The rules ask again.
struct May {
    publish: bool,
    edit: bool,
    add: bool,
    lower: bool,
    end: bool,
    withdraw: bool,
    accept: bool,
    cancel: bool,
    block: bool,
}

/// `GET /auctions/{id}/manage`
pub(super) async fn page(Number(id): Number, visit: Visit) -> Page {
    show(&visit, id, Filled::default()).await
}

/// The page, with a form that came back.
async fn show(visit: &Visit, id: i64, form: Filled) -> Page {
    let seen = look(visit, id).await?;
    let phase = phase(visit, id).await?;
    let offers = people::standing_offers(visit, &seen).await?;
    let bidders = people::bidders(visit, id).await?;
    let amount = |amount| written::amount(amount, seen.terms.currency);
    let shown = Manage {
        page: visit.frame(visit.words("manage-title", &[])),
        may: may(&seen, phase, !offers.is_empty(), !bidders.is_empty()),
        id,
        version: seen.version,
        title: seen.words.title.clone(),
        reserve: seen.terms.reserve.map(amount),
        price: seen.shown.price.map_or_else(|| "–".to_owned(), amount),
        offers,
        bidders,
        phase: word(phase),
        reason: seen.words.reason.clone(),
        ids: (0..6).map(|_| id_of(visit.market().fresh_id())).collect(),
        form,
    };
    Ok(visit.page(shown.form.status(), &shown))
}

/// The auction, for who sells it and for moderators.
async fn look(visit: &Visit, id: i64) -> Result<AuctionPage, Refused> {
    let who = visit.who(&format!("/auctions/{id}/manage"))?;
    let seen = visit.market().auction_page(Some(who), id).await.map_err(|refusal| visit.refuse(&refusal))?;
    let manages = seen.own.selling || who.role >= market::Role::Moderator;
    if manages { Ok(seen) } else { Err(visit.refuse(&auction::Refusal::NotYours.into()).into()) }
}

/// Why something is not public yet, only its seller and moderators learn; they are who gets here.
async fn phase(visit: &Visit, id: i64) -> Result<Phase, Refused> {
    let found = visit.market().read(move |tx| Ok(store::auctions::find(tx, id)?)).await;
    let found = found.and_then(|stored| stored.ok_or(Refusal::NoSuchAuction));
    found.map(|stored| stored.auction.standing.phase).map_err(|refusal| visit.refuse(&refusal).into())
}

fn word(phase: Phase) -> &'static str {
    match phase {
        Phase::Draft => "draft",
        Phase::AwaitingApproval => "awaiting",
        Phase::NotApproved => "not-approved",
        _ => "public",
    }
}

fn may(seen: &AuctionPage, phase: Phase, has_offers: bool, has_bidders: bool) -> May {
    let selling = seen.own.selling;
    let progress = seen.shown.progress;
    let open = progress == Progress::Open;
    let live = matches!(progress, Progress::Unpublished | Progress::Scheduled | Progress::Open);
    May {
        publish: selling && matches!(phase, Phase::Draft | Phase::NotApproved),
        edit: selling && live && !seen.frozen,
        add: selling && live,
        lower: selling && live && seen.terms.reserve.is_some(),
        end: selling && open && seen.shown.offers > 0,
        withdraw: live,
        accept: seen.own.may_accept,
        cancel: open && has_offers,
        block: live && has_bidders,
    }
}
