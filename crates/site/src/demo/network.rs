//! `demo --network`: three sites in one process, linked in a row, whose people bid on each other's items.

use super::bidders::{self, Stall};
use super::{NAMES, ThrowAway, VISITOR, add, bidders_named, length};
use crate::serve::{Running, until_told_or};
use crate::settings::{Overrides, Settings};
use anyhow::{Result, anyhow};
use market::Role;
use std::io::Write;
use std::path::Path;

/// The account that looks after the network.
const WEBMASTER: &str = "webmaster@example.org";

/// The sites, each dialling the one before it.
const SITES: [&str; 3] = ["Oak Street Auctions", "Elm Charity Market", "Fir Collectors"];

/// How many auctions each keeps open.
const OPEN: usize = 4;

/// Runs the demonstration until it is interrupted, or for so many minutes. `speed` shortens the waits between bids.
pub async fn demo_network(minutes: Option<u32>, speed: u32) -> Result<()> {
    let folder = ThrowAway::new();
    let mut sites: Vec<Running> = Vec::new();
    for (place, name) in SITES.into_iter().enumerate() {
        let above = sites.last().map(|site| site.address().as_str());
        sites.push(Running::start(settings(&folder.0.join(place.to_string()), name, above)?).await?);
    }
    let mut playing = Vec::new();
    for (first, (site, names)) in sites.iter().zip(NAMES.chunks(NAMES.len() / SITES.len())).enumerate() {
        let market = site.market().clone();
        let people = bidders_named(&market, names).await?;
        add(&market, VISITOR.0, "Visitor", Role::User).await?;
        add(&market, WEBMASTER, "Webmaster", Role::Administrator).await?;
        let stall = Stall { open: OPEN, first, step: SITES.len() };
        playing.push(tokio::spawn(bidders::play(market, people, speed.max(1), stall)));
    }
    welcome(&sites)?;
    until_told_or(length(minutes)).await;
    playing.iter().for_each(|play| play.abort());
    while let Some(last) = sites.pop() {
        last.stop().await?;
    }
    Ok(())
}

/// A site on a free port of this machine that anybody there may link with.
fn settings(data: &Path, name: &str, above: Option<&str>) -> Result<Settings> {
    let data = data.display().to_string();
    let upstream = above.map_or_else(String::new, |address| format!("{}/hub", address.replace("http", "ws")));
    let said = [
        ("NAME", name),
        ("DATA", &data),
        ("LISTEN", "localhost:0"),
        ("MAIL_TRANSPORT", "memory"),
        ("ALLOW_SHORT_AUCTIONS", "true"),
        ("NETWORK_DOWNSTREAMS", "true"),
        ("NETWORK_JOIN", "open"),
        ("NETWORK_CONTACT", WEBMASTER),
        ("NETWORK_UPSTREAMS", &upstream),
    ];
    let said = said.into_iter().map(|(name, value)| (format!("ANUKO_AUCTION_{name}"), value.to_owned()));
    Settings::load(&Overrides::default(), said, None).map_err(|problems| anyhow!("{problems}"))
}

fn welcome(sites: &[Running]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Three sites of one network are open:")?;
    for (name, site) in SITES.iter().zip(sites) {
        writeln!(out, "  {name:20} {}", site.address())?;
    }
    writeln!(out, "What is listed on one is seen on all, and people of each bid on items of the others.")?;
    writeln!(
        out,
        "Bid along: sign in at one as {} with the password \"{}\", and watch",
        VISITOR.0, VISITOR.1
    )?;
    writeln!(
        out,
        "the others. A browser keeps one sign-in for all of them, as they share the name localhost."
    )?;
    if let Some(first) = sites.first() {
        let page = first.address().page("/network");
        writeln!(out, "The network as a webmaster sees it: {page}, as {WEBMASTER}.")?;
    }
    writeln!(out, "Everything is thrown away when you press Ctrl-C.")?;
    Ok(())
}
