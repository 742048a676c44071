//! `GET /auctions/{id}/won`: the sale, for a winner of another site who comes with the link of the letter.

use super::frame::Frame;
use super::posted::Number;
use super::visit::{Page, Visit};
use super::written;
use askama::Template;
use auction::{Outcome, Time};
use http::StatusCode;
use market::WinnerLink;

#[derive(Template)]
#[template(path = "won.html")]
struct Won {
    page: Frame,
    id: i64,
    item: String,
    price: String,
    /// The seller's name and mail address.
    seller: Option<(String, String)>,
    /// The winner, and the site that the winning bid came from.
    name: String,
    site: String,
    /// When the link ceases to work.
    until: String,
}

/// `GET /auctions/{id}/won`
pub(super) async fn page(Number(id): Number, visit: Visit) -> Page {
    let until = Time(visit.query.value("until").parse().unwrap_or(0));
    let link = WinnerLink { auction: id, until, signature: visit.query.value("key").to_owned() };
    let seen = visit.market().winner_page(link).await.map_err(|refusal| visit.refuse(&refusal))?;
    let auction = seen.auction;
    let price = match auction.shown.outcome {
        Some(Outcome::Sold { price, .. }) => written::amount(price, auction.terms.currency),
        _ => String::new(),
    };
    let shown = Won {
        page: visit.frame(visit.words("won-title", &[])),
        id,
        item: auction.words.title,
        price,
        seller: auction.own.other,
        name: seen.name,
        site: seen.site,
        until: visit.minute(until).text,
    };
    Ok(visit.page(StatusCode::OK, &shown))
}
