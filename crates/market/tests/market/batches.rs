//! The auctioneer: many commands at once.

use crate::gate::Gate;
use crate::story::check;
use crate::town::{Town, code, decimal, euro, everywhere, id, lamp, offer};
use auction::{Amount, Auction, Currency, Entry, Phase, Span, replay};
use futures_util::future::join_all;
use market::actions::{Offer, Receipt};
use market::{Identity, Refusal};
use std::collections::HashSet;
use store::{auctions, entries};

type Answers = Vec<Result<Receipt, Refusal>>;

/// Has all decided in one batch.
async fn at_once(town: &Town, asked: Vec<(&Identity, Offer)>) -> Answers {
    let gate = Gate::close(town.market.journal());
    let asking = join_all(asked.into_iter().map(|(who, offer)| town.place(who, offer)));
    // All have been polled once, and so stand before the auctioneer, when this one is.
    let opening = async { drop(gate) };
    futures_util::future::join(asking, opening).await.0
}

/// The auction and its entries.
async fn history(town: &Town, id: i64) -> (Auction, Vec<Entry>) {
    let read = town.market.read(move |tx| {
        let stored = auctions::find(tx, id)?.ok_or(Refusal::NoSuchAuction)?;
        let entries = entries::all(tx, &stored)?;
        Ok((stored.auction, entries))
    });
    read.await.unwrap()
}

#[test]
fn five_hundred_bids_at_once_leave_one_leader_and_no_gap() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let lamp = town.list(&ada, lamp()).await;
        let mut people = Vec::new();
        for n in 0..50 {
            people.push(town.person(&format!("bidder-{n}")).await);
        }
        let amount = |n: u64| format!("{}.{:02}", 10 + (n * 7919) % 997, n % 100);
        let asked = (0..500u64).map(|n| {
            let who = &people[(n % 50) as usize];
            (who, offer(lamp, town.market.fresh_id(), &amount(n)))
        });
        let answers = at_once(&town, asked.collect()).await;

        let (auction, entries) = history(&town, lamp).await;
        let numbers: Vec<u32> = entries.iter().map(|entry| entry.number).collect();
        assert_eq!(numbers, (1..=500).collect::<Vec<u32>>());
        let highest = (0..500).map(|n| decimal(&amount(n))).max_by_key(|d| euro().minor(*d)).unwrap();
        assert_eq!(auction.standing.leader.map(|leader| leader.limit), euro().minor(highest));
        let taken = answers.iter().filter(|answer| answer.is_ok()).count();
        assert_eq!(taken as u32, auction.standing.offers);
        let mut first = Auction::new(auction.seller, auction.terms.clone(), Phase::Published);
        (first.version, first.terms_version) = (auction.version, auction.terms_version);
        let mut again = replay::verify(first, &entries).unwrap();
        again.last_at = auction.last_at;
        assert_eq!(again, auction);
        let names: HashSet<u32> = answers.iter().flatten().filter_map(|receipt| receipt.bidder).collect();
        assert_eq!(names, (1..=names.len() as u32).collect(), "numbers of invented names have no gap");
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn bids_on_many_auctions_in_one_batch_do_not_touch_each_other() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let mut lamps = Vec::new();
        for _ in 0..20 {
            lamps.push(town.list(&ada, lamp()).await);
        }
        let asked = lamps.iter().enumerate().map(|(n, lamp)| {
            (&bo, offer(*lamp, town.market.fresh_id(), if n % 2 == 0 { "12" } else { "9.99" }))
        });
        let answers = at_once(&town, asked.collect()).await;
        for (n, answer) in answers.iter().enumerate() {
            assert_eq!(code(answer), if n % 2 == 0 { "done" } else { "too_low" });
            let (auction, entries) = history(&town, lamps[n]).await;
            assert_eq!((auction.last, entries.len()), (1, 1));
        }
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn the_same_command_again_gets_the_same_answer_in_the_batch_and_later() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        let bid = offer(lamp, id(1), "20");
        let answers = at_once(&town, vec![(&bo, bid), (&bo, bid), (&bo, bid)]).await;
        let later = town.place(&bo, bid).await;
        let receipts: Vec<&Receipt> = answers.iter().chain([&later]).map(|a| a.as_ref().unwrap()).collect();
        assert_eq!(receipts.iter().map(|r| r.repeated).collect::<Vec<_>>(), [false, true, true, true]);
        assert!(
            receipts.iter().all(|r| (r.number, r.at, r.amount) == (1, receipts[0].at, Some(Amount(2000))))
        );
        assert_eq!(history(&town, lamp).await.1.len(), 1);
    });
}

