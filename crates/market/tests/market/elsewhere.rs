//! Auctions of other sites: seen, bid on, and never decided here.

use crate::town::{NOON, Town, code, decided, everywhere_with, id, offer};
use auction::shown::Told;
use auction::{Amount, Currency, Format, Person, Progress, Span, StepTable, Terms};
use market::actions::Placed;
use market::show::{BidState, Listing as List, SentState};
use market::{Identity, Policy};
use store::replicas::{self, Listing, ReplicaEntry};
use store::sent_bids::{self, Ruling};
use store::{guests, sites};

pub(crate) fn networked() -> Policy {
    Policy { networked: true, sign_in_attempts: 0, ..Policy::default() }
}

fn clock() -> Listing {
    Listing {
        version: 2,
        terms_version: 1,
        title: "Clock".to_owned(),
        description: "It runs.".to_owned(),
        seller: "Sue".to_owned(),
        category: String::new(),
        sealing_key: [9; 32],
        terms: Terms {
            format: Format::Ascending,
            currency: Currency::new("EUR", 2).unwrap(),
            start_price: Amount(1000),
            reserve: None,
            buy_now: None,
            steps: StepTable::standard(0),
            opens_at: NOON,
            ends_at: NOON + Span::days(7),
            extension: None,
        },
    }
}

/// A clock of elm, treated like this. The number of the auction there is 42.
pub(crate) async fn clock_of_elm(town: &Town, treatment: &'static str) -> i64 {
    let written = town.market.journal().write(move |tx| {
        let site = sites::heard(tx, &[7; 32], NOON)?;
        let card = sites::Card {
            name: "elm",
            address: "https://elm.example",
            contact: "",
            software: "",
            policy: "",
            sealing_key: &[8; 32],
        };
        sites::set_card(tx, site, &card)?;
        sites::treat(tx, site, treatment)?;
        replicas::insert(tx, site, 42, &clock(), NOON)
    });
    written.await.map_err(|error: store::Error| error).unwrap()
}

/// Elm tells how the clock stands: a bidder of its own leads at a price.
async fn told(town: &Town, clock: i64, entry: u32, price: i64, leader: Option<Person>) {
    let written = town.market.journal().write(move |tx| {
        let replica = replicas::find(tx, clock)?.unwrap();
        let leader = match leader {
            Some(own) => own,
            None => guests::by_number(tx, replica.site, clock, 3)?,
        };
        let told = Told {
            price: Some(Amount(price)),
            leader: Some(leader),
            offers: entry,
            last: entry,
            ..replica.told.clone()
        };
        let row = ReplicaEntry {
            number: entry,
            at: NOON,
            what: "offer".to_owned(),
            who: Some(leader),
            accepted: true,
            amount: None,
            price: Some(Amount(price)),
            leader: Some(leader),
            ends_at: told.ends_at,
            reason: None,
            away: None,
        };
        replicas::append(tx, clock, &row)?;
        replicas::tell(tx, clock, &told, &[1; 32], NOON)
    });
    written.await.map_err(|error: store::Error| error).unwrap();
}

