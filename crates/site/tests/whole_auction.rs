//! A whole auction by `curl`, through the API of the real program, with letters through a real mail server.

#![allow(clippy::unwrap_used, missing_docs)]

mod town;

use serde_json::{Value, json};
use town::{Curl, Events, Mail, MailServer, Mood, Place, Site, moment, offer, short_lot, until};

const SECOND: i64 = 1_000_000;

/// Somebody registers and follows the link in the letter; gives the key of the session that this opens.
fn join(site: &Site, mail: &MailServer, name: &str) -> String {
    let email = format!("{}@example.org", name.to_lowercase());
    let stranger = Curl::new(site.port);
    let account = json!({ "email": email, "name": name, "password": "correct horse" });
    stranger.post("/api/v1/people", &account).expect(202);
    let letter = until("the letter to confirm", || mail.letters_to(&email).pop());
    let session = stranger.post("/api/v1/confirmations", &json!({ "key": letter.link_key() })).expect(201);
    session["key"].as_str().unwrap().to_owned()
}

fn look(client: &Curl, auction: i64) -> Value {
    client.get(&format!("/api/v1/auctions/{auction}")).expect(200)
}

fn subjects(letters: &[Mail]) -> Vec<&str> {
    letters.iter().map(|mail| mail.subject.as_str()).collect()
}

fn assert_each_came_once(letters: &[Mail]) {
    let mut ids: Vec<_> = letters.iter().map(|mail| &mail.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), letters.len(), "{:?}", subjects(letters));
}

