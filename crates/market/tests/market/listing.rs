//! Listing an item: every field and everything that can be wrong with it.

use crate::town::{NOON, Town, code, everywhere, everywhere_with, id, lamp, offer};
use auction::{Amount, Progress, Span};
use market::actions::{Ending, ListItem, Offer, Opening};
use market::show::Listing;
use market::{Identity, Policy, Refusal, Role};

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn with(change: impl FnOnce(&mut ListItem)) -> ListItem {
    let mut item = lamp();
    change(&mut item);
    item
}

/// What is wrong, as "field problem".
async fn problems(town: &Town, who: &Identity, item: ListItem) -> Vec<String> {
    match town.market.list_item(who, town.market.fresh_id(), item).await {
        Err(Refusal::Malformed(found)) => {
            found.iter().map(|found| format!("{} {}", found.field, found.problem)).collect()
        }
        other => vec![code(&other).to_owned()],
    }
}

fn dutch(item: &mut ListItem) {
    item.format = "descending".to_owned();
    item.clock_step = text("1");
    item.clock_interval = Some(Span::minutes(30));
    item.clock_floor = text("2");
    item.ending = Ending::ByClock;
}

#[test]
fn every_mistake_in_a_listing_is_named_by_its_field() {
    let table: Vec<(ListItem, &[&str])> = vec![
        (lamp(), &["done"]),
        (with(|i| i.title = " \n ".to_owned()), &["title missing"]),
        (with(|i| i.title = "x".repeat(121)), &["title too_long"]),
        (with(|i| i.title = "a\u{0}b".to_owned()), &["title control_characters"]),
        (with(|i| i.description = "x".repeat(20_001)), &["description too_long"]),
        (with(|i| i.description = "a\u{0}b".to_owned()), &["done"]),
        (with(|i| i.format = "lottery".to_owned()), &["format unknown"]),
        (with(|i| i.format = String::new()), &["done"]),
        (with(|i| i.currency = String::new()), &["done"]),
        (with(|i| i.currency = "eur".to_owned()), &["currency not_offered_here"]),
        (with(|i| i.currency = "USD".to_owned()), &["currency not_offered_here"]),
        (with(|i| i.start_price = String::new()), &["start_price missing"]),
        (with(|i| i.start_price = "NaN".to_owned()), &["start_price not_a_decimal"]),
        (with(|i| i.start_price = "1e5".to_owned()), &["start_price not_a_decimal"]),
        (with(|i| i.start_price = "-1".to_owned()), &["start_price not_a_decimal"]),
        (with(|i| i.start_price = "1.005".to_owned()), &["start_price not_whole_units"]),
        (with(|i| i.start_price = "0".to_owned()), &["start_price out_of_range"]),
        (with(|i| i.start_price = "10000000000.01".to_owned()), &["start_price out_of_range"]),
        (with(|i| i.reserve = text("9.99")), &["reserve on_wrong_side_of_start_price"]),
        (with(|i| i.reserve = text("10")), &["done"]),
        (with(|i| i.reserve = text(" ")), &["done"]),
        (with(|i| i.buy_now = text("10")), &["buy_now not_above_start_price"]),
        (with(|i| (i.reserve, i.buy_now) = (text("20"), text("19"))), &["buy_now below_reserve"]),
        (
            with(|i| (i.format, i.buy_now) = ("reverse".to_owned(), text("9"))),
            &["buy_now not_in_this_format", "buy_now not_above_start_price"],
        ),
        (with(|i| i.opening = Opening::At(NOON - Span(1))), &["opens_at in_the_past"]),
        (with(|i| i.opening = Opening::At(NOON)), &["done"]),
        (with(|i| i.opening = Opening::At(NOON + Span::days(366))), &["opens_at too_far_ahead"]),
        (with(|i| i.ending = Ending::ByClock), &["ends_at missing"]),
        (with(|i| i.ending = Ending::At(NOON)), &["ends_at not_after_start", "ends_at too_short"]),
        (with(|i| i.ending = Ending::After(Span(Span::hours(1).0 - 1))), &["ends_at too_short"]),
        (with(|i| i.ending = Ending::After(Span::hours(1))), &["done"]),
        (with(|i| i.ending = Ending::After(Span::days(90))), &["done"]),
        (with(|i| i.ending = Ending::After(Span(Span::days(90).0 + 1))), &["ends_at too_long"]),
        (with(|i| i.extension_window = Some(Span::seconds(29))), &["extension_window out_of_range"]),
        (with(|i| i.extension_window = Some(Span::seconds(30))), &["done"]),
        (with(|i| i.extension_window = Some(Span(Span::hours(1).0 + 1))), &["extension_window out_of_range"]),
        (
            with(|i| i.extension_window = Some(Span(-1))),
            &["extension_window out_of_range", "extension_window out_of_range"],
        ),
        (with(|i| i.extension_cap = Some(Span::seconds(119))), &["extension_cap below_window"]),
        (with(|i| i.extension_cap = Some(Span(Span::days(1).0 + 1))), &["extension_cap out_of_range"]),
        (with(dutch), &["done"]),
        (
            with(|i| {
                dutch(i);
                (i.clock_step, i.clock_floor, i.clock_interval) = (None, None, None);
            }),
            &["clock_step missing", "clock_floor missing", "clock_interval missing"],
        ),
        (
            with(|i| {
                dutch(i);
                i.reserve = text("11");
            }),
            &["reserve not_in_this_format"],
        ),
        (
            with(|i| (i.title, i.start_price, i.currency) = (String::new(), String::new(), "XYZ".to_owned())),
            &["title missing", "currency not_offered_here"],
        ),
    ];
    everywhere(async |town| {
        let ada = town.person("ada").await;
        for (item, expected) in &table {
            assert_eq!(problems(&town, &ada, item.clone()).await, *expected, "{item:?}");
        }
    });
}

