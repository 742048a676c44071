//! The database in the data folder, or elsewhere.

use crate::settings::{Database, Settings};
use anyhow::Result;
use market::{Market, Policy, SystemChance, SystemClock};
use std::sync::Arc;
use store::{Journal, Location, Options};

/// The database of a data folder.
pub const DATABASE: &str = "site.sqlite";

/// Where the database is that the settings name.
pub fn location(settings: &Settings) -> Location {
    match &settings.database {
        Database::Embedded => Location::Sqlite(settings.data.join(DATABASE)),
        Database::Postgres(url) => Location::Postgres(url.reveal().to_owned()),
    }
}

/// Whether the data folder has a database.
pub fn has_database(settings: &Settings) -> bool {
    settings.data.join(DATABASE).exists()
}

/// Opens the database that the settings name.
pub fn open(settings: &Settings) -> Result<Journal> {
    let location = location(settings);
    let options = Options { readers: settings.readers as usize, ..Options::default() };
    if let Location::Sqlite(file) = &location {
        // Before it is opened: what SQLite puts beside a file can be read by whoever can read that one.
        process::folder::make_private(file)?;
    }
    Ok(store::open(&location, &options)?)
}

/// The market of these settings over an open database.
pub fn market(settings: &Settings, journal: Journal) -> Market {
    Market::new(journal, Arc::new(SystemClock), Arc::new(SystemChance), policy(settings))
}

/// What the settings say about the market.
pub fn policy(settings: &Settings) -> Policy {
    let seconds = |n: u32| auction::Span::seconds(i64::from(n));
    Policy {
        registration_open: settings.registration == crate::settings::Registration::Open,
        approval: settings.approval,
        allow_short_auctions: settings.allow_short_auctions,
        currencies: settings.currencies.clone(),
        step_power: settings.step_power,
        language: settings.language.to_string(),
        host: settings.public_url.host(),
        outbid_silence: seconds(settings.outbid_silence_seconds),
        retry: settings.mail.retry_seconds.iter().map(|wait| seconds(*wait)).collect(),
        letters_per_minute: settings.mail.letters_per_minute,
        networked: settings.network.is_networked(),
        sign_in_attempts: settings.limits.sign_in_attempts_per_minute,
        ..Policy::default()
    }
}
