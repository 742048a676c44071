//! When nothing can be written: everybody is told, and the market goes on when it can be again. The journal's own
//! tests show the same for its writers; here it is the auctioneer who must not lose anybody.

use crate::place::Place;
use crate::town::{NOON, Town, code, everywhere, lamp};
use futures_util::future::join_all;
use market::Policy;
use std::sync::Arc;

journal::statements! {
    LIST;
    NO_MORE_PAGES = "PRAGMA max_page_count = 1";
    ENDLESS_PAGES = "PRAGMA max_page_count = 1000000";
}

async fn pragma(town: &Town, statement: &'static journal::Statement) {
    let journal = town.market.journal();
    let answer: Result<_, store::Error> =
        journal.write(move |tx| tx.one(statement, &[], |row| row.int(0))).await;
    answer.unwrap();
}

#[test]
fn a_full_disk_answers_everybody_and_the_market_goes_on_after() {
    assert_eq!(LIST.len(), 2);
    let place = Arc::new(Place::sqlite());
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let journal = place.open();
    runtime.block_on(async {
        let town = Town::new(place.clone(), journal.clone(), Policy::default());
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        pragma(&town, &NO_MORE_PAGES).await;
        let mut codes = Vec::new();
        for round in 0..20 {
            let bids = (0..50).map(|n| town.bid(&bo, lamp, if round + n == 0 { "20" } else { "9" }));
            codes.extend(join_all(bids).await.iter().map(code));
        }
        assert!(codes.contains(&"unavailable"), "the disk was never full");
        // Bo leads with the first bid if that found space, and nobody does if it did not.
        let expected = ["done", "not_above_own", "too_low", "unavailable"];
        assert_eq!(codes.iter().find(|code| !expected.contains(code)), None);
        pragma(&town, &ENDLESS_PAGES).await;
        assert_eq!(code(&town.bid(&bo, lamp, "50").await), "done");
        assert!(crate::story::check(&town).await.is_empty());
    });
    journal.close();
}

/// Once, a batch that the writer could not even begin left its askers waiting for ever, and because the desk was
/// never empty again nobody called for another batch.
#[test]
fn whoever_asks_a_closed_market_is_told_at_once() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        town.market.journal().close();
        for _ in 0..2 {
            let many = join_all((0..1500).map(|_| town.bid(&bo, lamp, "20"))).await;
            assert!(many.iter().all(|answer| code(answer) == "unavailable"));
        }
        assert_eq!(town.now(), NOON);
    });
}
