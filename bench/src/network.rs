//! `network`: how long it takes from a bid at one site to the page of somebody who watches at another. Three sites in a row:
//! the first decides, the bid is made at the second, and somebody watches at the third. So the bid goes one hop, and what
//! was decided two.

mod bidder;
mod watcher;

use crate::call::{call, get};
use crate::command_line::Network;
use crate::control::add_user;
use crate::load::Latency;
use crate::machine;
use crate::site::{Server, Settings, folder};
use crate::table::Table;
use anyhow::{Context, Result, ensure};
use bidder::Bidder;
use serde_json::json;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};
use watcher::Watcher;

/// Sites that have just been started have heard of an item within this.
const SEEN_WITHIN: Duration = Duration::from_secs(20);

/// Nothing is on its way longer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Measures and prints a table.
pub(crate) fn run(asked: &Network) -> Result<()> {
    let here = folder(None)?;
    machine::print(here.path())?;
    let first = site(&[])?;
    let second = site(&[first.address])?;
    let third = site(&[second.address])?;
    let seller = add_user(data(&first)?, "seller")?;
    let item = json!({ "title": "Lamp", "start_price": "10.00", "duration_seconds": 86_400 }).to_string();
    let (status, body) = call(first.address, "POST /api/v1/auctions", Some(&seller), &item)?;
    ensure!(status == 201, "the item was not listed: {status} {body}");
    let (here, far) = (seen(second.address)?, seen(third.address)?);

    let mut watcher = Watcher::open(third.address, far)?;
    let people = [add_user(data(&second)?, "ann")?, add_user(data(&second)?, "bob")?];
    let mut bidder = Bidder::open(second.address, here, people)?;
    let (mut answers, mut pages) = (Latency::new(), Latency::new());
    let pause = Duration::from_secs(1) / asked.rate;
    // What is done for the first time takes longer.
    let warm_up = asked.samples / 10;
    let begun = Instant::now();
    let mut sent = Vec::new();
    for turn in 0..asked.samples + warm_up {
        std::thread::sleep((begun + pause * turn).saturating_duration_since(Instant::now()));
        let at = Instant::now();
        bidder.bid(turn)?;
        if turn >= warm_up {
            answers.count(at.elapsed());
        }
        sent.push(at);
    }
    let shown = watcher.until(sent.len(), PATIENCE)?;
    for (sent, shown) in sent.iter().zip(shown).skip(warm_up as usize) {
        pages.count(shown.saturating_duration_since(*sent));
    }
    print(asked, &answers, &pages);
    Ok(())
}

fn print(asked: &Network, answers: &Latency, pages: &Latency) {
    println!("{} bids, {} a second\n", asked.samples, asked.rate);
    let mut table = Table::new(["from the first byte of the bid to", "p50, ms", "p99, ms"]);
    for (what, latency) in
        [("the answer: sent, and on the disk", answers), ("the page at the third site", pages)]
    {
        let milliseconds = |share| format!("{:.2}", latency.milliseconds(share));
        table.row([what.to_owned(), milliseconds(0.5), milliseconds(0.99)]);
    }
    table.print();
}

/// A site that others may dial and that dials these.
fn site(upstreams: &[SocketAddr]) -> Result<Server> {
    let upstreams: Vec<String> = upstreams.iter().map(|at| format!("ws://{at}/hub")).collect();
    let network = format!("[network]\ndownstreams = true\njoin = \"open\"\nupstreams = {upstreams:?}\n");
    Server::site(folder(None)?, &Settings { load: true, workers: 0, network })
}

fn data(site: &Server) -> Result<&Path> {
    site.folder().context("a site without a folder")
}

/// The number of the item at a site, once it is seen there.
fn seen(at: SocketAddr) -> Result<i64> {
    let begun = Instant::now();
    while begun.elapsed() < SEEN_WITHIN {
        if let Some(id) = get(at, "/api/v1/auctions")?["rows"][0]["id"].as_i64() {
            return Ok(id);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    anyhow::bail!("the item was not seen at {at}")
}
