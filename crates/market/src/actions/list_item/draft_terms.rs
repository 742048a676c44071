//! From what a seller wrote to terms, with everything that is wrong named at once.

use super::{Ending, ListItem, Opening};
use crate::{FieldProblem, Policy, Refusal};
use auction::{Amount, Clock, Currency, Decimal, Extension, Format, Span, StepTable, Terms, Time};

/// The terms of an item as written at `now`; `problems` holds what was wrong with the rest of it. What has opened
/// already keeps the moment at which it did, and lasts from then.
pub(in super::super) fn terms(
    item: &ListItem,
    policy: &Policy,
    now: Time,
    opened: Option<Time>,
    problems: Vec<FieldProblem>,
) -> Result<Terms, Refusal> {
    let mut draft = Draft { item, policy, now, opened, problems };
    let terms = draft.terms();
    match terms {
        Some(terms) if draft.problems.is_empty() => Ok(terms),
        _ => Err(Refusal::Malformed(draft.problems)),
    }
}

struct Draft<'a> {
    item: &'a ListItem,
    policy: &'a Policy,
    now: Time,
    opened: Option<Time>,
    problems: Vec<FieldProblem>,
}

impl Draft<'_> {
    fn note(&mut self, field: &'static str, problem: &'static str) {
        self.problems.push(FieldProblem { field, problem });
    }

    fn terms(&mut self) -> Option<Terms> {
        let item = self.item;
        let currency = self.currency()?;
        let start_price = self.amount("start_price", Some(&item.start_price), currency);
        if item.start_price.trim().is_empty() {
            self.note("start_price", "missing");
        }
        let reserve = self.amount("reserve", item.reserve.as_deref(), currency);
        let buy_now = self.amount("buy_now", item.buy_now.as_deref(), currency);
        let format = self.format(currency);
        let (opens_at, ends_at) = self.times()?;
        let extension = self.extension();
        let terms = Terms {
            format: format?,
            currency,
            start_price: start_price?,
            reserve,
            buy_now,
            steps: StepTable::standard(self.policy.step_power),
            opens_at,
            ends_at,
            extension,
        }
        .with_clock_end();
        let problems = terms.problems();
        self.problems.extend(problems.iter().map(|p| FieldProblem { field: p.field, problem: p.problem }));
        self.check_length(&terms);
        Some(terms)
    }

    fn currency(&mut self) -> Option<Currency> {
        let code = self.item.currency.trim();
        let allowed = &self.policy.currencies;
        let found = if code.is_empty() {
            allowed.first()
        } else {
            allowed.iter().find(|currency| currency.code() == code)
        };
        if found.is_none() {
            self.note("currency", "not_offered_here");
        }
        found.copied()
    }

    fn amount(&mut self, field: &'static str, text: Option<&str>, currency: Currency) -> Option<Amount> {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        let Ok(written) = Decimal::parse(text) else {
            self.note(field, "not_a_decimal");
            return None;
        };
        let amount = currency.minor(written);
        if amount.is_none() {
            self.note(field, "not_whole_units");
        }
        amount
    }

    fn format(&mut self, currency: Currency) -> Option<Format> {
        let item = self.item;
        Some(match item.format.as_str() {
            "ascending" | "" => Format::Ascending,
            "sealed_first_price" => Format::SealedFirstPrice,
            "sealed_second_price" => Format::SealedSecondPrice,
            "reverse" => Format::Reverse,
            "descending" => {
                let step = self.amount("clock_step", item.clock_step.as_deref(), currency);
                let floor = self.amount("clock_floor", item.clock_floor.as_deref(), currency);
                for (there, field) in [
                    (item.clock_step.is_some(), "clock_step"),
                    (item.clock_floor.is_some(), "clock_floor"),
                    (item.clock_interval.is_some(), "clock_interval"),
                ] {
                    if !there {
                        self.note(field, "missing");
                    }
                }
                Format::Descending(Clock { step: step?, interval: item.clock_interval?, floor: floor? })
            }
            _ => {
                self.note("format", "unknown");
                return None;
            }
        })
    }

    fn times(&mut self) -> Option<(Time, Time)> {
        let opens_at = self.opens_at()?;
        let ends_at = match self.item.ending {
            Ending::After(span) => opens_at + span,
            Ending::At(at) => at,
            Ending::ByClock if self.item.format == "descending" => opens_at + Span(1),
            Ending::ByClock => {
                self.note("ends_at", "missing");
                return None;
            }
        };
        if self.opened.is_some() && ends_at <= self.now {
            self.note("ends_at", "in_the_past");
            return None;
        }
        Some((opens_at, ends_at))
    }

    fn opens_at(&mut self) -> Option<Time> {
        let problem = match (self.opened, self.item.opening) {
            (Some(opened), _) => return Some(opened),
            (None, Opening::Now) => return Some(self.now),
            (None, Opening::At(at)) if at < self.now => "in_the_past",
            (None, Opening::At(at)) if at - self.now > Policy::FURTHEST_START => "too_far_ahead",
            (None, Opening::At(at)) => return Some(at),
        };
        self.note("opens_at", problem);
        None
    }

    fn check_length(&mut self, terms: &Terms) {
        let length = terms.ends_at - terms.opens_at;
        if length < self.policy.shortest() {
            self.note("ends_at", "too_short");
        }
        if length > Policy::LONGEST {
            self.note("ends_at", "too_long");
        }
    }

    fn extension(&mut self) -> Option<Extension> {
        let standard = self.policy.extension;
        let window = self.item.extension_window.unwrap_or(standard.window);
        let cap = self.item.extension_cap.unwrap_or(standard.cap.max(window));
        if window == Span::ZERO {
            return None;
        }
        if window < self.policy.shortest_window() || window > Span::hours(1) {
            self.note("extension_window", "out_of_range");
        }
        if cap > Span::days(1) {
            self.note("extension_cap", "out_of_range");
        }
        Some(Extension { window, cap })
    }
}
