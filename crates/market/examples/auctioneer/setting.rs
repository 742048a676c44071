//! A site with a thousand bidders and a hundred auctions.

use auction::{
    Amount, Auction, CommandId, Currency, Decimal, Extension, Format, Person, Phase, Span, StepTable, Terms,
};
use market::actions::Offer;
use market::{Clock, Identity, Market, Policy, Role, Scopes, SystemChance, SystemClock};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use store::{Location, Options, auctions, listings, people};

pub(crate) const AUCTIONS: u64 = 100;
pub(crate) const BIDDERS: u64 = 1000;

/// Twice the largest step, so that every bid takes the lead whatever came before it.
const RISE: u64 = 20_000;

pub(crate) struct Setting {
    pub(crate) market: Market,
    given: AtomicU64,
}

impl Setting {
    pub(crate) fn open(folder: &Path, place: Option<&str>, name: &str) -> Result<Setting, crate::Failure> {
        let location = match place {
            Some(text) if name == "full" => Location::from(text),
            Some(text) => Location::from(format!("{text}-{name}").as_str()),
            None => Location::Sqlite(folder.join(format!("{name}.db"))),
        };
        let journal = store::open(&location, &Options::default())?;
        journal.write_blocking::<_, store::Error>(fill)?;
        let market = Market::new(journal, Arc::new(SystemClock), Arc::new(SystemChance), Policy::default());
        Ok(Setting { market, given: AtomicU64::new(0) })
    }

    pub(crate) fn commits(&self) -> u64 {
        *self.market.journal().commits().borrow()
    }

    /// The next bid: by somebody who does not lead, and above everything before.
    pub(crate) fn next(&self, auctions: u64) -> (Identity, Offer) {
        let number = self.given.fetch_add(1, Ordering::Relaxed);
        let person = Person(2 + (number / auctions * 7 + number) as i64 % BIDDERS as i64);
        let scopes = Scopes::ALL;
        let who = Identity { person, name: String::new(), role: Role::User, scopes, suspended: false };
        let offer = Offer {
            auction: 1 + (number % auctions) as i64,
            id: command(number),
            version: 1,
            amount: Decimal::new((1000 + RISE * number) as i64, 2),
            currency: None,
        };
        (who, offer)
    }
}

/// An id as clients choose them: spread over all values.
pub(crate) fn command(number: u64) -> CommandId {
    let spread = u128::from(number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    CommandId(spread.to_be_bytes())
}

fn fill(tx: &mut store::Tx<'_>) -> Result<(), store::Error> {
    let now = SystemClock.now();
    for number in 0..=BIDDERS {
        let email = format!("{number}@example.org");
        let new = people::New {
            email: &email,
            email_key: &email,
            name: &email,
            password: None,
            role: "user",
            language: "en",
            confirmed_at: Some(now),
        };
        people::insert(tx, &new, now)?;
    }
    let terms = Terms {
        format: Format::Ascending,
        currency: Currency::new("EUR", 2).ok_or(store::Error::Unknown)?,
        start_price: Amount(1000),
        reserve: None,
        buy_now: None,
        steps: StepTable::standard(0),
        opens_at: now,
        ends_at: now + Span::days(30),
        extension: Some(Extension::STANDARD),
    };
    for _ in 0..AUCTIONS {
        let id = auctions::insert(tx, &Auction::new(Person(1), terms.clone(), Phase::Published), now)?;
        listings::insert(tx, id, "A lamp", "It shines.")?;
    }
    Ok(())
}
