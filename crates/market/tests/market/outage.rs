//! The site was away.

use crate::story::check;
use crate::town::{NOON, Town, everywhere, lamp};
use auction::{Span, Time};
use market::actions::OUTAGE;

async fn ends_at(town: &Town, auction: i64) -> Time {
    town.market.auction_page(None, auction).await.unwrap().shown.ends_at
}

#[test]
fn a_gap_in_the_signs_of_life_moves_the_ends_that_it_touched() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let touched = town.list(&ada, lamp()).await;
        let mut long = lamp();
        long.ending = market::actions::Ending::After(Span::days(3));
        let untouched = town.list(&ada, long).await;
        let end = NOON + Span::days(1);
        assert_eq!(town.market.notice_outage().await, Ok(0), "there was no life before");

        // Ten seconds of silence are none.
        town.clock.set(end - Span::seconds(30));
        town.market.beat().await.unwrap();
        town.later(OUTAGE);
        assert_eq!(town.market.notice_outage().await, Ok(0));

        town.clock.set(end + Span::minutes(5));
        assert_eq!(town.market.notice_outage().await, Ok(1));
        let moved = end + Span::minutes(7);
        assert_eq!(ends_at(&town, touched).await, moved);
        assert_eq!(ends_at(&town, untouched).await, NOON + Span::days(3));
        assert_eq!(town.market.close_due().await, Ok(0));
        assert_eq!(town.market.notice_outage().await, Ok(0), "noticed once");

        town.clock.set(moved + Span::minutes(1));
        assert_eq!(town.market.notice_outage().await, Ok(1));
        town.clock.set(moved + Span::minutes(10));
        assert_eq!(town.market.notice_outage().await, Ok(0), "twice is the most");
        assert_eq!(town.market.close_due().await, Ok(1));
        assert_eq!(town.market.auction_page(None, touched).await.unwrap().shown.postponed, 2);
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn without_a_gap_the_end_is_the_end() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let lamp = town.list(&ada, lamp()).await;
        town.clock.set(NOON + Span(Span::days(1).0 - 7));
        for _ in 0..3 {
            town.market.beat().await.unwrap();
            assert_eq!(town.market.notice_outage().await, Ok(0));
            town.later(Span::seconds(5));
        }
        assert_eq!(ends_at(&town, lamp).await, NOON + Span::days(1));
        assert_eq!(town.market.close_due().await, Ok(1));
    });
}

/// A machine that woke up closed what had ended in its sleep, unless the heartbeat was quicker than the job that
/// closes.
#[test]
fn a_machine_that_slept_over_an_end_gives_more_time_before_it_closes() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        town.market.beat().await.unwrap();
        town.clock.set(NOON + Span::hours(24) + Span::minutes(30));
        assert_eq!(town.market.close_due().await, Ok(0));
        let moved = town.now() + Span::seconds(120);
        assert_eq!(ends_at(&town, lamp).await, moved);
        assert!(town.bid(&bo, lamp, "20").await.unwrap().leading);
        town.clock.set(moved - Span::seconds(1));
        town.market.beat().await.unwrap();
        town.clock.set(moved + Span::seconds(120));
        town.market.beat().await.unwrap();
        assert_eq!(town.market.close_due().await, Ok(1));
        assert!(check(&town).await.is_empty());
    });
}
