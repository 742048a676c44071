//! Messages as they travel.

use crate::stage::{self, OPENS, Stage, digest, origin, terms, written};
use auction::{Amount, Format, Span, Terms};
use federation::chain::{self, Beat};
use federation::sealing::{Code, CodeAad};
use federation::wire::{
    Address, BidId, Body, Hash, Line, Moment, Pulse, Site, SiteCard, Text, Verdict, Wanted, WantedAuction,
    read,
};
use hub::Message;
use hub::applications::event::EVENT;
use serde_json::{Value, json};

/// Bidder 1 is the origin's own, 2 and 3 are elsewhere. Bidder 2 wins and pays 56.00 of at most 90.00.
pub(crate) fn sold() -> Stage {
    let mut stage = Stage::new(Terms { reserve: Some(Amount(3_000)), ..terms(Format::Ascending) });
    stage.offer(1, 2_000, OPENS);
    stage.offer(2, 9_000, OPENS + Span::hours(1));
    stage.offer(3, 1_500, OPENS + Span::hours(2));
    stage.offer(3, 5_500, OPENS + Span::hours(3));
    stage.close();
    stage
}

fn small() -> Vec<Body> {
    let beats = [Beat { auction: 17, last: 5, head: Hash(digest("head", 17)) }];
    vec![
        Body::Site(Box::new(SiteCard {
            name: Line::cut("Elm"),
            address: Address::try_from("https://elm.example/".to_owned()).ok(),
            contact: Line::cut("webmaster@elm.example"),
            languages: vec![Line::cut("en"), Line::cut("de")],
            software: Line::cut("anuko-auction 0.1.0"),
            policy: Text::cut("No animals."),
            sealing_key: stage::site_secret(1).public(),
        })),
        Body::Verdict(turned_away()),
        Body::Pulse(Pulse { at: Moment::nearest(OPENS), live: 1, digest: chain::digest(&beats) }),
        Body::Wanted(Wanted { origin: origin(), auctions: vec![WantedAuction { auction: 17, from: 5 }] }),
    ]
}

/// Bidder 2 is blocked.
fn turned_away() -> Verdict {
    let (auction, bid) = (17, BidId([0x2a; 16]));
    let code = Code { code: Some(Line::cut("blocked")), ..Code::default() };
    let aad = CodeAad { origin: origin(), auction, n: 0, bid: Some(bid) };
    let code = code.seal(&stage::site_secret(2).public(), &aad, digest("verdict", 1)).ok();
    Verdict { site: Site(stage::key(2).public()), auction, bid, n: None, accepted: false, code }
}

pub(crate) fn all() -> Value {
    let mut bodies = small();
    bodies.extend(sold().said(&[2]).into_iter().map(|(_, body)| body));
    let mut withdrawn = Stage::new(terms(Format::Ascending));
    let reason = auction::Deed::Withdraw { reason: "broken".into() };
    withdrawn.give(auction::Actor::Person(stage::SELLER), reason, OPENS);
    let (_, last) = withdrawn.said(&[1]).pop().unwrap();
    bodies.push(last);
    let valid: Vec<Value> = bodies.into_iter().map(valid).collect();
    json!({ "valid": valid, "refused": refused(), "passed_over": passed_over() })
}

fn valid(body: Body) -> Value {
    let (what, written) = (body.word(), written(body));
    json!({
        "what": what,
        "media_type": written.message.media_type,
        "body": std::str::from_utf8(&written.message.body).unwrap(),
        "data": written.data,
        "sha256": chain::head(&written.data),
    })
}

/// Changes of the listing, and the field that a reader names.
fn refused() -> Vec<Value> {
    let changes = [
        ("another version of CloudEvents", "/specversion", json!("0.3")),
        ("a body that is no JSON", "/datacontenttype", json!("text/xml")),
        ("no number", "/data/auction", json!(0)),
        ("a number that not every reader keeps", "/data/auction", json!(1_u64 << 53)),
        ("a number with a point", "/data/terms/start_price", json!(10.5)),
        ("an amount of nothing", "/data/terms/start_price", json!(0)),
        ("an amount beyond the most", "/data/terms/start_price", json!(1_000_000_000_001_i64)),
        ("a title of two lines", "/data/title", json!("two\nlines")),
        ("an end before the beginning", "/data/terms/ends_at", json!(5)),
        ("steps that do not begin at 0", "/data/terms/steps", json!([{"from": 5, "step": 1}])),
        ("upper case in a key", "/data/sealing_key", json!("AB".repeat(32))),
        ("sold without a winner", "/data/state/phase", json!("sold")),
    ];
    let refused = |(what, place, value): (&str, &str, Value)| {
        let mut event = listing();
        *event.pointer_mut(place).unwrap() = value;
        let wrong = read(&message(&event)).unwrap_err();
        json!({ "what": what, "field": wrong.field, "body": event.to_string() })
    };
    changes.into_iter().map(refused).collect()
}

fn passed_over() -> Vec<Value> {
    let mut other = listing();
    other["type"] = json!("com.anuko.auction.listing.v2");
    assert_eq!(read(&message(&other)), Ok(None));
    vec![json!({ "what": "a type that is not known", "body": other.to_string() })]
}

fn listing() -> Value {
    let listing = written(Body::Listing(Box::new(sold().listing())));
    serde_json::from_slice(&listing.message.body).unwrap()
}

fn message(event: &Value) -> Message {
    Message { media_type: EVENT.to_owned(), body: event.to_string().into() }
}
