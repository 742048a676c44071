//! Paging: a list says where it goes on, and nobody needs to understand how.

use auction::Time;
use market::Refusal;
use market::show::Cursor;
use serde::{Deserialize, Serialize};
use store::listings::Place;
use utoipa::{IntoParams, ToSchema};

/// Rows of a page when nobody says otherwise.
const LIMIT: usize = 50;

/// The most rows of a page.
const LIMIT_MOST: usize = 100;

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    /// Where to go on: `next` of the page before.
    #[param(value_type = String, required = false, pattern = "^[0-9]{1,18}[.][0-9]{1,18}$")]
    cursor: Option<String>,
    /// How many rows, 50 if not said.
    #[param(value_type = u16, required = false, minimum = 1, maximum = 100)]
    limit: Option<u16>,
}

impl Page {
    pub(super) fn new(cursor: Option<String>, limit: Option<u16>) -> Page {
        Page { cursor, limit }
    }

    pub(super) fn limit(&self) -> Result<usize, Refusal> {
        match self.limit.map(usize::from) {
            None => Ok(LIMIT),
            Some(limit) if (1..=LIMIT_MOST).contains(&limit) => Ok(limit),
            Some(_) => Err(Refusal::field("limit", "out_of_range")),
        }
    }

    /// The place, for lists ordered by a time.
    pub(super) fn place(&self) -> Result<Option<Cursor>, Refusal> {
        let Some(text) = &self.cursor else { return Ok(None) };
        let place = text
            .split_once('.')
            .and_then(|(at, id)| Some(Cursor(Place { at: Time(number(at)?), id: number(id)? })));
        place.map(Some).ok_or_else(|| Refusal::field("cursor", "unknown"))
    }

    /// The number, for lists ordered by number.
    pub(super) fn number(&self) -> Result<Option<i64>, Refusal> {
        Ok(self.place()?.map(|cursor| cursor.0.id))
    }
}

/// Digits alone, and no more than fit.
fn number(text: &str) -> Option<i64> {
    let plain = (1..=18).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    text.parse().ok().filter(|_| plain)
}

/// How a place is written in a list ordered by number.
pub(super) fn behind(number: i64) -> String {
    written(Cursor(Place { at: Time(0), id: number }))
}

/// How a place is written.
pub(super) fn written(cursor: Cursor) -> String {
    format!("{}.{}", cursor.0.at.0, cursor.0.id)
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Rows<T> {
    /// The rows.
    rows: Vec<T>,
    /// Where the list goes on; none at its end.
    next: Option<String>,
}

impl<T> Rows<T> {
    /// A page, and where the list goes on.
    pub(super) fn ending(rows: Vec<T>, next: Option<String>) -> Rows<T> {
        Rows { rows, next }
    }

    /// A page of at most `limit` rows, with the place behind the last one.
    pub(super) fn new(rows: Vec<(T, String)>, limit: usize) -> Rows<T> {
        let full = rows.len() >= limit;
        let mut next = None;
        let rows = rows
            .into_iter()
            .map(|(row, place)| {
                next = Some(place);
                row
            })
            .collect();
        Rows { rows, next: next.filter(|_| full) }
    }
}
