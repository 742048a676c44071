//! What I sell, and what I bid on.

use super::browse::lots;
use super::frame::Frame;
use super::lot::Lot;
use super::visit::{Page, Visit};
use super::written;
use askama::Template;
use http::StatusCode;
use market::show::{BidRow, Listing};

/// Rows of a page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "my_auctions.html")]
struct MyAuctions {
    page: Frame,
    lots: Vec<Lot>,
    more: Option<String>,
}

/// `GET /my/auctions`
pub(super) async fn auctions(visit: Visit) -> Page {
    visit.who_here()?;
    let (lots, more) = lots(&visit, Listing::Mine, ROWS).await?;
    let page = visit.frame(visit.words("my-auctions-title", &[]));
    Ok(visit.page(StatusCode::OK, &MyAuctions { page, lots, more }))
}

#[derive(Template)]
#[template(path = "my_bids.html")]
struct MyBids {
    page: Frame,
    bids: Vec<MyBid>,
    more: Option<i64>,
}

struct MyBid {
    lot: Lot,
    state: &'static str,
    state_words: String,
    limit: Option<String>,
}

/// `GET /my/bids`
pub(super) async fn bids(visit: Visit) -> Page {
    let who = visit.who_here()?;
    let below = visit.query.value("below").parse().unwrap_or(i64::MAX);
    let found = visit.market().my_bids(who, below, ROWS).await.map_err(|refusal| visit.refuse(&refusal))?;
    let more = found.last().map(|bid| bid.row.id).filter(|_| found.len() == ROWS);
    let bids = found.into_iter().map(|bid| my_bid(&visit, bid)).collect();
    let page = visit.frame(visit.words("my-bids-title", &[]));
    Ok(visit.page(StatusCode::OK, &MyBids { page, bids, more }))
}

fn my_bid(visit: &Visit, bid: BidRow) -> MyBid {
    let state = bid.state.word();
    let currency = bid.row.currency;
    MyBid {
        state,
        state_words: visit.words(&format!("my-bid-{state}"), &[]),
        limit: bid.limit.map(|limit| written::amount(limit, currency)),
        lot: Lot::new(visit, bid.row),
    }
}
