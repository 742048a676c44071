//! Rows of lists, and an item as it comes in.

use super::super::whole::whole_or_none;
use super::{amount, moment};
use crate::answer::progress_word;
use auction::{Span, Time};
use market::actions::{Ending, ListItem, Opening};
use market::show::ListRow;
use market::{FieldProblem, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An auction in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct RowShape {
    id: i64,
    title: String,
    format: &'static str,
    currency: String,
    state: &'static str,
    price: Option<String>,
    next_offer: Option<String>,
    buy_now: Option<String>,
    offers: u32,
    opens_at: String,
    ends_at: String,
    /// The site whose auction it is; null for this one.
    site: Option<String>,
}

impl From<ListRow> for RowShape {
    fn from(row: ListRow) -> RowShape {
        let (shown, currency) = (&row.shown, row.currency);
        RowShape {
            id: row.id,
            format: row.format,
            currency: currency.code().to_owned(),
            state: progress_word(shown.progress),
            price: amount(shown.price, currency),
            next_offer: amount(shown.next_offer, currency),
            buy_now: amount(shown.buy_now, currency),
            offers: shown.offers,
            opens_at: moment(row.opens_at),
            ends_at: moment(shown.ends_at),
            site: row.site,
            title: row.title,
        }
    }
}

/// An item with its terms.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Station clock, 1962", "description": "It runs.", "start_price": "10.00", "reserve": "50.00",
    "buy_now": "200.00", "duration_seconds": 604_800, "extension_window_seconds": 120,
}))]
pub(in super::super) struct ItemShape {
    /// One line, at most 120 characters.
    #[schema(min_length = 1, max_length = 120)]
    #[schema(pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$")]
    title: String,
    /// Plain text, at most 20,000 characters.
    #[serde(default)]
    #[schema(max_length = 20000)]
    description: String,
    /// ascending (if not said), sealed_first_price, sealed_second_price, descending or reverse.
    #[schema(value_type = FormatShape, required = false)]
    #[serde(default = "ascending")]
    format: String,
    /// Currency code; the site's default if not said.
    #[schema(pattern = "^[A-Z]{3}$")]
    currency: Option<String>,
    /// The least first offer; in a reverse auction the most, in a descending one where the clock starts.
    #[schema(pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$")]
    start_price: String,
    /// Hidden reserve.
    #[schema(pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$")]
    reserve: Option<String>,
    /// Ends an ascending auction at once at this price.
    #[schema(pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$")]
    buy_now: Option<String>,
    /// By how much a descending clock falls.
    #[schema(pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$")]
    clock_step: Option<String>,
    /// How long each of its prices holds.
    #[schema(minimum = 0, maximum = 315360000)]
    #[serde(default, deserialize_with = "whole_or_none")]
    clock_interval_seconds: Option<i64>,
    /// Where it stops.
    #[schema(pattern = "^[0-9]{1,10}([.][0-9]{1,2})?$")]
    clock_floor: Option<String>,
    /// A planned start, RFC 3339; at once if not said.
    #[schema(format = DateTime)]
    opens_at: Option<String>,
    /// The end, RFC 3339; or give a duration.
    #[schema(format = DateTime)]
    ends_at: Option<String>,
    /// How long it runs.
    #[schema(minimum = 0, maximum = 315360000)]
    #[serde(default, deserialize_with = "whole_or_none")]
    duration_seconds: Option<i64>,
    /// Window of the soft close; 0 for a hard close.
    #[schema(minimum = 0, maximum = 315360000)]
    #[serde(default, deserialize_with = "whole_or_none")]
    extension_window_seconds: Option<i64>,
    /// Cap of the soft close.
    #[schema(minimum = 0, maximum = 315360000)]
    #[serde(default, deserialize_with = "whole_or_none")]
    extension_cap_seconds: Option<i64>,
    /// Keep it as a draft.
    #[serde(default)]
    draft: bool,
}

/// How offers turn into a winner and a price.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "the market reads the words; this describes them")]
enum FormatShape {
    Ascending,
    SealedFirstPrice,
    SealedSecondPrice,
    Descending,
    Reverse,
}

fn ascending() -> String {
    "ascending".to_owned()
}

/// Longer spans than this are typing errors, and could not be counted with.
const LONGEST_SECONDS: i64 = 10 * 365 * 24 * 3600;

impl ItemShape {
    /// The item as the market takes it; what is no time or out of range is named.
    pub(in super::super) fn item(self) -> Result<ListItem, Refusal> {
        let mut problems = Vec::new();
        // Inside, an empty word means the default; whoever writes one here has made an error.
        let empty = [("format", Some(&self.format)), ("currency", self.currency.as_ref())];
        for (field, _) in
            empty.into_iter().filter(|(_, word)| word.is_some_and(|word| word.trim().is_empty()))
        {
            problems.push(FieldProblem { field, problem: "missing" });
        }
        let opens_at = time(&mut problems, "opens_at", self.opens_at.as_deref());
        let ends_at = time(&mut problems, "ends_at", self.ends_at.as_deref());
        let duration = span(&mut problems, "duration_seconds", self.duration_seconds);
        let item = ListItem {
            title: self.title,
            description: self.description,
            format: self.format,
            currency: self.currency.unwrap_or_default(),
            start_price: self.start_price,
            reserve: self.reserve,
            buy_now: self.buy_now,
            clock_step: self.clock_step,
            clock_interval: span(&mut problems, "clock_interval", self.clock_interval_seconds),
            clock_floor: self.clock_floor,
            opening: opens_at.map_or(Opening::Now, Opening::At),
            ending: ends_at.map(Ending::At).or(duration.map(Ending::After)).unwrap_or(Ending::ByClock),
            extension_window: span(&mut problems, "extension_window", self.extension_window_seconds),
            extension_cap: span(&mut problems, "extension_cap", self.extension_cap_seconds),
            draft: self.draft,
        };
        if problems.is_empty() { Ok(item) } else { Err(Refusal::Malformed(problems)) }
    }
}

fn time(problems: &mut Vec<FieldProblem>, field: &'static str, text: Option<&str>) -> Option<Time> {
    let timestamp = text?.parse::<jiff::Timestamp>();
    match timestamp {
        Ok(timestamp) => Some(Time(timestamp.as_microsecond())),
        Err(_) => {
            problems.push(FieldProblem { field, problem: "not_a_time" });
            None
        }
    }
}

fn span(problems: &mut Vec<FieldProblem>, field: &'static str, seconds: Option<i64>) -> Option<Span> {
    let seconds = seconds?;
    if !(0..=LONGEST_SECONDS).contains(&seconds) {
        problems.push(FieldProblem { field, problem: "out_of_range" });
        return None;
    }
    Some(Span::seconds(seconds))
}