#[test]
fn two_people_bid_against_each_other_and_the_auction_closes_by_itself() {
    let mail = MailServer::open();
    let place = Place::new(&mail.settings());
    let site = place.open();
    let [sue, ann, bob] = ["Sue", "Ann", "Bob"].map(|name| join(&site, &mail, name));
    let [sue, ann, bob] = [sue, ann, bob].map(|key| Curl::with_key(site.port, &key));
    let stranger = Curl::new(site.port);

    let lot = sue.post("/api/v1/auctions", &short_lot("Station clock", 10, 7)).expect(201);
    let auction = lot["id"].as_i64().unwrap();
    let planned = moment(&lot["ends_at"]);
    let mut events = Events::watch(site.port, auction, None);
    let watching = std::thread::spawn(move || {
        let mut seen = Vec::new();
        while let Some((id, shape)) = events.next() {
            let over = shape["state"] == "sold";
            seen.push((id, shape));
            if over {
                break;
            }
        }
        seen
    });

    let bids = format!("/api/v1/auctions/{auction}/bids");
    let first = ann.post(&bids, &offer("50.00")).expect(201);
    assert_eq!((&first["price"], &first["leading"]), (&json!("10.00"), &json!(true)));
    // Early bids move no end.
    assert_eq!(moment(&first["ends_at"]), planned);
    let second = bob.post(&bids, &offer("20.00")).expect(201);
    assert_eq!((&second["price"], &second["leading"]), (&json!("20.50"), &json!(false)));

    // In the last seconds Bob overtakes, and everybody gets time to answer.
    until("the window of the soft close", || {
        let now = moment(&look(&bob, auction)["now"]);
        (now >= planned - 7 * SECOND).then_some(())
    });
    let third = bob.post(&bids, &offer("80.00")).expect(201);
    assert_eq!((&third["price"], &third["leading"]), (&json!("51.00"), &json!(true)));
    let extended = moment(&third["ends_at"]);
    assert_eq!(extended, moment(&third["at"]) + 7 * SECOND);
    assert!(extended > planned);

    // The mail server falls ill before the end, and is well again after it.
    until("the letter to Ann", || mail.letters_to("ann@example.org").get(1).cloned());
    mail.set_mood(Mood::Busy);
    let sold = until("the close", || Some(look(&bob, auction)).filter(|lot| lot["state"] == "sold"));
    let late = moment(&sold["now"]) - extended;
    assert!((0..SECOND).contains(&late), "closed {late} microseconds after its end");
    until("a letter that is not taken", || (mail.refused() >= 2).then_some(()));
    mail.set_mood(Mood::Rude);
    let refused = mail.refused();
    until("a letter on which the mail server hangs up", || (mail.refused() >= refused + 2).then_some(()));
    mail.set_mood(Mood::Willing);

    // Everybody sees the same result; only its two sides learn who the other is.
    for client in [&sue, &ann, &bob, &stranger] {
        let lot = look(client, auction);
        assert_eq!((&lot["state"], &lot["price"]), (&json!("sold"), &json!("51.00")));
        assert_eq!(lot["leader"], sold["leader"]);
    }
    assert_eq!(look(&bob, auction)["own"]["other"]["email"], "sue@example.org");
    assert_eq!(look(&sue, auction)["own"]["other"]["email"], "bob@example.org");
    assert!(look(&ann, auction)["own"]["other"].is_null());
    let closes = stranger.get(&format!("/api/v1/auctions/{auction}/entries")).expect(200);
    let whats: Vec<_> = closes["rows"].as_array().unwrap().iter().map(|row| row["what"].clone()).collect();
    assert_eq!(whats, ["close", "offer", "offer", "offer"]);

    let letters = until("all letters", || Some(mail.letters()).filter(|letters| letters.len() >= 6));
    assert_each_came_once(&letters);
    assert_eq!(subjects(&mail.letters_to("sue@example.org"))[1..], ["Sold for 51.00 EUR: Station clock"]);
    assert_eq!(subjects(&mail.letters_to("bob@example.org"))[1..], ["You have won: Station clock"]);
    assert_eq!(subjects(&mail.letters_to("ann@example.org"))[1..], ["You have been outbid: Station clock"]);

    // Who watched saw every change, and was never told a maximum.
    let seen = watching.join().unwrap();
    let offers: Vec<_> = seen.iter().map(|(_, lot)| lot["offers"].as_i64().unwrap()).collect();
    assert!(offers.is_sorted() && offers.contains(&0) && offers.contains(&3), "{offers:?}");
    let (last_id, last) = seen.last().unwrap();
    assert_eq!((&last["state"], &last["price"]), (&json!("sold"), &json!("51.00")));
    let told = seen.iter().map(|(_, lot)| lot.to_string()).collect::<String>();
    assert!(!told.contains("80.00") && !told.contains("@example.org"), "{told}");

    // Who has seen the last state waits for the next one, which never comes: the stream ends with the site.
    let mut waiting = Events::watch(site.port, auction, Some(last_id));
    let (status, _) = site.stop();
    assert!(status.success());
    assert_eq!(waiting.next(), None);
    assert_eq!(mail.letters().len(), 6);
}

#[test]
fn a_site_that_is_told_to_stop_finishes_what_it_promised() {
    let mail = MailServer::open();
    let place = Place::new(&mail.settings());
    let site = place.open();
    let (sue, ann) = (place.person("Sue", "user"), place.person("Ann", "user"));
    let lot = site.client(&sue).post("/api/v1/auctions", &short_lot("Lamp", 3600, 120)).expect(201);
    let bids = format!("/api/v1/auctions/{}/bids", lot["id"]);

    // The question is on its way when the site is told to stop. A connection that has been used stays open.
    let mut client = site.client(&ann);
    client.get("/api/v1/me").expect(200);
    client.send("POST", &bids, Some(&ann), Some("once"), Some(&offer("12.00"))).unwrap();
    let (status, _) = site.stop();
    assert!(status.success());
    let answered = client.receive();

    let site = place.open();
    let again = site.client(&ann).post_once(&bids, "once", &offer("12.00"));
    assert_eq!(again.expect(201)["entry"], 1);
    if let Ok(answered) = answered {
        assert_eq!(answered.expect(201), again.json());
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
    }
    // What was left behind is one database file, without a log beside it.
    assert!(site.stop().0.success());
    assert!(!place.path("data").join("site.sqlite-wal").exists());
}
