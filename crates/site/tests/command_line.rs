//! What an operator types, with the real program.

#![allow(clippy::unwrap_used, missing_docs)]

mod books;
mod town;

use books::Books;
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use town::{Place, offer, short_lot, until};

const NO_LETTERS: &str = "[mail]\ntransport = \"memory\"\n";

fn said(place: &Place, arguments: &[&str]) -> Value {
    serde_json::from_str(&place.run(arguments).good()).unwrap()
}

fn add_ann(place: &Place) -> Value {
    said(
        place,
        &["users", "add", "--email", "ann@example.org", "--name", "Ann", "--role", "user", "--with-token"],
    )
}

/// Makes, lists and revokes Ann's tokens, and looks what they open on a site that runs meanwhile, or afterwards.
fn keep_tokens(place: &Place) -> [String; 3] {
    let first = add_ann(place)["token"].as_str().unwrap().to_owned();
    let email = ["--email", "ann@example.org"];
    let second =
        said(place, &[&["tokens", "create", "--name", "phone", "--scopes", "read,bid"], &email[..]].concat());
    let third =
        said(place, &[&["tokens", "create", "--name", "lost", "--scopes", "read"], &email[..]].concat());
    said(place, &["tokens", "revoke", &third["id"].to_string()]);

    let listed = place.run(&[&["tokens", "list"], &email[..]].concat()).good();
    let keys = [&second, &third].map(|token| token["token"].as_str().unwrap().to_owned());
    assert!(!keys.iter().chain([&first]).any(|key| listed.contains(key)), "a list shows no keys");
    let rows: Vec<Value> = serde_json::from_str(&listed).unwrap();
    let names: Vec<_> = rows.iter().map(|row| (row["name"].clone(), row["revoked_at"].is_null())).collect();
    assert_eq!(names, [(json!("command line"), true), (json!("phone"), true), (json!("lost"), false)]);
    let [second, third] = keys;
    [first, second, third]
}

#[test]
fn accounts_and_tokens_are_kept_while_the_site_runs() {
    let place = Place::new(NO_LETTERS);
    let site = place.open();
    let [first, second, third] = keep_tokens(&place);
    assert_eq!(site.client(&first).get("/api/v1/me").expect(200)["name"], "Ann");
    assert_eq!(site.client(&second).get("/api/v1/me").expect(200)["scopes"], json!(["read", "bid"]));
    assert_eq!(site.client(&third).get("/api/v1/me").code(), "sign_in_needed");
    let sell = site.client(&second).post("/api/v1/auctions", &short_lot("Lamp", 3600, 60));
    assert_eq!(sell.code(), "missing_scope");
}

#[test]
fn and_while_it_is_stopped() {
    let place = Place::new(NO_LETTERS);
    let [first, _, third] = keep_tokens(&place);
    let site = place.open();
    assert_eq!(site.client(&first).get("/api/v1/me").expect(200)["name"], "Ann");
    assert_eq!(site.client(&third).get("/api/v1/me").code(), "sign_in_needed");
    // A token that is revoked beside the running site opens nothing any more, at once.
    said(&place, &["tokens", "revoke", "1"]);
    assert_eq!(site.client(&first).get("/api/v1/me").code(), "sign_in_needed");
}

#[test]
fn what_cannot_be_done_is_said_in_words() {
    let place = Place::new(NO_LETTERS);
    let user = ["users", "add", "--email", "ann@example.org", "--name", "Ann", "--role"];
    assert!(place.run(&[&user[..], &["king"]].concat()).bad().contains("\"king\" is no role"));
    let token = ["tokens", "create", "--email", "ann@example.org", "--name", "x", "--scopes"];
    assert!(place.run(&[&token[..], &["fly"]].concat()).bad().contains("scopes are: read, bid"));
    assert!(place.run(&[&token[..], &["bid"]].concat()).bad().contains("There is no such person"));
    assert!(place.run(&["tokens", "revoke", "7"]).bad().contains("there is no token 7"));
    assert!(
        place
            .run(&["users", "add", "--email", "ann", "--name", "Ann", "--role", "user"])
            .bad()
            .contains("\"ann\"")
    );
}

#[test]
fn a_backup_of_a_running_site_opens_as_a_site_of_its_own() {
    let place = Place::new(NO_LETTERS);
    let site = place.open();
    let (sue, ann) = (place.person("Sue", "user"), place.person("Ann", "user"));
    let lot = site.client(&sue).post("/api/v1/auctions", &short_lot("Lamp", 3600, 60)).expect(201);
    let bids = format!("/api/v1/auctions/{}/bids", lot["id"]);
    site.client(&ann).post(&bids, &offer("12.00")).expect(201);
    place.run(&["db", "backup", "running.backup"]).good();
    assert!(place.run(&["db", "backup", "running.backup"]).bad().contains("already there"));
    let mode = std::fs::metadata(place.path("running.backup")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "nobody else may read it");
    site.client(&ann).post(&bids, &offer("13.00")).expect(201);
    assert!(place.run(&["db", "check"]).good().contains("whole"));
    assert!(site.stop().0.success());
    place.run(&["db", "backup", "stopped.backup"]).good();

    for (file, entries) in [("running.backup", 1), ("stopped.backup", 2)] {
        let other = Place::new(NO_LETTERS);
        other.run(&["db", "restore", place.path(file).to_str().unwrap()]).good();
        assert!(other.run(&["db", "check"]).good().contains("whole"));
        let site = other.open();
        let lot = site.client(&ann).get(&format!("/api/v1/auctions/{}", lot["id"])).expect(200);
        assert_eq!((&lot["last_entry"], &lot["own"]["leading"]), (&json!(entries), &json!(true)));
    }
}

