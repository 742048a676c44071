//! A deed as a word and a detail: the parts that have no column of their own, one a line, free text last.

use super::unreadable;
use auction::{Actor, Amount, Currency, Decimal, Deed, Person, Time, Which};
use journal::Error;

/// What goes into the column `detail`; `None` where word and amount say it all.
pub fn deed_detail(deed: &Deed, amount: Option<Amount>, currency: Currency) -> Option<String> {
    let unlike = |written: Decimal| {
        let same = amount.is_some_and(|amount| currency.decimal(amount) == written);
        (!same).then(|| written.to_string())
    };
    match deed {
        Deed::Offer { amount } => unlike(*amount),
        Deed::Take { seen } => unlike(*seen),
        Deed::LowerReserve { to: Some(to) } => unlike(*to),
        Deed::LowerReserve { to: None } => Some("dropped".to_owned()),
        Deed::Retract { reason } | Deed::Withdraw { reason } => Some(reason.to_string()),
        Deed::Cancel { whose, which, reason } => {
            let which = if let Which::One(number) = which { number.to_string() } else { "all".to_owned() };
            Some(format!("{}\n{which}\n{reason}", whose.0))
        }
        Deed::Postpone { from, to, reason } => Some(format!("{}\n{}\n{reason}", from.0, to.0)),
        Deed::BuyNow | Deed::EndEarly | Deed::Accept | Deed::Close => None,
    }
}

/// The deed of the columns `deed`, `detail` and `amount`.
pub fn deed(
    word: &str,
    detail: Option<&str>,
    amount: Option<i64>,
    currency: Currency,
) -> Result<Deed, Error> {
    read(word, detail, amount, currency).ok_or_else(|| unreadable("deed", word))
}

fn read(word: &str, detail: Option<&str>, amount: Option<i64>, currency: Currency) -> Option<Deed> {
    let written = || match detail {
        Some(text) => Decimal::parse(text).ok(),
        None => amount.map(|amount| currency.decimal(Amount(amount))),
    };
    let text = || Some(Box::from(detail?));
    Some(match word {
        "offer" => Deed::Offer { amount: written()? },
        "take" => Deed::Take { seen: written()? },
        "buy_now" => Deed::BuyNow,
        "retract" => Deed::Retract { reason: text()? },
        "cancel" => {
            let (whose, which, reason) = three(detail?)?;
            let which = if which == "all" { Which::All } else { Which::One(which.parse().ok()?) };
            Deed::Cancel { whose: Person(whose.parse().ok()?), which, reason: reason.into() }
        }
        "lower_reserve" if detail == Some("dropped") => Deed::LowerReserve { to: None },
        "lower_reserve" => Deed::LowerReserve { to: Some(written()?) },
        "end_early" => Deed::EndEarly,
        "withdraw" => Deed::Withdraw { reason: text()? },
        "accept" => Deed::Accept,
        "close" => Deed::Close,
        "postpone" => {
            let (from, to, reason) = three(detail?)?;
            let (from, to) = (Time(from.parse().ok()?), Time(to.parse().ok()?));
            Deed::Postpone { from, to, reason: reason.into() }
        }
        _ => return None,
    })
}

fn three(detail: &str) -> Option<(&str, &str, &str)> {
    let (first, rest) = detail.split_once('\n')?;
    let (second, third) = rest.split_once('\n')?;
    Some((first, second, third))
}

/// The column `capacity`: 0 a person, 1 a moderator, 2 the site.
pub fn capacity(by: Actor) -> i64 {
    match by {
        Actor::Person(_) => 0,
        Actor::Moderator(_) => 1,
        Actor::Site => 2,
    }
}
