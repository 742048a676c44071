//! From hub to hub, and to the applications behind them.

use crate::place::Place;

#[test]
fn what_is_posted_at_one_hub_comes_out_at_the_other_once_though_that_is_killed_meanwhile() {
    let (here, there) = (Place::new(), Place::new());
    let (sender, listener) = (here.token(), there.token());
    let first = here.serve(&["--join", "open"]);
    let upstream = first.url();
    let flags = ["--upstream", upstream.as_str()];
    let second = there.serve(&flags);

    let receipt = first.post(&sender, 1);
    let (seen, event) = second.watch(&listener, None).next();
    assert_eq!((&event["id"], &event["data"], &event["hubindex"]), (&"1".into(), &1.into(), &0.into()));
    assert_eq!(event["hubkey"], receipt["key"]);
    assert_eq!(event["hubepoch"], receipt["epoch"].to_string());
    assert_eq!(event["hubnumber"], receipt["number"].to_string());
    let linked = first.until_neighbour("linked for");
    assert!(linked["linked"] == true && linked["linked_since"].is_string(), "{linked}");

    second.kill();
    (2..=4).for_each(|id| drop(first.post(&sender, id)));
    let away = first.until_neighbour("not linked");
    assert!(away["waiting"] != 0 && away["linked"] == false, "{away}");

    let second = there.serve(&flags);
    let mut watching = second.watch(&listener, Some(&seen));
    let ids: Vec<_> = (2..=4).map(|_| watching.next().1["id"].clone()).collect();
    assert_eq!(ids, ["2", "3", "4"]);
    first.post(&sender, 5);
    assert_eq!(watching.next().1["id"], "5", "nothing came twice in between");
    first.until_neighbour("linked for");
}

#[test]
fn what_was_posted_is_there_after_a_power_failure() {
    let place = Place::new();
    let token = place.token();
    let hub = place.serve(&[]);
    let receipt = hub.post(&token, 1);
    hub.kill();
    let hub = place.serve(&[]);
    assert_eq!(hub.post(&token, 1), receipt, "the same event has the same answer");
    let other = place.token();
    assert_eq!(hub.watch(&other, None).next().1["hubnumber"], receipt["number"].to_string());
    assert_eq!(hub.status()["log"]["envelopes"], 1);
}
