//! What strangers never see.

use crate::town::{Town, everywhere, lamp, with_scopes};
use auction::{Amount, Span, Verdict};
use market::Identity;
use market::show::{BidState, Listing, invented_name};
use std::collections::HashSet;

/// Everything that somebody is shown of an auction, as text.
async fn all_shown(town: &Town, who: Option<&Identity>, auction: i64) -> String {
    let page = town.market.auction_page(who, auction).await.unwrap();
    let history = town.market.history(who, auction, None, 100).await.unwrap();
    let mut text = format!("{page:?} {history:?}");
    for listing in [Listing::Open, Listing::Closed] {
        text.push_str(&format!("{:?}", town.market.list(who, listing, None, 100).await.unwrap()));
    }
    text
}

fn hides(text: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn strangers_see_no_maximum_no_reserve_and_no_address() {
    everywhere(async |town| {
        let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
        let mut item = lamp();
        item.reserve = Some("777.77".to_owned());
        let lamp = town.list(&ada, item).await;
        town.bid(&bo, lamp, "555.55").await.unwrap();
        town.bid(&cy, lamp, "123.45").await.unwrap();
        let of_bidder = ["55555", "77777", "@example.org"];
        let of_stranger = ["12345", "55555", "77777", "@example.org"];
        // The price follows from the loser's maximum, so that one is in it: 123.45 and a step.
        let price = Amount(12345 + 250);
        let page = town.market.auction_page(None, lamp).await.unwrap();
        assert_eq!((page.shown.price, page.shown.reserve_met), (Some(price), Some(false)));
        for who in [None, Some(with_scopes(&bo, "bid")), Some(with_scopes(&ada, "sell"))] {
            hides(&all_shown(&town, who.as_ref(), lamp).await, &of_stranger);
        }
        hides(&all_shown(&town, Some(&cy), lamp).await, &of_bidder);
        hides(&all_shown(&town, Some(&bo), lamp).await, &["12345", "77777", "@example.org"]);
        hides(&all_shown(&town, Some(&ada), lamp).await, &["12345", "55555", "@example.org"]);
        let own = |page: market::show::AuctionPage| (page.own.limit, page.own.leading, page.own.next_offer);
        let bo_sees = own(town.market.auction_page(Some(&bo), lamp).await.unwrap());
        assert_eq!(bo_sees, (Some(Amount(55555)), true, Some(Amount(55556))));
        let cy_sees = own(town.market.auction_page(Some(&cy), lamp).await.unwrap());
        assert_eq!(cy_sees, (Some(Amount(12345)), false, Some(Amount(price.0 + 250))));

        town.later(Span::days(1));
        town.market.close_due().await.unwrap();
        let closed = all_shown(&town, None, lamp).await;
        assert!(closed.contains("12345"), "the loser's maximum is revealed after the close");
        hides(&closed, &["55555", "77777", "@example.org"]);
    });
}

#[test]
fn sealed_offers_stay_closed_also_after_the_close() {
    everywhere(async |town| {
        let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
        let mut item = lamp();
        item.format = "sealed_second_price".to_owned();
        item.reserve = Some("33.33".to_owned());
        let sealed = town.list(&ada, item).await;
        town.bid(&bo, sealed, "555.55").await.unwrap();
        town.bid(&cy, sealed, "123.45").await.unwrap();
        for who in [None, Some(&ada)] {
            let text = all_shown(&town, who, sealed).await;
            hides(&text, &["12345", "55555", "leader: Some"]);
        }
        hides(&all_shown(&town, None, sealed).await, &["3333"]);
        assert_eq!(town.market.auction_page(None, sealed).await.unwrap().shown.offers, 2);
        town.later(Span::days(1));
        town.market.close_due().await.unwrap();
        let text = all_shown(&town, None, sealed).await;
        hides(&text, &["55555", "3333", "@example.org"]);
        assert!(text.contains("12345"), "the price is the second offer");
    });
}

#[test]
fn seller_and_winner_learn_of_each_other_and_nobody_else_does() {
    everywhere(async |town| {
        let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
        let lamp = town.list(&ada, lamp()).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        town.bid(&cy, lamp, "15").await.unwrap();
        let other = async |who| town.market.auction_page(who, lamp).await.unwrap().own.other;
        assert_eq!(other(Some(&ada)).await, None);
        town.later(Span::days(1));
        town.market.close_due().await.unwrap();
        assert_eq!(other(Some(&ada)).await, Some(("bo".to_owned(), "bo@example.org".to_owned())));
        assert_eq!(other(Some(&bo)).await, Some(("ada".to_owned(), "ada@example.org".to_owned())));
        assert_eq!((other(Some(&cy)).await, other(None).await), (None, None));
    });
}

#[test]
fn a_refused_bid_is_seen_by_who_was_refused() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        town.bid(&bo, lamp, "9").await.unwrap_err();
        let seen = async |who| town.market.history(who, lamp, None, 9).await.unwrap().len();
        assert_eq!((seen(None).await, seen(Some(&ada)).await), (0, 0));
        let rows = town.market.history(Some(&bo), lamp, None, 9).await.unwrap();
        assert_eq!(rows[0].entry.verdict, Verdict::Refused(auction::Refusal::TooLow { least: Amount(1000) }));
        assert_eq!(rows[0].entry.amount, Some(Amount(900)));
    });
}

