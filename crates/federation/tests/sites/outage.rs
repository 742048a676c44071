//! While an origin is away its auctions wait: bids that were sent meanwhile are heard before anything is closed.

use crate::town::{NOON, Town, item};
use crate::{Lamp, offer};
use auction::{Amount, Progress, Span};
use federation::Limits;
use market::show::Listing;

/// The lamp ends a week after noon.
const END: Span = Span::days(7);

#[tokio::test(flavor = "multi_thread")]
async fn bids_that_were_sent_while_the_origin_was_away_are_decided_before_it_closes() {
    let elm = Town::open(2, None).await;
    let oak = Town::open(1, Some(&elm)).await;
    let (sue, ann) = (oak.person("sue").await, oak.person("ann").await);
    let bob = elm.person("bob").await;
    let lamp = oak.market.list_item(&sue, oak.market.fresh_id(), item()).await.unwrap();
    oak.market.place_bid(&ann, offer(lamp, 9, "20")).await.unwrap();
    oak.tell().await;
    elm.hear_until(|rows| rows.len() == 1).await;
    let there = elm.market.list(None, Listing::Open, None, 9).await.unwrap()[0].id;
    elm.hear_entry(there, 1).await;
    oak.later(Span(END.0 - Span::minutes(2).0));
    elm.later(Span(END.0 - Span::minutes(1).0));
    oak.market.beat().await.unwrap();

    let mut folder = oak.close_keeping().await;
    let mut entries = 1;
    for (round, is_moved) in [(0_i64, true), (1, true), (2, false)] {
        // Oak is away over the end, and bob bids meanwhile, where he still may.
        let amount = (50 + 10 * round).to_string();
        let sent = elm.market.place_bid(&bob, offer(there, round as u8 + 1, &amount)).await;
        assert!(sent.is_ok(), "round {round}: {sent:?}");
        elm.tell().await;
        let back = NOON + END + Span::minutes(1 + 3 * round);
        let oak = Town::open_in(folder, 1, Some(&elm), Limits::default(), back).await;
        assert_eq!(oak.market.notice_outage().await.unwrap(), usize::from(is_moved), "round {round}");
        let closed = oak.market.close_due().await.unwrap();
        assert_eq!(closed, usize::from(!is_moved), "round {round}");
        // The end is moved, or the auction closed: then comes the bid.
        entries += 2;
        oak.hear_last(lamp, entries).await;
        let page = oak.page(&sue, lamp).await;
        if is_moved {
            assert_eq!((page.shown.progress, page.shown.postponed), (Progress::Open, round as u32 + 1));
            assert_eq!(page.shown.ends_at, back + Span::minutes(2));
            assert_eq!(page.shown.price, Some(Amount(2_050)));
        } else {
            assert_eq!((page.shown.progress, page.shown.postponed), (Progress::Sold, 2));
        }
        oak.tell().await;
        elm.hear_entry(there, entries).await;
        elm.later(Span::minutes(3));
        folder = oak.close_keeping().await;
    }
    elm.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auction_with_bids_from_elsewhere_waits_for_a_link_and_others_do_not() {
    let scene = Lamp::listed().await;
    let Lamp { oak, sue, lamp, .. } = &scene;
    scene.bob_bids(1, "20", 1).await;
    // One auction without bids from elsewhere ends at the same time.
    let vase = oak.market.list_item(sue, oak.market.fresh_id(), item()).await.unwrap();
    oak.later(Span(END.0 - Span::seconds(30).0));
    oak.market.notice_links(false).await.unwrap();
    oak.later(Span::seconds(30));
    oak.market.beat().await.unwrap();
    assert_eq!(oak.market.close_due().await.unwrap(), 1);
    assert_eq!(oak.page(sue, vase).await.shown.progress, Progress::Unsold);
    assert_eq!(oak.page(sue, *lamp).await.shown.progress, Progress::Closing);

    // Five minutes later somebody is linked again, and two minutes are left to bid.
    oak.later(Span::minutes(5));
    oak.market.beat().await.unwrap();
    assert_eq!(oak.market.close_due().await.unwrap(), 0);
    assert_eq!(oak.market.notice_links(true).await.unwrap(), 1);
    let page = oak.page(sue, *lamp).await;
    assert_eq!((page.shown.progress, page.shown.postponed), (Progress::Open, 1));
    assert_eq!(page.shown.ends_at, oak.market.now() + Span::minutes(2));
    scene.bob_bids(2, "30", 3).await;
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_waits_for_a_link_longer_than_a_day() {
    let scene = Lamp::listed().await;
    let Lamp { oak, sue, lamp, .. } = &scene;
    scene.bob_bids(1, "20", 1).await;
    oak.later(Span(END.0 - Span::minutes(1).0));
    oak.market.notice_links(false).await.unwrap();
    for (later, closed) in [(Span::hours(24), 0), (Span::minutes(1), 1)] {
        oak.later(later);
        oak.market.beat().await.unwrap();
        assert_eq!(oak.market.close_due().await.unwrap(), closed, "{later:?}");
    }
    assert_eq!(oak.page(sue, *lamp).await.shown.progress, Progress::Sold);
    scene.close().await;
}
