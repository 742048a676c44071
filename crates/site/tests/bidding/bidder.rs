//! Somebody who bids for all bidders in turn, over one connection.

use super::lots::{Lot, cents, euro};
use super::{Receipt, Shared};
use crate::town::{Answer, Client, Dice, offer, until};

/// Bids until it is over.
pub(super) fn bid(shared: &Shared, bidders: &[String], mut dice: Dice) {
    let mut line = Line { shared, port: 0, client: Client::new(0) };
    while !shared.over() {
        let lot = shared.lots.some(&mut dice);
        let mut bidder = dice.below(bidders.len());
        if lot.leader == Some(bidder) {
            bidder = (bidder + 1) % bidders.len();
        }
        let (token, key) = (&bidders[bidder], dice.key());
        let wanted = lot.next_cents + dice.below(20) as i64;
        let answer = line.ask(&format!("/api/v1/auctions/{}/bids", lot.id), token, &key, wanted);
        take_note(shared, lot, bidder, &answer);
        if answer.status == 201 {
            let (auction, entry) = (lot.id, answer.json()["entry"].as_i64().unwrap());
            let (token, answer) = (token.clone(), answer.json());
            shared.keep(Receipt { auction, entry, token, key, cents: wanted, answer });
        }
    }
}

fn take_note(shared: &Shared, lot: Lot, bidder: usize, answer: &Answer) {
    let body = answer.json();
    let code = body["code"].as_str().unwrap_or_default();
    match (answer.status, code) {
        (201, _) => {
            let leads = body["leading"].as_bool().unwrap();
            // For who leads the next offer is just above the own one; for everybody else it is a step up.
            let next =
                cents(body["price"].as_str().unwrap()).max(cents(body["next_offer"].as_str().unwrap()));
            shared.lots.learn(lot.id, next, leads.then_some(bidder));
        }
        (409, "too_low" | "not_above_own") => {
            let least = cents(body["amount"].as_str().unwrap());
            shared.lots.learn(
                lot.id,
                least.max(lot.next_cents + 5),
                (code == "not_above_own").then_some(bidder),
            );
        }
        (409, "not_open") => shared.lots.has_ended(lot.id),
        _ => panic!("{} {body}", answer.status),
    }
}

/// A line to a site that comes and goes.
struct Line<'a> {
    shared: &'a Shared,
    port: u16,
    client: Client,
}

impl Line<'_> {
    /// Asks until there is an answer, always under the same key.
    fn ask(&mut self, path: &str, token: &str, key: &str, cents: i64) -> Answer {
        let body = offer(&euro(cents));
        until("an answer", || {
            let port = self.shared.port()?;
            if port != self.port {
                (self.port, self.client) = (port, Client::new(port));
            }
            self.client.send("POST", path, Some(token), Some(key), Some(&body)).ok()?;
            self.client.receive().ok()
        })
    }
}
