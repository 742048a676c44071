//! Somebody who lists one item after the other, each for a few seconds.

use super::Shared;
use crate::town::{Client, Dice, short_lot, until};
use serde_json::json;

/// The next item is listed after so many bids.
const BIDS_BETWEEN: usize = 150;

/// Lists until it is over. A third has a reserve that nobody reaches, and another third nobody bids on.
pub(super) fn list(shared: &Shared, token: &str, mut dice: Dice) {
    for number in 0.. {
        if shared.over() {
            return;
        }
        let mut lot = short_lot(&format!("Short lot {number}"), 10, 1);
        if number % 3 == 1 {
            lot["reserve"] = json!("1000000.00");
        }
        let key = dice.key();
        let listed = until("a listing", || {
            let mut client = Client::with_key(shared.port()?, token);
            client.ask("POST", "/api/v1/auctions", Some(&key), Some(&lot)).ok()
        });
        let id = listed.expect(201)["id"].as_i64().unwrap();
        if number % 3 != 2 {
            shared.lots.add(id);
        }
        let before = shared.answered();
        until("some bids", || (shared.over() || shared.answered() > before + BIDS_BETWEEN).then_some(()));
    }
}
