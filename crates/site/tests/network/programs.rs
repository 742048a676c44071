//! The real program as a node, and what its operator types and sees.

use super::town::{Place, Site, until};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;

const NO_LETTERS: &str = "[mail]\ntransport = \"memory\"\n";
const TAKES_DOWNSTREAMS: &str = "[network]\ndownstreams = true\n[mail]\ntransport = \"memory\"\n";

pub(super) fn status(place: &Place) -> Value {
    serde_json::from_str(&place.run(&["network", "status"]).good()).unwrap()
}

fn below(site: &Site) -> Place {
    let upstream = format!("ws://127.0.0.1:{}/hub", site.port);
    Place::new(&format!("[network]\nupstreams = [{upstream:?}]\n{NO_LETTERS}"))
}

fn text(site: &Site, path: &str) -> String {
    let answer = site.stranger().get(path);
    assert_eq!(answer.status, 200, "{answer:?}");
    String::from_utf8(answer.body).unwrap()
}

#[test]
fn a_site_that_stands_alone_has_nothing_of_a_hub() {
    let place = Place::new(NO_LETTERS);
    let site = place.open();
    assert!(!place.path("data/hub").exists());
    for path in ["/hub", "/.well-known/anuko-hub", "/network"] {
        assert_eq!(site.stranger().get(path).status, 404, "{path}");
    }
    assert!(!text(&site, "/metrics").contains("anuko_hub"));
    let names = std::fs::read_dir(format!("/proc/{}/task", site.id()))
        .unwrap()
        .map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).unwrap_or_default());
    assert_eq!(names.filter(|name| name.starts_with("hub")).count(), 0, "no thread of a hub");
    assert!(place.run(&["network", "status"]).bad().contains("this site stands alone"));
    site.stop();
    assert!(place.run(&["network", "status"]).bad().contains("this site stands alone"));
    assert!(!place.path("data/hub").exists());
}

#[test]
fn a_node_keeps_its_key_and_shows_it() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    let site = place.open();
    let mode = |name: &str| std::fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(["data/hub", "data/hub/hub.key", "data/hub/hub.sqlite"].map(mode), [0o700, 0o600, 0o600]);
    let card: Value = serde_json::from_str(&text(&site, "/.well-known/anuko-hub")).unwrap();
    assert!(card["software"].as_str().unwrap().starts_with("anuko-auction "), "{card}");
    assert_eq!((&card["join"], &card["key"]), (&"approve".into(), &status(&place)["key"]));
    assert_eq!(text(&site, "/healthz"), "ok\n");
    let metrics = text(&site, "/metrics");
    assert!(
        metrics.contains("anuko_hub_log_bytes") && metrics.contains("anuko_auction_watchers"),
        "{metrics}"
    );
    assert_eq!(metrics.matches("# EOF").count(), 1);
    assert!(metrics.ends_with("# EOF\n"));
    site.kill();

    let site = place.open();
    let again: Value = serde_json::from_str(&text(&site, "/.well-known/anuko-hub")).unwrap();
    assert_eq!(again["key"], card["key"]);
    assert!(site.stop().0.success());
    assert_eq!(status(&place)["key"], card["key"], "and while it is stopped");
}

#[test]
fn a_newcomer_waits_until_it_is_let_in_and_can_be_blocked() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    let site = place.open();
    let other = below(&site);
    let newcomer = other.open();
    let state = |begins: &str| {
        until(begins, || {
            let first = status(&place)["neighbours"][0].clone();
            first["state"].as_str().is_some_and(|state| state.starts_with(begins)).then_some(first)
        })
    };
    let asks = state("asks to be let in");
    let key = asks["key"].as_str().unwrap();
    assert_eq!(status(&other)["key"], key);
    let unknown = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";
    assert!(place.run(&["network", "approve", unknown]).bad().contains("there is no neighbour"));
    place.run(&["network", "approve", key]).good();
    newcomer.stop();
    // Who was turned away asks again after a minute, and at once when it is started.
    let newcomer = other.open();
    state("linked for");
    place.run(&["network", "block", key]).good();
    assert_eq!(state("blocked")["linked"], false);
    newcomer.stop();
    assert!(site.stop().0.success());
    assert_eq!(status(&place)["neighbours"][0]["standing"], "blocked");
}

#[test]
fn a_site_that_only_dials_others_cannot_be_dialled() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    let site = place.open();
    let other = below(&site);
    let node = other.open();
    assert_eq!(node.stranger().get("/hub").status, 404);
    let card: Value = serde_json::from_str(&text(&node, "/.well-known/anuko-hub")).unwrap();
    assert_eq!(card["url"], "");
}

#[test]
fn the_doctor_looks_at_the_network() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    let site = place.open();
    let other = below(&site);
    let found = other.run(&["doctor"]).good();
    for word in [
        "ok     key: none yet",
        "ok     upstream: ws://127.0.0.1",
        "tells the same time",
        "network.upstreams",
    ] {
        assert!(found.contains(word), "{word:?} is not in:\n{found}");
    }
    assert!(!other.path("data/hub").exists(), "who looks makes no key");
    site.stop();
    let found = other.run(&["doctor"]);
    assert!(!found.good && found.out.contains("WRONG  upstream"), "{}", found.out);
}

#[test]
fn how_sites_are_treated_is_decided_and_passed_on_by_the_command_line() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    let site = place.open();
    let key = |seed: u8| hub::SecretKey::from_seed([seed; 32]).public().to_string();
    let treat = |key: &str, how: &str, note: &str| {
        let said = place.run(&["network", "treat", key, how, "--note", note]).good();
        serde_json::from_str::<Value>(&said).unwrap()
    };
    let export = || place.run(&["network", "blocklist", "export"]).good();
    assert_eq!(treat(&key(1), "block", "sells nothing")["treatment"], "block");
    assert_eq!(treat(&key(2), "no-bids", "")["treatment"], "no-bids");
    let list = export();
    assert!(list.ends_with(&format!("#.\n{} # sells nothing\n", key(1))), "{list}");
    assert!(
        place.run(&["network", "treat", &key(1), "love"]).bad().contains("no-bids"),
        "the choices are named"
    );

    // The same list, taken over: by somebody else, whose site does not run, and with an own key on it.
    let other = Place::new(TAKES_DOWNSTREAMS);
    other.open().stop();
    let own = status(&other)["key"].as_str().unwrap().to_owned();
    std::fs::write(other.path("list"), format!("{list}{own}\n")).unwrap();
    assert!(other.run(&["network", "blocklist", "import", "list"]).good().contains("\"blocked\": 1"));
    assert_eq!(other.run(&["network", "blocklist", "export"]).good(), list);
    std::fs::write(other.path("list"), format!("{}\nnonsense\n", key(3))).unwrap();
    assert!(other.run(&["network", "blocklist", "import", "list"]).bad().contains("line 2"));
    assert_eq!(
        other.run(&["network", "blocklist", "export"]).good(),
        list,
        "nothing of a list that is wrong"
    );
    site.stop();
}
