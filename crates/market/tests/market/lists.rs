//! Lists of auctions: complete, without repeats, and with nothing that is nobody's business.

use crate::town::{NOON, Town, code, everywhere, lamp, with_scopes};
use auction::Span;
use market::actions::{Ending, Opening};
use market::show::{Listing, PAGE_MOST};
use market::{Identity, Role};

/// All numbers of a list, page by page.
async fn pages(town: &Town, who: Option<&Identity>, listing: Listing, size: usize) -> Vec<i64> {
    let (mut cursor, mut seen) = (None, Vec::new());
    loop {
        let page = town.market.list(who, listing, cursor, size).await.unwrap();
        assert!(page.len() <= size.clamp(1, PAGE_MOST));
        let Some(last) = page.last() else { return seen };
        cursor = Some(last.cursor);
        seen.extend(page.iter().map(|row| row.id));
    }
}

/// Eleven auctions in each list, most of them at the very same time.
async fn fill(town: &Town, ada: &Identity) {
    for n in 0..11 {
        let mut item = lamp();
        item.ending = Ending::After(Span::hours(if n == 5 { 3 } else { 2 }));
        town.list(ada, item.clone()).await;
        item.opening = Opening::At(NOON + Span::hours(if n == 5 { 9 } else { 8 }));
        town.list(ada, item.clone()).await;
        item.draft = true;
        town.list(ada, item).await;
    }
}

#[test]
fn every_list_is_complete_and_repeats_nothing_whatever_the_size_of_its_pages() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        fill(&town, &ada).await;
        let open: Vec<i64> = (0..11).map(|n| 3 * n + 1).collect();
        let last = open[5];
        let by_end = |ids: &[i64]| -> Vec<i64> {
            ids.iter().copied().filter(|id| *id != last).chain([last]).collect()
        };
        for size in [1, 2, 3, 10, 11, 12, 1000] {
            assert_eq!(pages(&town, None, Listing::Open, size).await, by_end(&open), "pages of {size}");
            let scheduled = pages(&town, None, Listing::Scheduled, size).await;
            let expected = by_end(&open).iter().map(|id| id + 1).collect::<Vec<_>>();
            assert_eq!(scheduled, expected, "pages of {size}");
            let mine = pages(&town, Some(&ada), Listing::Mine, size).await;
            assert_eq!(mine, (1..=33).rev().collect::<Vec<_>>(), "pages of {size}");
        }
        assert_eq!(pages(&town, None, Listing::Open, 0).await.len(), 11, "no page is empty");

        town.later(Span::hours(2));
        assert_eq!(pages(&town, None, Listing::Open, 3).await, [last], "what has ended waits for its close");
        assert_eq!(town.market.close_due().await.unwrap(), 10);
        town.later(Span::hours(1));
        assert_eq!(town.market.close_due().await.unwrap(), 1);
        let latest: Vec<i64> = by_end(&open).into_iter().rev().collect();
        for size in [1, 3, 100] {
            assert_eq!(pages(&town, None, Listing::Closed, size).await, latest, "pages of {size}");
        }
    });
}

#[test]
fn drafts_are_in_no_list_but_the_sellers() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let moderator = town.somebody("mo", Role::Moderator).await;
        let mut item = lamp();
        item.draft = true;
        let draft = town.list(&ada, item).await;
        for listing in [Listing::Open, Listing::Scheduled, Listing::Closed] {
            assert!(pages(&town, Some(&bo), listing, 5).await.is_empty());
        }
        assert!(pages(&town, Some(&moderator), Listing::Awaiting, 5).await.is_empty());
        assert!(pages(&town, Some(&bo), Listing::Mine, 5).await.is_empty());
        assert_eq!(pages(&town, Some(&ada), Listing::Mine, 5).await, [draft]);
    });
}

#[test]
fn lists_of_ones_own_need_somebody_who_may_read() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let bidding = with_scopes(&ada, "bid");
        let list = |who, listing| town.market.list(who, listing, None, 10);
        assert_eq!(code(&list(None, Listing::Mine).await), "sign_in_needed");
        assert_eq!(code(&list(None, Listing::Awaiting).await), "sign_in_needed");
        assert_eq!(code(&list(Some(&bidding), Listing::Mine).await), "missing_scope");
        assert_eq!(code(&list(Some(&bidding), Listing::Awaiting).await), "missing_scope");
        assert_eq!(code(&list(Some(&bidding), Listing::Open).await), "done");
        assert_eq!(code(&town.market.my_bids(&bidding, i64::MAX, 10).await), "missing_scope");
    });
}