async fn ruled(town: &Town, bid: [u8; 16], entry: u32, refusal: Option<(&'static str, Option<i64>)>) {
    let written = town.market.journal().write(move |tx| {
        let sent = sent_bids::by_bid(tx, &bid)?.unwrap();
        let refusal = refusal.map(|(code, data)| (code.to_owned(), data));
        sent_bids::rule(tx, sent.id, &Ruling { entry: Some(entry), at: NOON, refusal })
    });
    assert!(written.await.map_err(|error: store::Error| error).unwrap());
}

async fn send(town: &Town, who: &Identity, clock: i64, n: u8, amount: &str) -> market::show::SentBid {
    let mut bid = offer(clock, id(n), amount);
    bid.version = 2;
    match town.market.place_bid(who, bid).await.unwrap() {
        Placed::Sent(sent) => sent,
        Placed::Decided(receipt) => panic!("it was decided here: {receipt:?}"),
    }
}

#[test]
fn an_auction_of_another_site_is_seen_beside_own_ones() {
    everywhere_with(networked(), async |town| {
        let ada = town.person("ada").await;
        let lamp = town.list(&ada, crate::town::lamp()).await;
        let clock = clock_of_elm(&town, "show").await;
        assert_ne!(lamp, clock);
        let rows = town.market.list(None, List::Open, None, 9).await.unwrap();
        let seen: Vec<_> = rows.iter().map(|row| (row.id, row.site.as_deref())).collect();
        assert!(seen.contains(&(lamp, None)) && seen.contains(&(clock, Some("elm"))), "{seen:?}");
        // Page by page the same.
        let first = town.market.list(None, List::Open, None, 1).await.unwrap();
        let rest = town.market.list(None, List::Open, Some(first[0].cursor), 9).await.unwrap();
        assert_eq!([first[0].id, rest[0].id], [rows[0].id, rows[1].id]);
        let page = town.market.auction_page(None, clock).await.unwrap();
        assert_eq!((page.words.title.as_str(), page.shown.next_offer), ("Clock", Some(Amount(1000))));
        let origin = page.origin.unwrap();
        assert_eq!((origin.name.as_str(), origin.auction, origin.takes_bids), ("elm", 42, true));
    });
}

#[test]
fn what_the_webmaster_blocks_is_not_seen() {
    everywhere_with(networked(), async |town| {
        let clock = clock_of_elm(&town, "show").await;
        for (treatment, seen) in
            [("block", false), ("approve", false), ("a later word", false), ("no_bids", true), ("show", true)]
        {
            let treated = town.market.journal().write(move |tx| {
                let site = replicas::find(tx, clock)?.unwrap().site;
                sites::treat(tx, site, treatment)
            });
            treated.await.map_err(|error: store::Error| error).unwrap();
            let page = town.market.auction_page(None, clock).await;
            let rows = town.market.list(None, List::Open, None, 9).await.unwrap();
            assert_eq!((page.is_ok(), rows.len()), (seen, usize::from(seen)), "{treatment}");
        }
    });
}

#[test]
fn a_bid_elsewhere_is_sent_and_changes_no_price_before_it_is_ruled() {
    everywhere_with(networked(), async |town| {
        let (bo, clock) = (town.person("bo").await, clock_of_elm(&town, "show").await);
        let sent = send(&town, &bo, clock, 1, "50").await;
        assert_eq!((sent.amount, &sent.state), (Amount(5000), &SentState::Waiting));
        let page = town.market.auction_page(Some(&bo), clock).await.unwrap();
        assert_eq!((page.shown.price, page.shown.offers, page.own.limit), (None, 0, None));
        assert_eq!(page.own.sent.len(), 1);
        assert_eq!(town.market.my_bids(&bo, i64::MAX, 9).await.unwrap()[0].state, BidState::Sent);

        told(&town, clock, 1, 1000, Some(bo.person)).await;
        ruled(&town, sent.bid, 1, None).await;
        let page = town.market.auction_page(Some(&bo), clock).await.unwrap();
        assert_eq!((page.shown.price, page.own.leading), (Some(Amount(1000)), true));
        assert_eq!((page.own.limit, page.own.next_offer), (Some(Amount(5000)), Some(Amount(5001))));
        assert_eq!(page.leader, page.own.name);
        assert_eq!(town.market.my_bids(&bo, i64::MAX, 9).await.unwrap()[0].state, BidState::Leading);

        told(&town, clock, 2, 5050, None).await;
        let page = town.market.auction_page(Some(&bo), clock).await.unwrap();
        assert!(page.leader.unwrap().ends_with(" of elm"));
        assert_eq!(town.market.my_bids(&bo, i64::MAX, 9).await.unwrap()[0].state, BidState::Outbid);
        let history = town.market.history(Some(&bo), clock, None, 9).await.unwrap();
        let amounts: Vec<_> = history.iter().map(|row| (row.entry.number, row.entry.amount)).collect();
        assert_eq!(amounts, [(2, None), (1, Some(Amount(5000)))]);
        assert_eq!(crate::town::addressed(&town.letters().await), ["outbid bo"]);
        assert!(town.letters().await.is_empty(), "once");
        // He leads again, and is outbid again: silence first.
        town.later(Span::seconds(1));
        told(&town, clock, 3, 6000, Some(bo.person)).await;
        told(&town, clock, 4, 7000, None).await;
        assert!(town.letters().await.is_empty());
        town.later(Span::minutes(10));
        assert_eq!(crate::town::addressed(&town.letters().await), ["outbid bo"]);
    });
}

#[test]
fn the_same_bid_is_sent_once_and_a_refusal_comes_back_with_its_reason() {
    everywhere_with(networked(), async |town| {
        let (bo, cy) = (town.person("bo").await, town.person("cy").await);
        let clock = clock_of_elm(&town, "show").await;
        let first = send(&town, &bo, clock, 1, "50").await;
        let again = send(&town, &bo, clock, 1, "50").await;
        assert_eq!((first.bid, again.repeated), (again.bid, true));
        let mut other = offer(clock, id(1), "51");
        other.version = 2;
        assert_eq!(code(&town.market.place_bid(&bo, other).await), "id_used");
        // An id belongs to who chose it.
        let of_cy = send(&town, &cy, clock, 1, "60").await;
        assert!(of_cy.bidder != first.bidder && !of_cy.repeated);
        // Whoever bids again is the same bidder to others.
        assert_eq!(send(&town, &bo, clock, 2, "70").await.bidder, first.bidder);
        ruled(&town, first.bid, 2, Some(("too_low", Some(6100)))).await;
        let page = town.market.auction_page(Some(&bo), clock).await.unwrap();
        let least = auction::Refusal::TooLow { least: Amount(6100) };
        assert!(matches!(&page.own.sent[1].state,
            SentState::Refused { entry: Some(2), refusal: Some(refusal), .. } if *refusal == least));
    });
}

#[test]
fn what_is_plain_here_is_not_sent() {
    everywhere_with(networked(), async |town| {
        let (bo, clock) = (town.person("bo").await, clock_of_elm(&town, "show").await);
        let ask = async |n: u8, amount: &str, version: u32| {
            let mut bid = offer(clock, id(n), amount);
            bid.version = version;
            code(&town.market.place_bid(&bo, bid).await)
        };
        assert_eq!(ask(1, "10.001", 2).await, "not_whole_units");
        assert_eq!(ask(2, "10", 3).await, "terms_changed");
        assert_eq!(code(&town.market.take_price(&bo, offer(clock, id(3), "10")).await), "not_in_this_format");
        assert_eq!(code(&town.market.buy_now(&bo, clock, id(4), 2).await), "not_in_this_format");
        let taken_back = town.market.retract(&bo, clock, id(5), 2, "a mistake").await;
        assert_eq!(code(&taken_back), "decided_elsewhere");
        let mut suspended = bo.clone();
        suspended.suspended = true;
        assert_eq!(code(&town.market.place_bid(&suspended, offer(clock, id(6), "10")).await), "suspended");
        town.later(Span::days(7));
        assert_eq!(ask(7, "10", 2).await, "not_open");
        let page = town.market.auction_page(None, clock).await.unwrap();
        assert_eq!(page.shown.progress, Progress::Closing);
        assert_eq!(town.market.close_due().await.unwrap(), 0);
    });
}

#[test]
fn a_site_of_its_own_knows_nothing_of_others() {
    everywhere_with(Policy { sign_in_attempts: 0, ..Policy::default() }, async |town| {
        let (bo, clock) = (town.person("bo").await, clock_of_elm(&town, "show").await);
        assert_eq!(code(&town.market.place_bid(&bo, offer(clock, id(1), "10")).await), "no_such_auction");
        assert!(town.market.list(None, List::Open, None, 9).await.unwrap().is_empty());
        let ada = town.person("ada").await;
        let lamp = town.list(&ada, crate::town::lamp()).await;
        decided(town.market.place_bid(&bo, offer(lamp, id(1), "10")).await.unwrap());
    });
}
