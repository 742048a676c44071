//! `demo` fills a throw-away site with plausible auctions, and bidders that bid while you watch.

mod bidders;
mod goods;

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

/// A folder that goes with the demonstration.
struct ThrowAway(PathBuf);

impl Drop for ThrowAway {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs a demonstration until it is interrupted, or for so many minutes. `speed` shortens the waits between bids.
pub async fn demo(mut settings: Settings, minutes: Option<u32>, speed: u32) -> Result<()> {
    let folder = ThrowAway(std::env::temp_dir().join(format!("anuko-auction-demo-{}", std::process::id())));
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
    let playing = tokio::spawn(bidders::play(market, people, speed.max(1)));
    let length = minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
    crate::serve::until_told_or(length).await;
    playing.abort();
    running.stop().await
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
    let mut people = Vec::new();
    for (number, name) in NAMES.iter().enumerate() {
        let email =
            Email::parse(&format!("person{number}@example.org")).ok_or_else(|| anyhow!("no address"))?;
        let user = AddUser { email, name: (*name).to_owned(), role: Role::User };
        let person = market.add_user(user).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
        people.push(Identity {
            person,
            name: (*name).to_owned(),
            role: Role::User,
            scopes: Scopes::ALL,
            suspended: false,
        });
    }
    let email = Email::parse(VISITOR.0).ok_or_else(|| anyhow!("no address"))?;
    let user = AddUser { email, name: "Visitor".to_owned(), role: Role::User };
    let person = market.add_user(user).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
    market.set_password(person, VISITOR.1.to_owned()).await.map_err(|refusal| anyhow!("{refusal:?}"))?;
    Ok(people)
}