#[test]
fn short_auctions_are_for_demonstrations_only() {
    everywhere_with(Policy { allow_short_auctions: true, ..Policy::default() }, async |town| {
        let ada = town.person("ada").await;
        let short =
            |length, window| with(|i| (i.ending, i.extension_window) = (Ending::After(length), Some(window)));
        assert_eq!(problems(&town, &ada, short(Span::seconds(10), Span::seconds(1))).await, ["done"]);
        let too_short = problems(&town, &ada, short(Span(9_999_999), Span(999_999))).await;
        assert_eq!(too_short, ["extension_window out_of_range", "ends_at too_short"]);
    });
}

#[test]
fn listing_twice_under_one_id_lists_once() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let planned = with(|i| i.opening = Opening::At(NOON + Span::hours(1)));
        let first = town.market.list_item(&ada, id(1), planned.clone()).await.unwrap();
        assert_eq!(town.market.list_item(&ada, id(1), planned.clone()).await, Ok(first));
        // Whoever asks again after the planned start still learns that it was listed.
        town.later(Span::hours(2));
        assert_eq!(town.market.list_item(&ada, id(1), planned.clone()).await, Ok(first));
        assert_eq!(code(&town.market.list_item(&ada, id(1), lamp()).await), "id_used");
        assert_eq!(code(&town.market.list_item(&bo, id(1), planned).await), "malformed");
        let other = town.market.list_item(&bo, id(1), lamp()).await.unwrap();
        assert_ne!(other, first);
        // The id is spent for everything that is no command on an auction.
        assert_eq!(code(&town.market.add_text(&ada, id(1), first, "more").await), "id_used");
    });
}

#[test]
fn a_draft_is_seen_by_its_seller_until_it_is_published() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let draft = town.list(&ada, with(|i| i.draft = true)).await;
        assert_eq!(code(&town.market.auction_page(Some(&bo), draft).await), "no_such_auction");
        assert_eq!(code(&town.bid(&bo, draft, "20").await), "not_open");
        assert_eq!(code(&town.market.publish(&bo, draft).await), "not_yours");
        town.later(Span::days(2));
        town.market.publish(&ada, draft).await.unwrap();
        town.market.publish(&ada, draft).await.unwrap();
        let page = town.market.auction_page(Some(&bo), draft).await.unwrap();
        assert_eq!(page.shown.ends_at, NOON + Span::days(3), "it is as long as it was to be");
        assert_eq!(code(&town.bid(&bo, draft, "20").await), "done");
        assert_eq!(code(&town.market.publish(&ada, draft).await), "done");
    });
}

