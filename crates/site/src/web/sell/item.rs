//! From the form to an item as the market takes it.

use super::super::filled::Filled;
use super::super::typed;
use super::super::visit::Visit;
use super::Kept;
use auction::{Span, Time};
use market::actions::{Ending, ListItem, Opening};

/// The item, or the form with what is wrong about it.
pub(super) fn read(visit: &Visit, form: &Filled, kept: Option<&Kept>) -> Result<ListItem, Filled> {
    let mut reader = Reader { visit, form, kept, wrong: form.clone() };
    let item = reader.item();
    if reader.wrong.is_wrong() { Err(reader.wrong) } else { Ok(item) }
}

struct Reader<'a> {
    visit: &'a Visit,
    form: &'a Filled,
    kept: Option<&'a Kept>,
    wrong: Filled,
}

impl Reader<'_> {
    fn item(&mut self) -> ListItem {
        let form = self.form;
        let clock = form.is("format", "descending");
        ListItem {
            title: form.value("title").to_owned(),
            description: form.value("description").to_owned(),
            format: form.value("format").to_owned(),
            currency: form.value("currency").to_owned(),
            start_price: self.amount("start_price").unwrap_or_default(),
            reserve: self.amount("reserve"),
            buy_now: self.amount("buy_now"),
            clock_step: self.amount("clock_step").filter(|_| clock),
            clock_interval: self.interval().filter(|_| clock),
            clock_floor: self.amount("clock_floor").filter(|_| clock),
            opening: self.opening(),
            ending: if clock { Ending::ByClock } else { self.ending() },
            extension_window: self.seconds("extension_window"),
            extension_cap: self.seconds("extension_cap"),
            draft: form.is("draft", "yes"),
        }
    }

    fn flaw(&mut self, field: &str, problem: &str) {
        self.wrong = std::mem::take(&mut self.wrong).flawed(field, problem, self.visit);
    }

    fn amount(&mut self, field: &'static str) -> Option<String> {
        let text = self.form.filled(field)?;
        match typed::plain(text) {
            Ok(plain) => Some(plain.into_owned()),
            Err(problem) => {
                self.flaw(field, problem);
                None
            }
        }
    }

    fn interval(&mut self) -> Option<Span> {
        let count = self.whole("clock_interval")?;
        let unit = self.form.value("clock_unit").parse().unwrap_or(60);
        Some(Span::seconds(count.saturating_mul(unit)))
    }

    fn seconds(&mut self, field: &'static str) -> Option<Span> {
        self.whole(field).map(Span::seconds)
    }

    /// A whole number; a year in seconds is more than any of them may be.
    fn whole(&mut self, field: &'static str) -> Option<i64> {
        let text = self.form.filled(field)?;
        match text.parse::<u32>() {
            Ok(number) => Some(i64::from(number.min(366 * 86_400))),
            Err(_) => {
                self.flaw(field, "not_a_number");
                None
            }
        }
    }

    fn opening(&mut self) -> Opening {
        match (self.form.value("opening"), self.kept) {
            ("keep", Some(kept)) => kept.opening,
            ("at", _) => self.time("opens_at").map_or(Opening::Now, Opening::At),
            _ => Opening::Now,
        }
    }

    fn ending(&mut self) -> Ending {
        match (self.form.value("ending"), self.kept) {
            ("keep", Some(kept)) => kept.ending,
            ("at", _) => self.time("ends_at").map_or(Ending::ByClock, Ending::At),
            _ => self.seconds("ending").map_or(Ending::ByClock, Ending::After),
        }
    }

    /// A moment in the zone of the site. One that the clocks skip or show twice is the one that people mean: what
    /// their wall would show an hour later, or the first.
    fn time(&mut self, field: &'static str) -> Option<Time> {
        let Some(text) = self.form.filled(field) else {
            self.flaw(field, "missing");
            return None;
        };
        let local = text.parse::<jiff::civil::DateTime>().ok();
        let zoned = local.and_then(|local| local.to_zoned(self.visit.zone().clone()).ok());
        if zoned.is_none() {
            self.flaw(field, "not_a_moment");
        }
        zoned.map(|zoned| Time(zoned.timestamp().as_microsecond()))
    }
}
