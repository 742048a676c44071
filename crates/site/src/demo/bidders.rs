//! People who list and bid for the demonstration. Each values each thing a little differently, and most wait
//! for the end.

use super::goods::{GOODS, Goods};
use auction::{Amount, Decimal, Span};
use market::actions::{Ending, ListItem, Offer, Opening};
use market::show::{ListRow, Listing, SentState};
use market::{Chance, Identity, Market, SystemChance};
use std::time::Duration;
use tokio::time::sleep;

/// What a site of the demonstration offers.
#[derive(Clone, Copy)]
pub(super) struct Stall {
    /// How many auctions it keeps open.
    pub(super) open: usize,
    /// Which of the goods it begins with.
    pub(super) first: usize,
    /// How many further the next one is.
    pub(super) step: usize,
}

/// How far is looked for something to bid on.
const LOOKED_AT: usize = 100;

/// Lists what is missing and bids, on whatever is shown here, for ever.
pub(super) async fn play(market: Market, people: Vec<Identity>, speed: u32, stall: Stall) {
    let pause = Duration::from_millis(900) / speed;
    let mut listed = 0;
    loop {
        let open = market.list(None, Listing::Open, None, LOOKED_AT).await.unwrap_or_default();
        for _ in open.iter().filter(|row| row.site.is_none()).count()..stall.open {
            let goods = &GOODS[(stall.first + listed * stall.step) % GOODS.len()];
            list(&market, &people[listed % people.len()], goods, listed).await;
            listed += 1;
        }
        if !open.is_empty() {
            bid(&market, &people, &open[below(open.len() as u64) as usize]).await;
        }
        sleep(pause).await;
    }
}

async fn list(market: &Market, seller: &Identity, goods: &Goods, number: usize) {
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
    // The next look lists it again.
    let _ = market.list_item(seller, market.fresh_id(), item).await;
}

/// Somebody looks at an auction and bids, if it is still worth it.
async fn bid(market: &Market, people: &[Identity], row: &ListRow) {
    let who = &people[below(people.len() as u64) as usize];
    let Ok(page) = market.auction_page(Some(who), row.id).await else { return };
    let Some(next) = page.own.next_offer else { return };
    let Some(goods) = GOODS.iter().find(|goods| goods.title == row.title) else { return };
    let waits = page.own.sent.iter().any(|sent| sent.state == SentState::Waiting);
    if page.own.leading || page.own.selling || waits {
        return;
    }
    let left = (page.shown.ends_at - page.at).0;
    // Most bids come in the last part of an auction's life.
    let eager = left < Span::seconds(40).0 || below(4) == 0;
    let worth = i64::from(goods.worth) * 100 * (60 + below(60) as i64) / 100;
    if !eager || next.0 > worth {
        return;
    }
    let limit = next.0 + below((worth - next.0 + 1) as u64) as i64 / 2;
    let whole = Amount(if limit - limit % 50 >= next.0 { limit - limit % 50 } else { next.0 });
    let currency = page.terms.currency;
    let amount: Decimal = currency.decimal(whole);
    let id = market.fresh_id();
    let offer = Offer { auction: row.id, id, version: page.version, amount, currency: Some(currency) };
    // Somebody else may have been quicker; that is how it goes.
    let _ = market.place_bid(who, offer).await;
}

/// A number below `n`.
fn below(n: u64) -> u64 {
    let mut bytes = [0; 8];
    SystemChance.fill(&mut bytes);
    u64::from_le_bytes(bytes) % n.max(1)
}
