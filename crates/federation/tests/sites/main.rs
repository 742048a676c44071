//! Sites with a hub each, linked on loopback: what is listed on one is seen on the others, and bids go the other way.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod again;
mod guests;
mod level;
mod liars;
mod outage;
mod post;
mod restored;
mod town;
mod turned_away;
mod whole;

use auction::{CommandId, Decimal};
use market::Identity;
use market::actions::Offer;
use market::show::Listing;
use town::{Town, item};

fn offer(auction: i64, id: u8, amount: &str) -> Offer {
    let amount = Decimal::parse(amount).unwrap();
    Offer { auction, id: CommandId([id; 16]), version: 1, amount, currency: None }
}

/// Two sites, a lamp of sue at oak, and bob at elm who sees it there.
struct Lamp {
    oak: Town,
    elm: Town,
    sue: Identity,
    bob: Identity,
    /// Its number at oak.
    lamp: i64,
    /// Its number at elm.
    there: i64,
}

impl Lamp {
    async fn listed() -> Lamp {
        let oak = Town::open(1, None).await;
        let elm = Town::open(2, Some(&oak)).await;
        let (sue, bob) = (oak.person("sue").await, elm.person("bob").await);
        let lamp = oak.market.list_item(&sue, oak.market.fresh_id(), item()).await.unwrap();
        oak.tell().await;
        elm.hear_until(|rows| rows.len() == 1).await;
        let there = elm.market.list(None, Listing::Open, None, 9).await.unwrap()[0].id;
        Lamp { oak, elm, sue, bob, lamp, there }
    }

    /// Bob bids, and oak decides.
    async fn bob_bids(&self, id: u8, amount: &str, entry: u32) {
        self.elm.market.place_bid(&self.bob, offer(self.there, id, amount)).await.unwrap();
        self.elm.tell().await;
        self.oak.hear_last(self.lamp, entry).await;
    }

    async fn close(self) {
        self.elm.close().await;
        self.oak.close().await;
    }
}
