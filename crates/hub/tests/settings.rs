//! Settings, from all their sources.

#![allow(clippy::unwrap_used, missing_docs)]

use hub::SecretKey;
use hub::settings::{Join, Overrides, Settings, Spread, Table};

fn load(file: &str, environment: &[(&str, &str)], flags: &Overrides) -> Result<Settings, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anuko-hub.toml");
    std::fs::write(&path, file).unwrap();
    let environment = environment.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Settings::load(flags, environment, Some(&path)).map_err(|problems| problems.to_string())
}

fn only(file: &str) -> Result<Settings, String> {
    load(file, &[], &Overrides::default())
}

#[test]
fn without_a_word_everything_has_a_default() {
    let settings = only("").unwrap();
    assert_eq!((settings.join, settings.spread, settings.retention_days), (Join::Approve, Spread::Tree, 7));
    assert_eq!(settings.retention_bytes, 2 * 1024 * 1024 * 1024);
    assert_eq!(settings.webhooks.retry_seconds, [5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800]);
    assert!(settings.limits.enforce && settings.hosts.is_empty());
    for setting in Settings::table() {
        assert!(setting.says.ends_with('.'), "{} has no sentence", setting.key);
    }
}

#[test]
fn a_flag_beats_the_environment_and_that_beats_the_file() {
    let file = "join = \"open\"\nname = \"File\"\n[limits]\norigins = 5\n";
    let environment =
        [("ANUKO_HUB_NAME", "Environment"), ("ANUKO_HUB_JOIN", "approve"), ("ANUKO_HUB_LIMITS_ORIGINS", "6")];
    let flags = Overrides { join: Some("list".to_owned()), ..Overrides::default() };
    let settings = load(file, &environment, &flags).unwrap();
    assert_eq!(
        (settings.name.as_str(), settings.join, settings.limits.origins),
        ("Environment", Join::List, 6)
    );
}

#[test]
fn upstreams_come_from_flags_with_their_keys() {
    let key = SecretKey::from_seed([1; 32]).public();
    let upstreams = vec![format!("wss://a.example.org/hub#{key}"), "ws://10.0.0.1:8480".to_owned()];
    let settings = load("", &[], &Overrides { upstreams, ..Overrides::default() }).unwrap();
    assert_eq!(settings.upstreams[0].key, Some(key));
    assert_eq!(settings.upstreams[1].address.as_str(), "ws://10.0.0.1:8480/hub");
    let wrong = Overrides { upstreams: vec!["https://a.example.org".to_owned()], ..Overrides::default() };
    assert!(load("", &[], &wrong).unwrap_err().contains("--upstream: `upstreams`: must be a list"));
}

#[test]
fn the_hosts_follow_from_the_address() {
    let settings = only("address = \"wss://Hub.example.org:444/hub\"\n").unwrap();
    assert_eq!(
        (settings.hosts.as_slice(), settings.own_name()),
        (&["hub.example.org:444".to_owned()][..], "hub.example.org")
    );
    let settings = only("address = \"wss://a.example.org\"\nhosts = [\"b.example.org\"]\n").unwrap();
    assert_eq!(settings.hosts, ["b.example.org"]);
}

#[test]
fn what_is_wrong_is_told_all_at_once_with_its_place() {
    let file = "nam = \"x\"\nretention_days = 1\njoin = \"maybe\"\nhosts = [\"a b\"]\n[limits]\norigin = 5\n[tls]\ncertificate = \"x\"\n";
    let problems = only(file).unwrap_err();
    for words in [
        "anuko-hub.toml:1: `nam`: there is no such setting; did you mean `name`?",
        "anuko-hub.toml:2: `retention_days`: must be a whole number from 2 to 3650, not 1",
        "anuko-hub.toml:3: `join`: must be \"approve\" or \"open\" or \"list\", not \"maybe\"",
        "anuko-hub.toml:4: `hosts`",
        "`limits.origin`: there is no such setting; did you mean `limits.origins`?",
    ] {
        assert!(problems.contains(words), "{words:?} is not in:\n{problems}");
    }
    let environment = [("ANUKO_HUB_NAMES", "x")];
    let problems = load("", &environment, &Overrides::default()).unwrap_err();
    assert!(problems.contains("did you mean ANUKO_HUB_NAME?"), "{problems}");
}

#[test]
fn settings_that_do_not_fit_together_are_refused() {
    let key = SecretKey::from_seed([1; 32]).public();
    for (file, words) in [
        ("[tls]\ncertificate = \"x\"\n".to_owned(), "`tls.certificate`: must be given together"),
        (format!("list = [\"{key}\"]\n"), "`list`: has keys, but `join` is not"),
        ("[limits]\nenvelopes_burst = 5\n".to_owned(), "`limits.envelopes_burst`"),
    ] {
        let problems = only(&file).unwrap_err();
        assert!(problems.contains(words), "{problems}");
    }
}

#[test]
fn a_printed_file_says_the_same() {
    let settings =
        only("name = \"A \\\"quoted\\\" hub\"\naddress = \"wss://a.example.org\"\njoin = \"open\"\n")
            .unwrap();
    let printed = settings.print();
    assert_eq!(only(&printed).unwrap(), settings);
    assert!(Settings::document().contains("| `limits.enforce` | `true` | `ANUKO_HUB_LIMITS_ENFORCE` |"));
}