#[test]
fn a_scheduled_auction_takes_nothing_before_it_opens() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let opens_at = NOON + Span::hours(3);
        let planned = town.list(&ada, with(|i| i.opening = Opening::At(opens_at))).await;
        let list = |listing| town.market.list(None, listing, None, 10);
        let ids = |rows: Vec<market::show::ListRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(list(Listing::Scheduled).await.unwrap()), [planned]);
        town.clock.set(opens_at - Span(1));
        assert_eq!(code(&town.bid(&bo, planned, "20").await), "not_open");
        town.clock.set(opens_at);
        assert_eq!(ids(list(Listing::Open).await.unwrap()), [planned]);
        assert!(list(Listing::Scheduled).await.unwrap().is_empty());
        assert_eq!(code(&town.bid(&bo, planned, "20").await), "done");
    });
}

#[test]
fn where_moderators_approve_nothing_opens_without_them() {
    everywhere_with(Policy { approval: true, ..Policy::default() }, async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let moderator = town.somebody("mo", Role::Moderator).await;
        let item = town.list(&ada, lamp()).await;
        assert_eq!(code(&town.market.auction_page(Some(&bo), item).await), "no_such_auction");
        assert_eq!(code(&town.market.approve(&ada, item, 1).await), "not_permitted");
        let waiting = town.market.list(Some(&moderator), Listing::Awaiting, None, 10).await.unwrap();
        assert_eq!(waiting.iter().map(|row| row.id).collect::<Vec<_>>(), [item]);
        assert_eq!(code(&town.market.list(Some(&ada), Listing::Awaiting, None, 10).await), "not_permitted");

        assert_eq!(code(&town.market.disapprove(&moderator, item, " ").await), "malformed");
        town.market.disapprove(&moderator, item, "no\nlamps").await.unwrap();
        let page = town.market.auction_page(Some(&ada), item).await.unwrap();
        assert_eq!((page.words.reason.as_str(), page.shown.progress), ("no lamps", Progress::Unpublished));
        assert_eq!(code(&town.market.approve(&moderator, item, 1).await), "not_open");

        town.market.publish(&ada, item).await.unwrap();
        town.later(Span::hours(5));
        town.market.approve(&moderator, item, 1).await.unwrap();
        assert_eq!(code(&town.market.approve(&moderator, item, 1).await), "not_open");
        let page = town.market.auction_page(Some(&bo), item).await.unwrap();
        assert_eq!(page.shown.ends_at, NOON + Span::hours(29), "start and end have moved");
        assert_eq!(page.words.reason, "");
        let receipt = town.bid(&bo, item, "20").await.unwrap();
        assert_eq!(receipt.price, Some(Amount(1000)));
    });
}

/// Who had something harmless approved could make anything of it afterwards.
#[test]
fn what_was_approved_and_then_changed_is_approved_again() {
    everywhere_with(Policy { approval: true, ..Policy::default() }, async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let moderator = town.somebody("mo", Role::Moderator).await;
        let planned = |change: fn(&mut ListItem)| {
            with(|item| {
                item.opening = Opening::At(NOON + Span::hours(3));
                change(item);
            })
        };
        let item = town.list(&ada, planned(|item| item.reserve = text("60"))).await;
        town.market.approve(&moderator, item, 1).await.unwrap();
        let hidden = planned(|item| item.reserve = text("50"));
        town.market.revise(&ada, id(1), item, 1, hidden).await.unwrap();
        assert_eq!(code(&town.market.auction_page(Some(&bo), item).await), "done", "nobody sees a reserve");
        let other = planned(|item| item.title = "Another lamp".to_owned());
        assert_eq!(town.market.revise(&ada, id(2), item, 1, other.clone()).await, Ok(2));
        assert_eq!(code(&town.market.auction_page(Some(&bo), item).await), "no_such_auction");
        let bid = async |n| {
            let offer = Offer { version: 2, ..offer(item, id(n), "20") };
            code(&town.place(&bo, offer).await)
        };
        assert_eq!(bid(3).await, "not_open");
        assert_eq!(
            code(&town.market.approve(&moderator, item, 1).await),
            "terms_changed",
            "what was looked at"
        );
        town.market.approve(&moderator, item, 2).await.unwrap();
        town.later(Span::hours(3));
        // What is open stays as it was approved.
        assert_eq!(code(&town.market.revise(&ada, id(5), item, 2, other).await), "too_late_to_change");
        assert_eq!(bid(4).await, "done");
    });
}
