//! Backups of a node, and what comes of them.

use super::programs::status;
use super::town::{Place, until};
use hub::{HubSettings, Message, hub_folder};
use serde_json::{Value, json};
use site::backup::{Mark, forget};

const TAKES_DOWNSTREAMS: &str = "[network]\ndownstreams = true\n[mail]\ntransport = \"memory\"\n";

/// Posts something under the key of a site that does not run.
fn post(place: &Place) {
    let folder = place.path("data/hub");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let key = hub_folder::key(&folder).unwrap().unwrap();
        let hub = hub::Hub::open(HubSettings::new(&folder, "test"), vec![key]).await.unwrap();
        let message = Message { media_type: "text/plain".to_owned(), body: "kept".into() };
        hub.post(hub.identity(), vec![message], 0).await.unwrap();
        hub.close().await;
    });
}

#[test]
fn a_restored_node_has_its_key_its_log_and_its_people_and_knows_that_it_is_a_copy() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    place.open().stop();
    post(&place);
    let site = place.open();
    let ann = place.person("Ann", "user");
    let made: Value = serde_json::from_str(&place.run(&["db", "backup", "node.backup"]).good()).unwrap();
    assert_eq!(made["holds"], json!(["copied-at", "site.sqlite", "hub/hub.sqlite", "hub/hub.key"]));
    let before = status(&place);
    let envelopes = |status: &Value| status["log"]["envelopes"].as_u64().unwrap();
    assert!(envelopes(&before) >= 1);
    assert!(site.stop().0.success());

    let other = Place::new(TAKES_DOWNSTREAMS);
    let file = place.path("node.backup");
    let restored = other.run(&["db", "restore", file.to_str().unwrap()]).good();
    assert!(restored.contains("copied_at"), "{restored}");
    let mark = Mark::of(&other.path("data")).unwrap().unwrap();
    assert_eq!(made["copied_at"], mark.copied_at.to_string());
    let site = other.open();
    let after = status(&other);
    assert_eq!(after["key"], before["key"]);
    // It has introduced itself again since.
    assert!(envelopes(&after) >= envelopes(&before));
    assert_eq!(site.client(&ann).get("/api/v1/me").expect(200)["name"], "Ann");
    until("a word about the copy", || {
        std::fs::read_to_string(other.path("log")).unwrap().contains("was restored from a copy").then_some(())
    });
    let again: Value = serde_json::from_str(&other.run(&["db", "backup", "again.backup"]).good()).unwrap();
    assert_eq!(again["copied_at"], made["copied_at"], "until it has caught up, a copy of a copy is no newer");
    site.stop();
    forget(&other.path("data")).unwrap();
    assert_eq!(Mark::of(&other.path("data")).unwrap(), None);
    let fresh: Value = serde_json::from_str(&other.run(&["db", "backup", "fresh.backup"]).good()).unwrap();
    assert_ne!(fresh["copied_at"], made["copied_at"]);
}

#[test]
fn a_site_that_was_networked_once_keeps_its_key_in_backups() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    place.open().stop();
    let key = status(&place)["key"].clone();
    let alone = std::fs::read_to_string(place.path("anuko-auction.toml")).unwrap();
    place.settle(&alone.replace("downstreams = true", "downstreams = false"));
    place.run(&["db", "backup", "alone.backup"]).good();
    let other = Place::new(TAKES_DOWNSTREAMS);
    other.run(&["db", "restore", place.path("alone.backup").to_str().unwrap()]).good();
    assert_eq!(status(&other)["key"], key);
}

#[test]
fn nothing_is_restored_over_something_else_or_from_something_else() {
    let place = Place::new(TAKES_DOWNSTREAMS);
    place.open().stop();
    place.run(&["db", "backup", "node.backup"]).good();
    let whole = place.path("node.backup");
    let refused = place.run(&["db", "restore", whole.to_str().unwrap()]).bad();
    assert!(refused.contains("is not empty"), "{refused}");

    let other = Place::new(TAKES_DOWNSTREAMS);
    let bytes = std::fs::read(&whole).unwrap();
    std::fs::write(other.path("cut"), &bytes[..bytes.len() / 2]).unwrap();
    std::fs::write(other.path("nonsense"), "nothing of the kind").unwrap();
    for file in ["cut", "nonsense"] {
        let refused = other.run(&["db", "restore", file]).bad();
        assert!(refused.contains("no whole backup"), "{refused}");
        assert!(!other.path("data").exists(), "what was begun in vain is gone");
    }
    assert!(!whole.with_extension("backup.parts").exists());
}
