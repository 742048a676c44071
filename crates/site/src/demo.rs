//! `demo` fills a throw-away site with plausible auctions, and bidders that bid while you watch.

mod bidders;
mod goods;
mod network;

pub use network::demo_network;

use crate::serve::Running;
use crate::settings::{Database, Settings, Transport};
use anyhow::{Result, anyhow};
use market::actions::AddUser;
use market::{Email, Identity, Market, Role, Scopes};
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

/// The account that may be used to look around and bid.
const VISITOR: (&str, &str) = ("visitor@example.org", "a demonstration");

/// What is for sale on a site that is alone.
const STALL: bidders::Stall = bidders::Stall { open: 12, first: 0, step: 1 };

/// A folder that goes with the demonstration.
struct ThrowAway(PathBuf);

impl ThrowAway {
    fn new() -> ThrowAway {
        ThrowAway(std::env::temp_dir().join(format!("anuko-auction-demo-{}", std::process::id())))
    }
}

impl Drop for ThrowAway {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a demonstration until it is interrupted, or for so many minutes. `speed` shortens the waits between bids.
pub async fn demo(mut settings: Settings, minutes: Option<u32>, speed: u32) -> Result<()> {
    let folder = ThrowAway::new();
    settings.data.clone_from(&folder.0);
    // Never the database of a real site, whatever the settings say.
    settings.database = Database::Embedded;
    // Nor the network: what is played is nobody else's.
    settings.network.upstreams.clear();
    settings.network.downstreams = false;
    settings.allow_short_auctions = true;
    settings.mail.transport = Transport::Memory;
    let running = Running::start(settings).await?;
    let market = running.market().clone();
    let people = people(&market).await?;
    welcome(&running)?;
    let playing = tokio::spawn(bidders::play(market, people, speed.max(1), STALL));
    crate::serve::until_told_or(length(minutes)).await;
    playing.abort();
    running.stop().await
}

fn length(minutes: Option<u32>) -> Option<Duration> {
    minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)))
}

fn welcome(running: &Running) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "A demonstration is open at {}", running.address())?;
    writeln!(out, "Bid along: sign in as {} with the password \"{}\".", VISITOR.0, VISITOR.1)?;
    writeln!(out, "Everything is thrown away when you press Ctrl-C.")?;
    Ok(())
}

/// Names of those who list and bid.
const NAMES: [&str; 16] = [
    "Aiko Tanaka",
    "Ben Okafor",
    "Clara Jansen",
    "David Novak",
    "Elif Demir",
    "Femi Adeyemi",
    "Greta Lind",
    "Hugo Martin",
    "Ines Costa",
    "Jonas Weber",
    "Katya Orlova",
    "Liam Byrne",
    "Mei Chen",
    "Nora Berg",
    "Omar Haddad",
    "Priya Nair",
];

/// Accounts of all who take part, and of the visitor.
async fn people(market: &Market) -> Result<Vec<Identity>> {
    let people = bidders_named(market, &NAMES).await?;
    add(market, VISITOR.0, "Visitor", Role::User).await?;
    Ok(people)
}

/// Accounts of who lists and bids.
async fn bidders_named(market: &Market, names: &[&str]) -> Result<Vec<Identity>> {
    let mut people = Vec::new();
    for name in names {
        let address = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let user = AddUser { email: email(&address)?, name: (*name).to_owned(), role: Role::User };
        let person = market.add_user(user).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
        people.push(Identity {
            person,
            name: (*name).to_owned(),
            role: Role::User,
            scopes: Scopes::ALL,
            suspended: false,
        });
    }
    Ok(people)
}

/// An account that somebody at the keyboard can use.
async fn add(market: &Market, address: &str, name: &str, role: Role) -> Result<()> {
    let user = AddUser { email: email(address)?, name: name.to_owned(), role };
    let person = market.add_user(user).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
    market.set_password(person, VISITOR.1.to_owned()).await.map_err(|refusal| anyhow!("{refusal:?}"))
}

fn email(address: &str) -> Result<Email> {
    Email::parse(address).ok_or_else(|| anyhow!("{address} is no address"))
}
