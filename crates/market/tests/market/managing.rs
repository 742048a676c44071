//! What sellers do with an auction that runs, and bidders with their bids.

use crate::story::check;
use crate::town::{Town, addressed, code, decided, decimal, everywhere, id, lamp, offer};
use auction::{Amount, Progress, Span};
use market::Identity;
use market::actions::{CancelBid, Ending, ListItem};
use market::show::BidState;

struct Scene {
    town: Town,
    ada: Identity,
    bo: Identity,
    cy: Identity,
    lamp: i64,
}

async fn scene(town: Town, item: ListItem) -> Scene {
    let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
    let lamp = town.list(&ada, item).await;
    Scene { town, ada, bo, cy, lamp }
}

fn cancel(auction: i64, n: u8, entry: u32, reason: &str) -> CancelBid {
    CancelBid { auction, id: id(n), version: 1, entry, reason: reason.to_owned() }
}

#[test]
fn who_buys_now_has_won_and_two_buyers_give_one_sale() {
    everywhere(async |town| {
        let mut item = lamp();
        item.buy_now = Some("50".to_owned());
        let Scene { town, ada, bo, cy, lamp } = scene(town, item).await;
        assert_eq!(code(&town.market.buy_now(&ada, lamp, id(1), 1).await), "own_item");
        let (first, second) = tokio::join!(
            biased;
            town.market.buy_now(&bo, lamp, id(1), 1),
            town.market.buy_now(&cy, lamp, id(1), 1)
        );
        assert_eq!([code(&first), code(&second)], ["done", "not_open"]);
        let receipt = decided(first.unwrap());
        assert_eq!((receipt.leading, receipt.price, receipt.bidder), (true, Some(Amount(5000)), Some(1)));
        assert_eq!(addressed(&town.letters().await), ["sold ada", "won bo"]);
        assert_eq!(town.market.my_bids(&bo, i64::MAX, 9).await.unwrap()[0].state, BidState::Won);
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn who_takes_the_price_of_a_falling_clock_pays_the_price_on_arrival() {
    everywhere(async |town| {
        let mut item = lamp();
        item.format = "descending".to_owned();
        item.clock_step = Some("1".to_owned());
        item.clock_interval = Some(Span::minutes(30));
        item.clock_floor = Some("2".to_owned());
        item.ending = Ending::ByClock;
        let Scene { town, bo, cy, lamp, .. } = scene(town, item).await;
        assert_eq!(code(&town.bid(&bo, lamp, "20").await), "not_in_this_format");
        assert_eq!(code(&town.market.take_price(&bo, offer(lamp, id(1), "9")).await), "price_higher");
        town.later(Span::minutes(61));
        let taken = decided(town.market.take_price(&bo, offer(lamp, id(2), "9")).await.unwrap());
        assert_eq!((taken.price, taken.leading), (Some(Amount(800)), true));
        assert_eq!(code(&town.market.take_price(&cy, offer(lamp, id(1), "9")).await), "not_open");
        assert_eq!(addressed(&town.letters().await), ["sold ada", "won bo"]);
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn sealed_offers_are_opened_at_the_close() {
    everywhere(async |town| {
        for (format, price) in [("sealed_first_price", 3000), ("sealed_second_price", 2500)] {
            let mut item = lamp();
            item.format = format.to_owned();
            let ada = town.person("ada").await;
            let (bo, cy) = (town.person("bo").await, town.person("cy").await);
            let sealed = town.list(&ada, item).await;
            for (who, amount) in [(&bo, "40"), (&cy, "25"), (&bo, "30")] {
                town.bid(who, sealed, amount).await.unwrap();
            }
            assert_eq!(town.market.my_bids(&bo, i64::MAX, 9).await.unwrap()[0].state, BidState::Sealed);
            town.later(Span::days(1));
            assert_eq!(town.market.close_due().await.unwrap(), 1);
            let page = town.market.auction_page(None, sealed).await.unwrap();
            assert_eq!(
                (page.shown.price, page.shown.progress),
                (Some(Amount(price)), Progress::Sold),
                "{format}"
            );
            assert_eq!(addressed(&town.letters().await), ["sold ada", "won bo"]);
        }
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn a_seller_sells_now_only_to_somebody() {
    everywhere(async |town| {
        let Scene { town, ada, bo, lamp, .. } = scene(town, lamp()).await;
        assert_eq!(code(&town.market.end_early(&ada, lamp, id(1), 1).await), "nothing_to_sell");
        town.bid(&bo, lamp, "20").await.unwrap();
        assert_eq!(code(&town.market.end_early(&bo, lamp, id(1), 1).await), "not_yours");
        assert_eq!(code(&town.market.end_early(&ada, lamp, id(2), 1).await), "done");
        assert_eq!(code(&town.market.end_early(&ada, lamp, id(3), 1).await), "not_open");
        assert!(town.market.end_early(&ada, lamp, id(2), 1).await.unwrap().repeated);
        assert_eq!(addressed(&town.letters().await), ["sold ada", "won bo"]);
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn a_leader_below_the_reserve_may_be_accepted_for_two_days() {
    for (after, expected) in [(Span::hours(48), "done"), (Span(Span::hours(48).0 + 1), "acceptance_expired")]
    {
        everywhere(async |town| {
            let mut item = lamp();
            item.reserve = Some("100".to_owned());
            let Scene { town, ada, bo, lamp, .. } = scene(town, item).await;
            town.bid(&bo, lamp, "20").await.unwrap();
            assert_eq!(code(&town.market.accept(&ada, lamp, id(1), 1).await), "nothing_to_sell");
            town.later(Span::days(1));
            town.market.close_due().await.unwrap();
            assert_eq!(addressed(&town.letters().await), ["not_sold ada"]);
            assert!(town.market.auction_page(Some(&ada), lamp).await.unwrap().own.may_accept);
            assert_eq!(code(&town.market.accept(&bo, lamp, id(1), 1).await), "not_yours");
            town.later(after);
            assert_eq!(code(&town.market.accept(&ada, lamp, id(2), 1).await), expected);
            let letters = town.letters().await;
            assert_eq!(letters.len(), if expected == "done" { 2 } else { 0 });
            assert!(check(&town).await.is_empty());
        });
    }
}

/// Rule 5 says that its owner is told, and nobody was.
#[test]
fn whose_limit_is_cut_by_a_lowered_reserve_learns_from_what_to_what() {
    everywhere(async |town| {
        let mut item = lamp();
        item.reserve = Some("100".to_owned());
        let Scene { town, ada, bo, cy, lamp } = scene(town, item).await;
        for (who, amount) in [(&bo, "20"), (&bo, "60"), (&cy, "30")] {
            town.bid(who, lamp, amount).await.unwrap();
        }
        let own = async |who: &Identity| town.market.auction_page(Some(who), lamp).await.unwrap().own;
        town.market.lower_reserve(&ada, lamp, id(1), 1, Some(decimal("70"))).await.unwrap();
        assert_eq!((own(&bo).await.limit, own(&bo).await.cut_from), (Some(Amount(6000)), None));
        town.market.lower_reserve(&ada, lamp, id(2), 1, Some(decimal("50"))).await.unwrap();
        assert_eq!((own(&bo).await.limit, own(&bo).await.cut_from), (Some(Amount(4999)), Some(Amount(6000))));
        for other in [&ada, &cy] {
            assert_eq!(own(other).await.cut_from, None);
        }
        town.bid(&bo, lamp, "65").await.unwrap();
        assert_eq!((own(&bo).await.limit, own(&bo).await.cut_from), (Some(Amount(6500)), None));
        assert!(check(&town).await.is_empty());
    });
}

/// The offer that was taken back went on to be shown as the own one.
#[test]
fn an_offer_that_was_taken_back_is_not_ones_own_any_more() {
    everywhere(async |town| {
        for format in ["ascending", "sealed_first_price"] {
            let mut item = lamp();
            item.format = format.to_owned();
            let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
            let lamp = town.list(&ada, item).await;
            let own =
                async |who: &Identity| town.market.auction_page(Some(who), lamp).await.unwrap().own.limit;
            for (who, amount) in [(&bo, "20"), (&cy, "90"), (&cy, "95")] {
                town.bid(who, lamp, amount).await.unwrap();
            }
            town.later(Span::hours(13));
            let bo_last = if format == "ascending" { "93" } else { "15" };
            let entry = town.bid(&bo, lamp, bo_last).await.unwrap().number;
            town.market.retract(&bo, lamp, id(1), 1, "a typing error").await.unwrap();
            assert_eq!(own(&bo).await, Some(Amount(2000)), "{format}");
            let again = town.market.cancel_bid(&ada, cancel(lamp, 2, entry, "once more")).await;
            assert_eq!(code(&again), "nothing_to_take_back");
            town.market.cancel_bid(&ada, cancel(lamp, 3, 1, "a joke")).await.unwrap();
            assert_eq!((own(&bo).await, own(&cy).await), (None, Some(Amount(9500))), "{format}");
        }
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn a_reserve_is_only_lowered() {
    everywhere(async |town| {
        let mut item = lamp();
        item.reserve = Some("100".to_owned());
        let Scene { town, ada, bo, lamp, .. } = scene(town, item).await;
        town.bid(&bo, lamp, "60").await.unwrap();
        let lower = |n: u8, to: &str| town.market.lower_reserve(&ada, lamp, id(n), 1, Some(decimal(to)));
        assert_eq!(code(&lower(1, "100").await), "reserve_not_lower");
        assert_eq!(code(&lower(2, "9.99").await), "reserve_not_lower");
        assert_eq!(code(&lower(3, "50.001").await), "not_whole_units");
        assert_eq!(code(&lower(4, "50").await), "done");
        assert_eq!(code(&town.market.lower_reserve(&bo, lamp, id(5), 1, None).await), "not_yours");
        let page = town.market.auction_page(Some(&bo), lamp).await.unwrap();
        assert_eq!(page.own.limit, Some(Amount(4999)), "cut, so that nobody wins unawares");
        assert_eq!(code(&town.market.lower_reserve(&ada, lamp, id(6), 1, None).await), "done");
        assert_eq!(town.market.auction_page(None, lamp).await.unwrap().shown.reserve_met, Some(true));
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn a_seller_withdraws_early_and_not_late_and_the_reason_stays_with_it() {
    everywhere(async |town| {
        let Scene { town, ada, bo, lamp, .. } = scene(town, lamp()).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        assert_eq!(code(&town.market.withdraw(&ada, lamp, id(1), 1, " ").await), "malformed");
        assert_eq!(code(&town.market.withdraw(&bo, lamp, id(1), 1, "because").await), "not_yours");
        let gone = town.market.withdraw(&ada, lamp, id(2), 1, "it\nbroke\u{0}").await;
        assert_eq!(code(&gone), "done");
        let page = town.market.auction_page(Some(&bo), lamp).await.unwrap();
        assert_eq!((page.shown.progress, page.words.reason.as_str()), (Progress::Withdrawn, "it broke"));
        assert_eq!(town.market.my_bids(&bo, i64::MAX, 9).await.unwrap()[0].state, BidState::Gone);
        assert!(town.letters().await.is_empty());

        let other = town.list(&ada, crate::town::lamp()).await;
        town.bid(&bo, other, "20").await.unwrap();
        town.later(Span(Span::hours(12).0 + 1));
        assert_eq!(code(&town.market.withdraw(&ada, other, id(3), 1, "late").await), "too_late_to_change");
        assert_eq!(town.market.auction_page(None, other).await.unwrap().words.reason, "");
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn a_blocked_bidder_bids_no_more_and_the_bid_stays() {
    everywhere(async |town| {
        let Scene { town, ada, bo, cy, lamp } = scene(town, lamp()).await;
        let number = town.bid(&bo, lamp, "20").await.unwrap().bidder.unwrap();
        assert_eq!(code(&town.market.block(&cy, lamp, number.into(), true).await), "not_yours");
        assert_eq!(code(&town.market.block(&ada, lamp, 9.into(), true).await), "no_such_person");
        town.market.block(&ada, lamp, number.into(), true).await.unwrap();
        assert_eq!(code(&town.bid(&bo, lamp, "30").await), "blocked");
        assert_eq!(town.bid(&cy, lamp, "15").await.unwrap().price, Some(Amount(1550)));
        town.market.block(&ada, lamp, number.into(), false).await.unwrap();
        assert_eq!(code(&town.bid(&bo, lamp, "30").await), "done");
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn a_cancelled_bid_gives_the_lead_back() {
    everywhere(async |town| {
        let Scene { town, ada, bo, cy, lamp } = scene(town, lamp()).await;
        town.bid(&cy, lamp, "15").await.unwrap();
        let number = town.bid(&bo, lamp, "30").await.unwrap().number;
        assert_eq!(code(&town.market.cancel_bid(&cy, cancel(lamp, 1, number, "no")).await), "not_yours");
        assert_eq!(code(&town.market.cancel_bid(&ada, cancel(lamp, 1, number, "")).await), "malformed");
        let nothing = town.market.cancel_bid(&ada, cancel(lamp, 2, 99, "no")).await;
        assert_eq!(code(&nothing), "nothing_to_take_back");
        let receipt = town.market.cancel_bid(&ada, cancel(lamp, 3, number, "a joker")).await.unwrap();
        assert_eq!(receipt.price, Some(Amount(1000)));
        let states = [(&cy, BidState::Leading), (&bo, BidState::Gone)];
        for (who, state) in states {
            assert_eq!(town.market.my_bids(who, i64::MAX, 9).await.unwrap()[0].state, state);
        }
        assert_eq!(addressed(&town.letters().await), Vec::<String>::new(), "cy leads again");
        let again = town.bid(&bo, lamp, "12").await.unwrap();
        assert_eq!(again.bidder, Some(2), "an invented name stays");
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn who_takes_back_late_takes_back_the_last_bid_only_and_once() {
    everywhere(async |town| {
        let Scene { town, bo, lamp, .. } = scene(town, lamp()).await;
        assert_eq!(code(&town.market.retract(&bo, lamp, id(1), 1, "oops").await), "nothing_to_take_back");
        town.later(Span::hours(13));
        town.bid(&bo, lamp, "20").await.unwrap();
        town.bid(&bo, lamp, "200").await.unwrap();
        assert_eq!(code(&town.market.retract(&bo, lamp, id(2), 1, "").await), "malformed");
        assert_eq!(code(&town.market.retract(&bo, lamp, id(2), 1, "a zero too many").await), "done");
        assert_eq!(code(&town.market.retract(&bo, lamp, id(3), 1, "again").await), "already_took_back");
        let page = town.market.auction_page(Some(&bo), lamp).await.unwrap();
        assert_eq!(page.own.limit, Some(Amount(2000)));
        assert_eq!(town.market.own_account(&bo).await.unwrap().taken_back, 1);
        assert!(check(&town).await.is_empty());
    });
}
