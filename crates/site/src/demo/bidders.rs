//! People who list and bid for the demonstration. Each values each thing a little differently, and most wait
//! for the end.

use super::goods::{GOODS, Goods};
use auction::{Amount, Decimal, Span};
use market::actions::{Ending, ListItem, Offer, Opening};
use market::{Chance, Identity, Market, SystemChance};
use std::time::Duration;
use tokio::time::sleep;

/// How many auctions are open at a time.
const OPEN: usize = 12;

/// Lists what is missing and bids, for ever.
pub(super) async fn play(market: Market, people: Vec<Identity>, speed: u32) {
    let pause = Duration::from_millis(900) / speed;
    let mut listed = 0;
    let mut open: Vec<(i64, usize)> = Vec::new();
    loop {
        while open.len() < OPEN {
            let which = listed % GOODS.len();
            match list(&market, &people[listed % people.len()], &GOODS[which], listed).await {
                Some(auction) => open.push((auction, which)),
                None => break,
            }
            listed += 1;
        }
        let chosen = open[below(open.len() as u64) as usize];
        if !bid(&market, &people, chosen).await {
            open.retain(|(auction, _)| *auction != chosen.0);
        }
        sleep(pause).await;
    }
}

async fn list(market: &Market, seller: &Identity, goods: &Goods, number: usize) -> Option<i64> {
    let text = |units: u32| format!("{units}.00");
    let item = ListItem {
        title: goods.title.to_owned(),
        description: goods.description.to_owned(),
        format: "ascending".to_owned(),
        currency: String::new(),
        start_price: text(goods.start),
        reserve: goods.reserve.map(text),
        buy_now: None,
        clock_step: None,
        clock_interval: None,
        clock_floor: None,
        opening: Opening::Now,
        ending: Ending::After(Span::seconds(90 + 45 * (number as i64 % 20))),
        extension_window: Some(Span::seconds(15)),
        extension_cap: Some(Span::minutes(5)),
        draft: false,
    };
    market.list_item(seller, market.fresh_id(), item).await.ok()
}

/// Somebody looks at an auction and bids, if it is still worth it. False when the auction is over.
async fn bid(market: &Market, people: &[Identity], (auction, which): (i64, usize)) -> bool {
    let who = &people[below(people.len() as u64) as usize];
    let Ok(page) = market.auction_page(Some(who), auction).await else { return false };
    let Some(next) = page.own.next_offer else { return false };
    if page.own.leading || page.own.selling {
        return true;
    }
    let left = (page.shown.ends_at - page.at).0;
    // Most bids come in the last part of an auction's life.
    let eager = left < Span::seconds(40).0 || below(4) == 0;
    let worth = i64::from(GOODS[which].worth) * 100 * (60 + below(60) as i64) / 100;
    if !eager || next.0 > worth {
        return true;
    }
    let limit = next.0 + below((worth - next.0 + 1) as u64) as i64 / 2;
    let whole = Amount(if limit - limit % 50 >= next.0 { limit - limit % 50 } else { next.0 });
    let currency = page.terms.currency;
    let amount: Decimal = currency.decimal(whole);
    let id = market.fresh_id();
    let offer = Offer { auction, id, version: page.version, amount, currency: Some(currency) };
    // Somebody else may have been quicker; that is how it goes.
    let _ = market.place_bid(who, offer).await;
    true
}

/// A number below `n`.
fn below(n: u64) -> u64 {
    let mut bytes = [0; 8];
    SystemChance.fill(&mut bytes);
    u64::from_le_bytes(bytes) % n.max(1)
}
