use crate::stage::*;
use federation::sealing::SealingKey;
use federation::wire::{
    Addition, Address, Body, Event, Hash, InlinePicture, Line, Moment, Pulse, SiteCard, Text, Wanted,
    WantedAuction, read,
};
use hub::Message;
use hub::applications::event::EVENT;
use serde_json::{Value, json};

fn message(text: &str) -> Message {
    Message { media_type: EVENT.to_owned(), body: text.to_owned().into() }
}

/// The event of a message as JSON, to be changed.
fn event(body: Body) -> Value {
    serde_json::from_slice(&written(body).message.body).unwrap()
}

fn listing() -> Value {
    event(Body::Listing(Box::new(crate::verifying::sold().listing())))
}

fn refused(event: &Value) -> String {
    read(&message(&event.to_string())).unwrap_err().field
}

#[test]
fn messages_of_others_are_passed_over() {
    let mut other = listing();
    other["type"] = json!("com.anuko.auction.listing.v2");
    assert_eq!(read(&message(&other.to_string())), Ok(None));
    for text in ["", "null", "[]", "{}", r#"{"type":7}"#, r#"{"type":"org.example.chat"}"#, "\u{0}"] {
        assert_eq!(read(&message(text)), Ok(None), "{text}");
    }
    let plain = Message { media_type: "text/plain".to_owned(), ..message(&listing().to_string()) };
    assert_eq!(read(&plain), Ok(None));
}

#[test]
fn unknown_members_are_passed_over() {
    let mut later = listing();
    later["data"]["colour"] = json!("red");
    later["data"]["terms"]["mood"] = json!([1.5]);
    later["traceparent"] = json!("00-0");
    let received = read(&message(&later.to_string())).unwrap().unwrap();
    assert_eq!(received.event.body, Body::Listing(Box::new(crate::verifying::sold().listing())));
    assert!(received.data.contains("colour"));
}

#[test]
fn a_wrong_field_is_named() {
    let changes: [(&str, Value, &str); 19] = [
        ("/specversion", json!("0.3"), "specversion"),
        ("/datacontenttype", json!("text/xml"), "datacontenttype"),
        ("/data/auction", json!(0), "data.auction"),
        ("/data/auction", json!(1u64 << 53), "data.auction"),
        ("/data/version", json!(1.0), "data.version"),
        ("/data/terms_version", json!(2), "data.terms_version"),
        ("/data/title", json!(""), "data.title"),
        ("/data/title", json!("two\nlines"), "data.title"),
        ("/data/title", json!("x".repeat(481)), "data.title"),
        ("/data/description", json!("a\u{0}b"), "data.description"),
        ("/data/terms/start_price", json!(0), "data.terms.start_price"),
        ("/data/terms/start_price", json!(1_000_000_000_001i64), "data.terms.start_price"),
        ("/data/terms/start_price", json!(10.5), "data.terms.start_price"),
        ("/data/terms/currency", json!("eur"), "data.terms.currency"),
        ("/data/terms/format", json!("dutch"), "data.terms.format"),
        ("/data/terms/ends_at", json!(5), "data.terms.ends_at"),
        ("/data/terms/steps", json!([]), "data.terms.steps"),
        ("/data/sealing_key", json!("AB".repeat(32)), "data.sealing_key"),
        ("/data/state/head", json!(null), "data.state.head"),
    ];
    for (place, value, field) in changes {
        let mut event = listing();
        *event.pointer_mut(place).unwrap() = value;
        assert_eq!(refused(&event), field);
    }
    let mut without = listing();
    without["data"]["terms"].as_object_mut().unwrap().remove("steps");
    assert_eq!(refused(&without), "data.terms.steps");
}

#[test]
fn rulings_keep_their_numbers_and_their_fields() {
    let rulings = crate::verifying::sold().rulings(&[5]).remove(0);
    let changes: [(&str, Value, &str); 6] = [
        ("/data/entries/1/n", json!(3), "data.entries"),
        ("/data/entries/1/bid", json!(null), "data.entries[1].bid"),
        ("/data/entries/4/bid", json!("00".repeat(16)), "data.entries[4].bid"),
        ("/data/entries/2/removed", json!([1]), "data.entries[2].removed"),
        ("/data/state/last", json!(4), "data.state.last"),
        ("/data/state/winner", json!(null), "data.state.winner"),
    ];
    for (place, value, field) in changes {
        let mut event = event(Body::Rulings(Box::new(rulings.clone())));
        let (parent, name) = place.rsplit_once('/').unwrap();
        event.pointer_mut(parent).unwrap()[name] = value;
        assert_eq!(refused(&event), field);
    }
}

#[test]
fn small_messages_are_read_as_they_were_written() {
    let key = SealingKey::new([7; 32]);
    let bodies = [
        Body::Site(Box::new(SiteCard {
            name: Line::cut("Elm"),
            address: Some(Address::try_from("https://elm.example/".to_owned()).unwrap()),
            contact: Line::cut("webmaster@elm.example"),
            languages: vec![Line::cut("en"), Line::cut("de")],
            software: Line::cut("anuko-auction 0.1.0"),
            policy: Text::cut("No animals."),
            sealing_key: key,
        })),
        Body::Pulse(Pulse { at: Moment(1), live: 2, digest: Hash([3; 32]) }),
        Body::Wanted(Wanted { origin: origin(), auctions: vec![WantedAuction { auction: 17, from: 0 }] }),
    ];
    for body in bodies {
        assert_eq!(read(&written(body.clone()).message).unwrap().unwrap().event.body, body);
    }
}

#[test]
fn an_address_is_https_with_a_host_and_no_password() {
    for good in ["https://elm.example", "https://elm.example:8443/a?b", "HTTPS://[::1]/"] {
        assert!(Address::try_from(good.to_owned()).is_ok(), "{good}");
    }
    for bad in
        ["", "http://elm.example", "https://", "https://a:b@elm.example", "javascript:1", "https://a b"]
    {
        assert!(Address::try_from(bad.to_owned()).is_err(), "{bad}");
    }
    assert_eq!(Address::try_from("https://elm.example:8443/a".to_owned()).unwrap().host(), "elm.example");
}

#[test]
fn a_listing_that_is_too_large_is_cut_until_it_fits() {
    let mut large = crate::verifying::sold().listing();
    large.description = Text::cut(&"ä\"".repeat(20_000));
    large.additions = vec![Addition { at: Moment(1), text: Text::cut(&"y".repeat(20_000)) }; 3];
    let picture = federation::wire::PictureBytes(vec![0; 16_000]);
    large.picture = Some(InlinePicture { media_type: Line::cut("image/webp"), data: picture });
    let (id, source) = (Line::cut("1"), Line::cut("https://site.example"));
    let event = |body| Event { id: id.clone(), source: source.clone(), time: None, body };
    assert!(event(Body::Listing(Box::new(large.clone()))).write().is_err());
    let fitting = large.fitting();
    assert!(fitting.cut && fitting.picture.is_none() && !fitting.description.as_str().is_empty());
    assert!(event(Body::Listing(Box::new(fitting))).write().is_ok());
    let small = crate::verifying::sold().listing();
    assert_eq!(small.clone().fitting(), small);
}

#[test]
fn as_many_entries_as_fit_go_into_one_message() {
    let entry = crate::verifying::sold().rulings(&[5]).remove(0).entries.remove(1);
    let entries = vec![entry; 500];
    let fit = federation::wire::rulings::fit(&entries);
    assert!((20..=128).contains(&fit), "{fit}");
    assert_eq!(federation::wire::rulings::fit(&entries[..3]), 3);
}
