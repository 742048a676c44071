//! Who is turned away, and why.

use crate::raw::Raw;
use crate::scene::{Served, key, serve};
use hub::{Carried, Draft, FRAME_MOST, Frame, Join, Message, Reason};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Error;

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_under_another_name_is_none() {
    let served = serve(1, |_| {}).await;
    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    let auth = raw.auth("hub.example").await;
    raw.say(&Frame::Auth(auth)).await;
    assert_eq!(raw.reason().await, Some(Reason::NotProved));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_names_of_the_settings_count_whatever_was_dialled() {
    let served = serve(1, |settings| settings.hosts = vec!["hub.example".to_owned()]).await;
    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    let auth = raw.auth(&raw.host.clone()).await;
    raw.say(&Frame::Auth(auth)).await;
    assert_eq!(raw.reason().await, Some(Reason::NotProved));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_that_was_given_before_is_none() {
    let served = serve(1, |_| {}).await;
    let mut first = Raw::dial(&served, &key(2)).await.unwrap();
    let proof = first.auth(&first.host.clone()).await;
    // The same key, the same nonce, the same name: only the nonce of the hub is another one.
    let mut second = Raw::dial(&served, &key(2)).await.unwrap();
    second.auth(&second.host.clone()).await;
    second.say(&Frame::Auth(proof)).await;
    assert_eq!(second.reason().await, Some(Reason::NotProved));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_claims_another_key_is_turned_away() {
    let served = serve(1, |_| {}).await;
    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    raw.own.key = key(3).public();
    let auth = raw.auth(&raw.host.clone()).await;
    raw.say(&Frame::Auth(auth)).await;
    assert_eq!(raw.reason().await, Some(Reason::NotProved));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_key_waits_for_the_webmaster_and_one_that_is_not_listed_need_not_wait() {
    let approving = serve(1, |settings| settings.node.join = Join::Approve).await;
    assert_eq!(Raw::link(&approving, &key(2)).await.reason().await, Some(Reason::NotApproved));
    approving.hub.approve(key(2).public()).unwrap();
    let mut raw = Raw::link(&approving, &key(2)).await;
    assert!(matches!(raw.hear().await, Some(Frame::Have(_))));

    let listing = serve(3, |settings| settings.node.join = Join::List(vec![])).await;
    assert_eq!(Raw::link(&listing, &key(2)).await.reason().await, Some(Reason::NotAllowed));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_or_comes_out_of_turn_ends_the_link() {
    let served = serve(1, |_| {}).await;
    for odd in [vec![], vec![99], vec![3, 0, 0]] {
        let mut raw = Raw::link(&served, &key(2)).await;
        raw.say_bytes(odd.into()).await;
        assert_eq!(raw.reason().await, Some(Reason::Malformed));
    }
    let mut raw = Raw::link(&served, &key(2)).await;
    raw.say(&Frame::Hello(raw.own.clone())).await;
    assert_eq!(raw.reason().await, Some(Reason::Malformed));
    let mut raw = Raw::link(&served, &key(2)).await;
    raw.say(&Frame::Msg(vec![Carried { hops: 0, envelope: vec![1; 200].into() }])).await;
    assert_eq!(raw.reason().await, Some(Reason::Malformed));
    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    raw.say(&Frame::Have(hub::Have::default())).await;
    assert_eq!(raw.reason().await, Some(Reason::Malformed));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_is_too_large_is_not_read() {
    let served = serve(1, |_| {}).await;
    let mut raw = Raw::link(&served, &key(2)).await;
    raw.say_bytes(vec![4; FRAME_MOST + 1].into()).await;
    // The connection may break before BYE arrives, because not all was read that was sent.
    assert!(matches!(raw.reason().await, Some(Reason::TooLarge) | None));
    assert!(Raw::link(&served, &key(2)).await.hear().await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_is_not_waited_for() {
    let served = serve(1, |settings| settings.links.greeting = Duration::from_millis(50)).await;
    let mut silent = Raw::dial(&served, &key(2)).await.unwrap();
    assert_eq!(silent.reason().await, Some(Reason::Stalled));
    let mut half = Raw::dial(&served, &key(2)).await.unwrap();
    half.auth("localhost").await;
    assert_eq!(half.reason().await, Some(Reason::Stalled));
}

#[tokio::test(flavor = "multi_thread")]
async fn five_strangers_of_one_address_are_enough() {
    let served = serve(1, |_| {}).await;
    let mut strangers = Vec::new();
    for _ in 0..5 {
        strangers.push(Raw::dial(&served, &key(2)).await.unwrap());
    }
    let Err(Error::Http(refusal)) = Raw::dial(&served, &key(2)).await else { panic!("the sixth is refused") };
    assert_eq!(refusal.status(), 429);
    // Who says who he is makes room.
    let mut first = strangers.remove(0);
    let auth = first.auth(&first.host.clone()).await;
    first.say(&Frame::Auth(auth)).await;
    assert!(matches!(first.hear().await, Some(Frame::Auth(_))));
    Raw::link(&served, &key(3)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_silent_on_a_link_is_dead() {
    let served = serve(1, |settings| settings.links.silence = Duration::from_millis(100)).await;
    let mut raw = Raw::link(&served, &key(2)).await;
    // It answers pings only while it reads.
    assert_eq!(raw.reason().await, Some(Reason::Stalled));
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_of_life_keep_a_link() {
    let served = serve(1, |settings| {
        settings.links.ping = Duration::from_millis(20);
        settings.links.silence = Duration::from_millis(200);
    })
    .await;
    let mut raw = Raw::link(&served, &key(2)).await;
    while !matches!(raw.hear().await, Some(Frame::Have(_))) {}
    let later = tokio::time::timeout(Duration::from_millis(600), raw.hear()).await;
    assert!(later.is_err(), "{later:?}");
}

async fn forge(served: &Served, raw: &mut Raw, count: u64) {
    let messages = [Message { media_type: "text/plain".to_owned(), body: "x".into() }];
    for number in 1..=count {
        let (previous, time) = ([u8::from(number > 1); 32], hub::Time(1));
        let draft =
            Draft { epoch: 1, number, previous, predecessor: None, time, ttl: 0, messages: &messages };
        let mut bytes = draft.sign(&key(9)).unwrap().bytes().to_vec();
        let last = bytes.len() - 1;
        bytes[last - 40] ^= 1;
        raw.say(&Frame::Msg(vec![Carried { hops: 0, envelope: bytes.into() }])).await;
    }
    assert_eq!(*served.hub.news().borrow(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_wrong_signatures_end_a_link_and_nothing_of_them_is_kept() {
    let served = serve(1, |_| {}).await;
    let mut raw = Raw::link(&served, &key(2)).await;
    forge(&served, &mut raw, 10).await;
    assert_eq!(raw.reason().await, Some(Reason::Forged));
    assert_eq!(served.hub.look(|node| node.traffic().forged).await, Ok(10));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_link_of_the_same_key_wins() {
    let served = serve(1, |_| {}).await;
    let mut older = Raw::link(&served, &key(2)).await;
    let mut newer = Raw::link(&served, &key(2)).await;
    assert_eq!(older.reason().await, Some(Reason::Replaced));
    assert!(matches!(newer.hear().await, Some(Frame::Have(_))));
    assert_eq!(served.linked().await, [key(2).public()]);
}
