//! `GET /`: the auctions of the site.

use super::frame::Frame;
use super::lot::Lot;
use super::visit::{Page, Visit};
use askama::Template;
use auction::Time;
use http::StatusCode;
use market::show::{Cursor, Listing};
use store::listings::Place;

/// Rows of a page.
const ROWS: usize = 24;

#[derive(Template)]
#[template(path = "browse.html")]
struct Browse {
    page: Frame,
    list: &'static str,
    lots: Vec<Lot>,
    more: Option<String>,
}

/// `GET /`
pub(super) async fn page(visit: Visit) -> Page {
    let (list, listing) = match visit.query.value("list") {
        "scheduled" => ("scheduled", Listing::Scheduled),
        "closed" => ("closed", Listing::Closed),
        _ => ("open", Listing::Open),
    };
    let (lots, more) = lots(&visit, listing, ROWS).await?;
    let page = visit.frame(visit.words(&format!("browse-title-{list}"), &[]));
    Ok(visit.page(StatusCode::OK, &Browse { page, list, lots, more }))
}

/// A page of a list, with the place behind it if there is more.
pub(super) async fn lots(
    visit: &Visit,
    listing: Listing,
    rows: usize,
) -> Result<(Vec<Lot>, Option<String>), super::visit::Refused> {
    let cursor = place(visit.query.value("after"));
    let found = visit.market().list(visit.viewer.as_ref(), listing, cursor, rows + 1).await;
    let mut found = found.map_err(|refusal| visit.refuse(&refusal))?;
    let is_more = found.len() > rows;
    found.truncate(rows);
    let last = found.last().map(|row| row.cursor.0).filter(|_| is_more);
    let more = last.map(|place| format!("{}.{}", place.at.0, place.id));
    Ok((found.into_iter().map(|row| Lot::new(visit, row)).collect(), more))
}

/// Where a list goes on. Whatever is no place is the beginning.
fn place(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('.')?;
    Some(Cursor(Place { at: Time(at.parse().ok()?), id: id.parse().ok()? }))
}