#[test]
fn a_bidder_has_one_name_in_an_auction_and_another_in_the_next() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let (first, second) = (town.list(&ada, lamp()).await, town.list(&ada, lamp()).await);
        town.bid(&bo, first, "20").await.unwrap();
        let name = async |auction| town.market.auction_page(None, auction).await.unwrap().leader;
        let before = name(first).await.unwrap();
        town.bid(&bo, first, "40").await.unwrap();
        assert_eq!(name(first).await, Some(before.clone()));
        town.bid(&bo, second, "20").await.unwrap();
        assert_ne!(name(second).await, Some(before.clone()));
        let row = &town.market.history(None, first, None, 9).await.unwrap()[0];
        assert_eq!((row.who.clone(), row.leader.clone()), (Some(before.clone()), Some(before)));
    });
}

#[test]
fn the_first_thousand_names_of_an_auction_are_all_different() {
    for auction in [1, 2, 3, 1023, 1024, 99_999_999] {
        let names: HashSet<String> = (1..=1024).map(|number| invented_name(auction, number)).collect();
        assert_eq!(names.len(), 1024);
        let more: HashSet<String> = (1..=5000).map(|number| invented_name(auction, number)).collect();
        assert_eq!(more.len(), 5000, "later ones get a number behind");
    }
}

#[test]
fn my_bids_say_how_i_stand() {
    everywhere(async |town| {
        let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
        let lamp = town.list(&ada, lamp()).await;
        let state = async |who| {
            let rows = town.market.my_bids(who, i64::MAX, 9).await.unwrap();
            rows.first().map(|row| (row.state, row.limit.map(|limit| limit.0)))
        };
        assert_eq!(state(&bo).await, None);
        town.bid(&bo, lamp, "20").await.unwrap();
        assert_eq!(state(&bo).await, Some((BidState::Leading, Some(2000))));
        town.bid(&cy, lamp, "30").await.unwrap();
        assert_eq!(state(&bo).await, Some((BidState::Outbid, Some(2000))));
        assert_eq!(state(&cy).await, Some((BidState::Leading, Some(3000))));
        town.later(Span::days(1));
        assert_eq!(state(&cy).await, Some((BidState::Leading, Some(3000))), "the close is a moment away");
        town.market.close_due().await.unwrap();
        assert_eq!(state(&cy).await, Some((BidState::Won, Some(3000))));
        assert_eq!(state(&bo).await, Some((BidState::Lost, Some(2000))));
    });
}
