//! A crowd on one auction: 1,000 bids by 200 bidders over 32 connections, a tenth of them sent twice at once.

#![allow(clippy::unwrap_used, missing_docs)]

mod town;

use serde_json::Value;
use std::collections::HashMap;
use std::sync::Mutex;
use town::{Answer, Client, Dice, Place, Site, offer, short_lot};

const BIDDERS: usize = 200;
const BIDS: usize = 1000;
/// Each of these holds two connections.
const HANDS: usize = 16;

/// One bid on its way.
#[derive(Clone, PartialEq)]
struct Bid {
    bidder: usize,
    key: String,
    amount: String,
}

/// Two bids that are sent at once: different ones, or the same twice.
type Pair = [Bid; 2];

fn pairs(dice: &mut Dice) -> Vec<Pair> {
    let mut highest = 1000;
    let mut bid = || {
        // The higher, the later; but some come late with little, as in life.
        highest += 1500;
        let cents = highest - dice.below(20_000).min(highest - 1000);
        Bid {
            bidder: dice.below(BIDDERS),
            key: dice.key(),
            amount: format!("{}.{:02}", cents / 100, cents % 100),
        }
    };
    let mut pairs: Vec<Pair> = Vec::new();
    for _ in 0..BIDS / 20 {
        let [one, other] = [bid(), bid()];
        pairs.extend([[one.clone(), one], [other.clone(), other]]);
        pairs.extend((0..9).map(|_| [bid(), bid()]));
    }
    // The pile is taken from its end.
    pairs.reverse();
    pairs
}

/// Takes pairs from the pile until there are none, and sends both before it waits for an answer.
fn bid_away(site: &Site, path: &str, tokens: &[String], pile: &Mutex<Vec<Pair>>) -> Vec<(Pair, [Answer; 2])> {
    let mut hands = [site.stranger(), site.stranger()];
    let mut answered = Vec::new();
    let next = || pile.lock().unwrap().pop();
    while let Some(pair) = next() {
        for (bid, hand) in pair.iter().zip(&mut hands) {
            let token = &tokens[bid.bidder];
            hand.send("POST", path, Some(token), Some(&bid.key), Some(&offer(&bid.amount))).unwrap();
        }
        answered.push((pair, hands.each_mut().map(|hand| hand.receive().unwrap())));
    }
    answered
}

/// Who leads after offers in this order, the naive way: whoever offers more than the leader has offered.
fn leader(offers: &[(usize, i64)]) -> (usize, i64) {
    let mut leader = offers[0];
    for offer in &offers[1..] {
        if offer.0 == leader.0 || offer.1 > leader.1 {
            leader = *offer;
        }
    }
    leader
}

fn cents(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

/// The whole history, oldest first, page by page.
fn history(client: &mut Client, auction: &Value) -> Vec<Value> {
    let mut rows: Vec<Value> = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("/api/v1/auctions/{auction}/entries?limit=100{cursor}")).expect(200);
        rows.extend(page["rows"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    rows.reverse();
    rows
}

#[test]
fn a_thousand_bids_at_once_leave_one_leader_and_a_history_without_gaps() {
    let mut dice = Dice::seeded(3);
    let place = Place::new("[mail]\ntransport = \"memory\"\n");
    let site = place.open();
    let seller = place.person("Sue", "user");
    let tokens: Vec<String> = (0..BIDDERS).map(|n| place.person(&format!("Bidder{n}"), "user")).collect();
    let lot = site.client(&seller).post("/api/v1/auctions", &short_lot("Clock", 3600, 120)).expect(201);
    let path = format!("/api/v1/auctions/{}/bids", lot["id"]);

    let pile = Mutex::new(pairs(&mut dice));
    let answered: Vec<(Pair, [Answer; 2])> = std::thread::scope(|scope| {
        let hand = || bid_away(&site, &path, &tokens, &pile);
        let hands: Vec<_> = (0..HANDS).map(|_| scope.spawn(hand)).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
    });

    // Whoever asked twice got one answer, the second time as a repetition.
    let (twice, once): (Vec<_>, Vec<_>) = answered.iter().partition(|(pair, _)| pair[0] == pair[1]);
    assert_eq!((twice.len(), twice.len() + 2 * once.len()), (BIDS / 10, BIDS));
    for (_, answers) in &twice {
        assert_eq!((answers[0].status, answers[0].json()), (answers[1].status, answers[1].json()));
        let repeated = answers.iter().filter(|answer| answer.header("idempotent-replayed").is_some());
        assert_eq!(repeated.count(), usize::from(answers[0].status == 201));
    }

    // Every yes has an entry number of its own; every no says why.
    let mut taken: HashMap<i64, &Bid> = HashMap::new();
    let once = once.iter().flat_map(|(pair, answers)| pair.iter().zip(answers));
    for (bid, answer) in once.chain(twice.iter().map(|(pair, answers)| (&pair[0], &answers[0]))) {
        match answer.status {
            201 => assert!(taken.insert(answer.json()["entry"].as_i64().unwrap(), bid).is_none()),
            _ => assert!(["too_low", "not_above_own"].contains(&answer.code().as_str())),
        }
    }
    let mut numbers: Vec<i64> = taken.keys().copied().collect();
    numbers.sort_unstable();
    let offers: Vec<_> = numbers.iter().map(|n| (taken[n].bidder, cents(&taken[n].amount))).collect();
    println!("{} of {BIDS} bids were taken", offers.len());

    let (winner, most) = leader(&offers);
    let page = site.client(&tokens[winner]).get(&format!("/api/v1/auctions/{}", lot["id"])).expect(200);
    assert_eq!(page["own"]["leading"], true);
    assert_eq!(cents(page["own"]["limit"].as_str().unwrap()), most);
    assert_eq!(page["offers"], offers.len());

    // The history shows all that was taken, in its order; what was refused has a number, too, so that none of all
    // bids is without one.
    let shown = history(&mut site.client(&seller), &lot["id"]);
    let shown: Vec<i64> = shown.iter().map(|row| row["number"].as_i64().unwrap()).collect();
    assert_eq!(shown, numbers);
    assert_eq!(page["last_entry"], BIDS);
    place.run(&["db", "check"]).good();
}
