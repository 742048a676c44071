//! What has happened so far, newest first, a page at a time.

use super::super::visit::{Refused, Visit};
use super::super::written::{self, Moment};
use auction::{Currency, Verdict};
use market::show::{AuctionPage, HistoryRow, Older};

/// Rows of a page.
const ROWS: usize = 30;

/// A page of the history.
pub(super) struct History {
    pub(super) rows: Vec<Row>,
    /// Where older entries begin.
    pub(super) older: Option<i64>,
    /// This is not the newest page.
    pub(super) is_older: bool,
}

/// One thing that happened.
pub(super) struct Row {
    pub(super) at: Moment,
    pub(super) what: String,
    /// Why, in the words of who did it.
    pub(super) reason: Option<String>,
    pub(super) own: bool,
    pub(super) price: Option<String>,
}

pub(super) async fn read(visit: &Visit, seen: &AuctionPage) -> Result<History, Refused> {
    let from = visit.query.value("from").parse().ok().map(Older);
    let rows = visit.market().history(visit.viewer.as_ref(), seen.id, from, ROWS).await;
    let rows = rows.map_err(|refusal| visit.refuse(&refusal))?;
    let older = rows.last().and_then(|row| row.older);
    Ok(History {
        rows: rows.iter().map(|entry| row(visit, seen, entry)).collect(),
        older: older.map(|Older(place)| place),
        is_older: from.is_some(),
    })
}

fn row(visit: &Visit, seen: &AuctionPage, row: &HistoryRow) -> Row {
    let currency: Currency = seen.terms.currency;
    let entry = &row.entry;
    let somebody = || visit.words("history-somebody", &[]);
    let amount = entry.amount.map(|amount| written::amount(amount, currency));
    let key = match (entry.what, &amount) {
        ("offer" | "take" | "buy_now", Some(_)) if entry.verdict != Verdict::Accepted => {
            "history-refused-of".to_owned()
        }
        _ if entry.verdict != Verdict::Accepted => "history-refused".to_owned(),
        ("offer", Some(_)) => "history-offer-of".to_owned(),
        (what, _) => format!("history-{what}"),
    };
    let away = entry.away;
    let values = [
        ("who", row.who.clone().unwrap_or_else(somebody).into()),
        ("amount", amount.unwrap_or_default().into()),
        ("end", visit.second(entry.ends_at).text.into()),
        ("from", away.map_or_else(String::new, |(from, _)| visit.brief(from).text).into()),
        ("to", away.map_or_else(String::new, |(_, to)| visit.brief(to).text).into()),
    ];
    Row {
        at: visit.brief(entry.at),
        what: visit.words(&key, &values),
        // The words for an outage say why already.
        reason: entry.reason.clone().filter(|_| away.is_none()).map(String::from),
        own: row.who.is_some() && row.who == seen.own.name,
        price: entry.price.map(|price| written::amount(price, currency)),
    }
}
