//! Editing a listing.

use crate::story::check;
use crate::town::{NOON, code, everywhere, id, lamp, offer};
use auction::{Amount, Span};
use market::Refusal;
use market::actions::{Ending, ListItem, Offer, Opening};

fn dearer() -> ListItem {
    ListItem { start_price: "12".to_owned(), ..lamp() }
}

#[test]
fn a_seller_changes_anything_until_the_first_bid() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        assert_eq!(code(&town.market.revise(&ada, id(1), lamp, 7, dearer()).await), "terms_changed");
        assert_eq!(town.market.revise(&ada, id(2), lamp, 1, dearer()).await, Ok(2));
        assert_eq!(town.market.revise(&ada, id(2), lamp, 1, dearer()).await, Ok(2), "asked twice, done once");
        assert_eq!(code(&town.place(&bo, offer(lamp, id(1), "20")).await), "terms_changed");
        let knowing = Offer { version: 2, ..offer(lamp, id(2), "20") };
        assert_eq!(town.place(&bo, knowing).await.unwrap().price, Some(Amount(1200)));
        assert_eq!(code(&town.market.revise(&ada, id(3), lamp, 2, dearer()).await), "terms_frozen");
        assert_eq!(town.market.revise(&ada, id(2), lamp, 1, dearer()).await, Ok(2), "still the same answer");
        assert!(check(&town).await.is_empty());
    });
}

/// The end of an open auction used to move with every correction of its text: "a day" was counted from then.
#[test]
fn a_corrected_text_does_not_move_the_end_of_an_open_auction() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let open = town.list(&ada, lamp()).await;
        town.later(Span::hours(20));
        let mut item = lamp();
        item.description = "It shines brightly.".to_owned();
        assert_eq!(town.market.revise(&ada, id(1), open, 1, item.clone()).await, Ok(2));
        let page = town.market.auction_page(None, open).await.unwrap();
        assert_eq!((page.terms.opens_at, page.shown.ends_at), (NOON, NOON + Span::days(1)));
        // What has begun has begun, also for who says it in other words.
        item.opening = Opening::At(NOON);
        item.ending = Ending::After(Span::days(2));
        assert_eq!(town.market.revise(&ada, id(2), open, 2, item.clone()).await, Ok(3));
        let page = town.market.auction_page(None, open).await.unwrap();
        assert_eq!((page.terms.opens_at, page.shown.ends_at), (NOON, NOON + Span::days(2)));
        for past in [Ending::At(town.now()), Ending::After(Span::hours(20))] {
            item.ending = past;
            let refused = town.market.revise(&ada, id(3), open, 3, item.clone()).await;
            assert_eq!(refused, Err(Refusal::field("ends_at", "in_the_past")));
        }
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn a_planned_start_can_be_moved_until_it_has_come() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let mut item = lamp();
        item.opening = Opening::At(NOON + Span::hours(5));
        let planned = town.list(&ada, item.clone()).await;
        item.opening = Opening::At(NOON + Span::hours(7));
        assert_eq!(town.market.revise(&ada, id(1), planned, 1, item.clone()).await, Ok(2));
        let page = town.market.auction_page(None, planned).await.unwrap();
        assert_eq!(page.shown.ends_at, NOON + Span::hours(31));
        town.later(Span::hours(6));
        item.opening = Opening::At(NOON + Span::hours(5));
        let past = town.market.revise(&ada, id(2), planned, 2, item).await;
        assert_eq!(past, Err(Refusal::field("opens_at", "in_the_past")));
    });
}

#[test]
fn text_is_added_to_what_is_there_and_not_in_the_last_hours() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        for (text, expected) in
            [("", "malformed"), (" \u{0} ", "malformed"), ("It is\r\ngreen.\u{0}", "done")]
        {
            let id = town.market.fresh_id();
            assert_eq!(code(&town.market.add_text(&ada, id, lamp, text).await), expected, "{text:?}");
        }
        // At the very same moment.
        assert_eq!(town.market.add_text(&ada, id(1), lamp, "And old.").await, Ok(3));
        assert_eq!(town.market.add_text(&ada, id(1), lamp, "And old.").await, Ok(3));
        let words = town.market.auction_page(None, lamp).await.unwrap().words;
        assert_eq!(words.additions, [(NOON, "It is\ngreen. And old.".to_owned())]);
        // Bids made on the words before are still good: no term has changed.
        assert_eq!(code(&town.bid(&bo, lamp, "30").await), "done");
        town.later(Span(Span::hours(12).0 + 1));
        assert_eq!(code(&town.market.add_text(&ada, id(2), lamp, "Late.").await), "too_late_to_change");
        assert!(check(&town).await.is_empty());
    });
}