#[test]
fn db_check_finds_a_history_that_was_tampered_with() {
    let place = Place::new(NO_LETTERS);
    let site = place.open();
    let (sue, ann) = (place.person("Sue", "user"), place.person("Ann", "user"));
    let lot = site.client(&sue).post("/api/v1/auctions", &short_lot("Lamp", 3600, 60)).expect(201);
    site.client(&ann).post(&format!("/api/v1/auctions/{}/bids", lot["id"]), &offer("12.00")).expect(201);
    assert!(site.stop().0.success());
    Books::spoil(&place, "UPDATE entries SET price = price + 1");
    let checked = place.run(&["db", "check"]);
    assert!(!checked.good && checked.out.contains("auction 1"), "{checked:?}");
}

#[test]
fn settings_are_checked_before_anything_is_opened() {
    let place = Place::new(NO_LETTERS);
    assert!(place.run(&["check-config"]).good().contains("right"));
    place.settle("lisen = \"Typo\"\nreaders = 0\n[mail]\ntransport = \"pigeon\"\n");
    let problems = place.run(&["check-config"]).bad();
    for word in ["lisen", "did you mean `listen`", "readers", "pigeon"] {
        assert!(problems.contains(word), "{word} is not in: {problems}");
    }
    assert!(place.run(&["serve"]).bad().contains("lisen"));
    assert!(!place.path("data").exists(), "what is wrong makes no folder");
}

#[test]
fn a_printed_settings_file_says_the_same_as_the_one_it_was_printed_from() {
    let place = Place::new("name = \"Club\"\ncurrencies = [\"EUR\", \"JPY\"]\n");
    let printed = place.run(&["print-config"]).good();
    assert!(printed.contains("Club") && printed.contains("JPY"));
    place.settle(&printed);
    place.run(&["check-config"]).good();
    assert_eq!(place.run(&["print-config"]).good(), printed);
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_is_dangerous() {
    let place = Place::new(NO_LETTERS);
    let found = place.run(&["doctor"]).good();
    for word in ["DANGER allow_short_auctions", "ok     data", "ok     disk", "ok     clock", "mail"] {
        assert!(found.contains(word), "{word:?} is not in:\n{found}");
    }
    assert!(!place.path("data/site.sqlite").exists(), "who looks makes no database");
    let site = place.open();
    let settle = |folder: &str, more: &str| {
        let data = place.path(folder);
        place.settle(&format!("listen = [\"localhost:{}\"]\ndata = {data:?}\n{more}", site.port));
    };
    settle("data", "");
    let found = place.run(&["doctor"]).good();
    assert!(found.contains("is held by a running site") && found.contains("answers"), "{found}");
    // Somebody else has the port, and nobody listens at the mail server's address.
    settle("other", "[mail]\ntransport = \"smtp\"\nsmtp_url = \"smtp://127.0.0.1:1\"\n");
    let found = place.run(&["doctor"]);
    assert!(!found.good, "{found:?}");
    assert!(found.out.contains("WRONG  port") && found.out.contains("WRONG  mail"), "{}", found.out);
}

#[test]
fn a_file_gets_no_colours() {
    let place = Place::new(NO_LETTERS);
    assert!(!place.run(&["doctor"]).good().contains('\x1b'));
}

#[test]
fn a_folder_belongs_to_one_process() {
    let place = Place::new(NO_LETTERS);
    let site = place.open();
    assert!(place.run(&["serve"]).bad().contains("another process serves from"));
    // The first one did not notice.
    site.stranger().get("/api/v1/auctions").expect(200);
    let mode = |name: &str| std::fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("data"), mode("data/control.sock"), mode("data/site.sqlite")), (0o700, 0o600, 0o600));
    // A killed one leaves its socket behind, and nobody minds.
    site.kill();
    assert!(place.path("data/control.sock").exists());
    add_ann(&place);
    let site = place.open();
    assert!(site.stop().0.success());
    assert!(!place.path("data/control.sock").exists());
}

#[test]
fn the_first_start_prints_a_link_until_there_is_an_administrator() {
    let place = Place::new(NO_LETTERS);
    let site = place.open();
    let printed = until("the link", || Some(site.printed()).filter(|text| text.contains("key=")));
    assert!(printed.contains(&format!("http://localhost:{}/administrator?key=", site.port)));
    assert!(site.stop().1.contains("no administrator yet"));
    place.person("Ada", "administrator");
    let (_, printed) = place.open().stop();
    assert_eq!(printed.lines().count(), 1, "{printed}");
}
