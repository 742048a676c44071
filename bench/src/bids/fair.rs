//! The site that is measured: bidders, auctions, and the proof that it did what it answered.

use super::offers::{Lot, Offers};
use super::request::Request;
use crate::call::{call, get};
use crate::control::add_user;
use crate::site::{Server, Settings, folder};
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use std::path::Path;
use std::rc::Rc;

/// A site with everything that is needed to bid.
pub(crate) struct Fair {
    pub(crate) server: Server,
    pub(crate) tokens: Rc<[String]>,
    seller: String,
}

/// How many bid.
const BIDDERS: usize = 1000;

/// Ten days: nothing ends while it is measured.
const DURATION_SECONDS: u64 = 864_000;

impl Fair {
    pub(crate) fn open(wished: Option<&Path>, workers: usize) -> Result<Fair> {
        let server =
            Server::site(folder(wished)?, &Settings { load: true, workers, network: String::new() })?;
        let folder = server.folder().context("a site has a folder")?;
        let seller = add_user(folder, "seller")?;
        let tokens: Result<Vec<String>> =
            (0..BIDDERS).map(|number| add_user(folder, &format!("bidder{number}"))).collect();
        Ok(Fair { tokens: tokens?.into(), seller, server })
    }

    /// Lists so many auctions, from 0.01 on.
    pub(crate) fn list(&self, count: usize) -> Result<Vec<Lot>> {
        (0..count).map(|_| self.list_one()).collect()
    }

    fn list_one(&self) -> Result<Lot> {
        let item = json!({ "title": "Station clock, 1962", "start_price": "0.01", "currency": "EUR",
                           "duration_seconds": DURATION_SECONDS });
        let (to, line) = (self.server.address, "POST /api/v1/auctions");
        let (status, body) = call(to, line, Some(&self.seller), &item.to_string())?;
        ensure!(status == 201, "nothing was listed: {status} {body}");
        let listed: Value = serde_json::from_str(&body)?;
        let number = listed["id"].as_u64().context("an auction without a number")?;
        let version = listed["version"].as_u64().context("an auction without a version")?;
        let path = format!("/api/v1/auctions/{number}/bids");
        Ok(Lot::new(number, Request::new(&to.to_string(), &path, version, self.tokens[0].len())))
    }

    /// Fails unless every auction holds exactly what was answered: a number for each accepted and each refused
    /// bid, and no other.
    pub(crate) fn prove(&self, offers: &Offers) -> Result<()> {
        offers.all_answered()?;
        for lot in &offers.lots {
            let shown = get(self.server.address, &format!("/api/v1/auctions/{}", lot.number))?;
            let kept = (shown["last_entry"].as_u64(), shown["offers"].as_u64());
            let answered = (Some(lot.made), Some(lot.accepted));
            ensure!(kept == answered, "auction {}: kept {kept:?}, answered {answered:?}", lot.number);
        }
        Ok(())
    }

    /// Reads the whole history of an auction; fails unless it falls without a repetition and is as long as what
    /// was accepted. Gives its length.
    pub(crate) fn read_history(&self, lot: &Lot) -> Result<u64> {
        let (mut rows, mut below) = (0, lot.made + 1);
        let mut path = format!("/api/v1/auctions/{}/entries?limit=100", lot.number);
        loop {
            let page = get(self.server.address, &path)?;
            for row in page["rows"].as_array().context("no rows")? {
                let number = row["number"].as_u64().context("an entry without a number")?;
                ensure!(number < below, "entry {number} comes behind {below}");
                (rows, below) = (rows + 1, number);
            }
            let Some(next) = page["next"].as_str() else { break };
            path = format!("/api/v1/auctions/{}/entries?limit=100&cursor={next}", lot.number);
        }
        ensure!(rows == lot.accepted, "{rows} entries are shown, {} were accepted", lot.accepted);
        Ok(rows)
    }
}
