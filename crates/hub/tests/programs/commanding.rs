//! Commands on hubs, whether they run or not.

use crate::place::Place;
use serde_json::{Value, json};

#[test]
fn who_asks_to_be_let_in_is_approved_and_blocked_while_the_hub_runs() {
    let (here, there) = (Place::new(), Place::new());
    let first = here.serve(&[]);
    let upstream = first.url();
    let flags = ["--upstream", upstream.as_str()];
    let _second = there.serve(&flags);
    let asks = first.until_neighbour("asks to be let in");
    let key = asks["key"].as_str().unwrap();
    assert_eq!(here.run(&["neighbours", "list"]).unwrap()[0]["standing"], "pending");
    assert!(first.status()["alarms"][0].as_str().unwrap().contains(key));

    here.run(&["neighbours", "approve", key]).unwrap();
    // Who was turned away asks again by itself.
    first.until_neighbour("linked for");

    here.run(&["neighbours", "block", key]).unwrap();
    let blocked = first.until_neighbour("blocked");
    assert_eq!(blocked["linked"], false);
    first.stop();
    assert_eq!(here.run(&["neighbours", "list"]).unwrap()[0]["standing"], "blocked");
}

#[test]
fn an_upstream_that_nobody_has_reached_is_named() {
    let place = Place::new();
    let hub = place.serve(&["--upstream", "ws://127.0.0.1:1/hub"]);
    let alarm = hub.until(|status| status["alarms"] != json!([]))["alarms"][0].clone();
    assert!(alarm.as_str().unwrap().starts_with("upstream ws://127.0.0.1:1/hub was not reached"), "{alarm}");
}

#[test]
fn a_hub_that_is_stopped_shows_its_envelopes_and_lets_go_of_them() {
    let place = Place::new();
    let token = place.token();
    let hub = place.serve(&[]);
    let receipt = hub.post(&token, 1);
    hub.post(&token, 2);
    hub.stop();
    let (key, epoch) = (receipt["key"].as_str().unwrap(), receipt["epoch"].to_string());
    let shown = || place.run(&["inspect", key, &epoch]).unwrap();
    assert_eq!((shown()[0]["number"].clone(), shown()[1]["signature"].clone()), (json!(1), json!("right")));
    assert_eq!(place.run(&["trim", "--before", "2000-01-01"]).unwrap()["envelopes"], 0);
    assert_eq!(place.run(&["trim", "--before", "2200-01-01", "--force"]).unwrap()["envelopes"], 2);
    assert_eq!(shown(), Value::Array(Vec::new()));
    assert!(place.run(&["inspect", key, &epoch, "1"]).unwrap_err().contains("there is no envelope 1"));
    // What is posted afterwards is kept.
    let hub = place.serve(&[]);
    hub.post(&token, 3);
    hub.until(|status| status["log"]["envelopes"] == 1);
}

#[test]
fn what_is_younger_than_two_days_is_trimmed_only_by_force_while_the_hub_runs() {
    let place = Place::new();
    let token = place.token();
    let hub = place.serve(&[]);
    hub.post(&token, 1);
    hub.post(&token, 2);
    let refusal = place.run(&["trim", "--before", "2200-01-01"]).unwrap_err();
    assert!(refusal.contains("younger than two days") && refusal.contains("--force"), "{refusal}");
    assert_eq!(place.run(&["trim", "--before", "2000-01-01"]).unwrap()["envelopes"], 0);
    hub.until(|status| status["log"]["envelopes"] == 2);
    assert_eq!(place.run(&["trim", "--before", "2200-01-01", "--force"]).unwrap()["envelopes"], 2);
    hub.until(|status| status["log"]["envelopes"] == 0);
    // The stream goes on behind what was let go.
    assert_eq!(hub.post(&token, 3)["number"], 3);
    hub.until(|status| status["log"]["envelopes"] == 1);
}
