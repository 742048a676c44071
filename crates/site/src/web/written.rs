//! Amounts, moments and lengths of time as people read them.

use super::visit::Visit;
use auction::{Amount, Currency, Span, Time};
use jiff::Timestamp;

/// A moment, for people and for the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// For people, in the zone of the site.
    pub(super) text: String,
    /// For the browser.
    pub(super) machine: String,
}

/// An amount with its currency. The two are not parted at the end of a line.
pub(super) fn amount(amount: Amount, currency: Currency) -> String {
    format!("{}\u{a0}{}", currency.write(amount), currency.code())
}

/// A moment for the browser.
pub(super) fn machine(time: Time) -> String {
    timestamp(time).to_string()
}

fn timestamp(time: Time) -> Timestamp {
    Timestamp::from_microsecond(time.0).unwrap_or(Timestamp::MAX)
}

const SECOND: i64 = 1_000_000;

impl Visit {
    /// A moment to the minute: Sunday 22 November 2026, 18:00 UTC.
    pub(super) fn minute(&self, time: Time) -> Moment {
        self.moment(time, "%A %-d %B %Y, %H:%M %Z")
    }

    /// A moment to the second, where the second decides.
    pub(super) fn second(&self, time: Time) -> Moment {
        self.moment(time, "%A %-d %B %Y, %H:%M:%S %Z")
    }

    /// A moment to the minute in few words: 22 Nov, 18:00 UTC.
    pub(super) fn short(&self, time: Time) -> Moment {
        self.moment(time, "%-d %b, %H:%M %Z")
    }

    /// A moment in few words, for tables: 22 Nov, 18:00:05.
    pub(super) fn brief(&self, time: Time) -> Moment {
        self.moment(time, "%-d %b, %H:%M:%S")
    }

    fn moment(&self, time: Time, form: &str) -> Moment {
        let zoned = timestamp(time).to_zoned(self.zone().clone());
        Moment { text: zoned.strftime(form).to_string(), machine: machine(time) }
    }

    /// A moment as a field for date and time holds it, in the zone of the site.
    pub(super) fn field(&self, time: Time) -> String {
        self.moment(time, "%Y-%m-%dT%H:%M").text
    }

    /// How long it is until then, in two units.
    pub(super) fn left(&self, until: Time) -> String {
        let seconds = ((until - self.market().now()).0 / SECOND).max(0);
        let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
        match (days, hours, minutes) {
            (0, 0, 0) => self.words("left-seconds", &[("seconds", seconds.into())]),
            (0, 0, _) => {
                self.words("left-minutes", &[("minutes", minutes.into()), ("seconds", (seconds % 60).into())])
            }
            (0, ..) => self.words("left-hours", &[("hours", hours.into()), ("minutes", minutes.into())]),
            _ => self.words("left-days", &[("days", days.into()), ("hours", hours.into())]),
        }
    }

    /// How long ago that was, in one unit.
    pub(super) fn ago(&self, time: Time) -> String {
        let minutes = ((self.market().now() - time).0 / SECOND / 60).max(0);
        match (minutes, minutes / 60, minutes / 1440) {
            (0, ..) => self.words("ago-now", &[]),
            (_, 0, _) => self.words("ago-minutes", &[("minutes", minutes.into())]),
            (_, hours, 0) => self.words("ago-hours", &[("hours", hours.into())]),
            (.., days) => self.words("ago-days", &[("days", days.into())]),
        }
    }

    /// A length of time in its largest whole unit: 2 minutes, 90 seconds, 1 day.
    pub(super) fn length(&self, span: Span) -> String {
        let seconds = span.0 / SECOND;
        for (unit, key) in [(86_400, "length-days"), (3600, "length-hours"), (60, "length-minutes")] {
            if seconds >= unit && seconds % unit == 0 {
                let values = [("count", (seconds / unit).into())];
                return self.words(key, &values);
            }
        }
        self.words("length-seconds", &[("count", seconds.into())])
    }
}

/// Text that somebody wrote, in paragraphs; a single line feed stays within one.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let blocks = lines.split(|line| line.is_empty()).filter(|block| !block.is_empty());
    blocks.map(|block| block.join("\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_begins_a_paragraph() {
        assert_eq!(paragraphs("one\ntwo\n\n \nthree\n"), ["one\ntwo", "three"]);
        assert!(paragraphs(" \n").is_empty());
    }

    #[test]
    fn an_amount_has_all_its_decimals() {
        let euro = Currency::new("EUR", 2).expect("a currency");
        assert_eq!(amount(Amount(1250), euro), "12.50\u{a0}EUR");
    }
}