#[test]
fn a_refusal_is_repeated_as_well() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        let bid = offer(lamp, id(1), "9");
        let answers = at_once(&town, vec![(&bo, bid), (&bo, offer(lamp, id(2), "11")), (&bo, bid)]).await;
        assert_eq!(answers.iter().map(code).collect::<Vec<_>>(), ["too_low", "done", "too_low"]);
        assert_eq!(code(&town.place(&bo, bid).await), "too_low");
    });
}

#[test]
fn an_id_is_burnt_for_nobody_else_and_not_reused_for_another_amount() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let (bo, mallory) = (town.person("bo").await, town.person("mallory").await);
        let lamp = town.list(&ada, lamp()).await;
        let asked = vec![
            (&mallory, offer(lamp, id(1), "11")),
            (&bo, offer(lamp, id(1), "20")),
            (&bo, offer(lamp, id(1), "21")),
        ];
        let answers = at_once(&town, asked).await;
        assert_eq!(answers.iter().map(code).collect::<Vec<_>>(), ["done", "done", "id_used"]);
        assert_eq!(code(&town.place(&bo, offer(lamp, id(1), "22")).await), "id_used");
        // On another auction the id is free.
        let other = town.list(&ada, crate::town::lamp()).await;
        assert_eq!(code(&town.place(&bo, offer(other, id(1), "22")).await), "done");
    });
}

#[test]
fn a_command_in_the_wrong_currency_or_on_nothing_stops_nobody_else() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        let dollars = Offer { currency: Currency::new("USD", 2), ..offer(lamp, id(1), "20") };
        let euros = Offer { currency: Some(euro()), ..offer(lamp, id(2), "20") };
        let answers = at_once(&town, vec![(&bo, dollars), (&bo, offer(99, id(3), "20")), (&bo, euros)]).await;
        assert_eq!(answers.iter().map(code).collect::<Vec<_>>(), ["malformed", "no_such_auction", "done"]);
        assert_eq!(answers[0], Err(Refusal::field("currency", "not_of_this_auction")));
    });
}

#[test]
fn more_commands_than_one_batch_holds_are_all_answered() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let lamp = town.list(&ada, lamp()).await;
        let asked = (0..1100).map(|n| (&bo, offer(lamp, town.market.fresh_id(), &format!("{}", 20 + n))));
        let answers = at_once(&town, asked.collect()).await;
        assert!(answers.iter().all(Result::is_ok), "each raises the own maximum");
        assert_eq!(history(&town, lamp).await.0.last, 1100);
    });
}

#[test]
fn taking_back_within_a_batch_sees_the_bids_of_the_batch() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let (bo, cy) = (town.person("bo").await, town.person("cy").await);
        let mut item = lamp();
        item.ending = market::actions::Ending::After(Span::days(3));
        let lamp = town.list(&ada, item).await;
        town.bid(&cy, lamp, "15").await.unwrap();
        let gate = Gate::close(town.market.journal());
        let story = async {
            let bid = town.place(&bo, offer(lamp, id(1), "30"));
            let back = town.market.retract(&bo, lamp, id(2), 1, "a typing error");
            let again = town.place(&bo, offer(lamp, id(3), "13"));
            let opening = async { drop(gate) };
            tokio::join!(biased; bid, back, again, opening)
        };
        let (bid, back, again, ()) = story.await;
        assert_eq!(bid.unwrap().price, Some(Amount(1550)));
        assert_eq!(back.unwrap().price, Some(Amount(1000)));
        let again = again.unwrap();
        assert_eq!((again.leading, again.price, again.bidder), (false, Some(Amount(1350)), Some(2)));
        let account = town.market.own_account(&bo).await.unwrap();
        assert_eq!(account.taken_back, 1);
        // Repeated, it counts no second time.
        assert!(town.market.retract(&bo, lamp, id(2), 1, "a typing error").await.unwrap().repeated);
        assert_eq!(town.market.own_account(&bo).await.unwrap().taken_back, 1);
        assert!(check(&town).await.is_empty());
    });
}
