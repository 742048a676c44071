//! What nobody gets in with, once linked or before: refused, counted, and without cost to the others.

use crate::raw::Raw;
use crate::scene::{Served, key, serve, until};
use hub::{
    Alarm, Carried, Clock, Draft, Envelope, Frame, Have, Message, Predecessor, SUB_PROTOCOL, SetClock, Span,
    SystemClock, Time, Traffic,
};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// An envelope of the origin with the seed 9.
fn sign(epoch: u64, number: u64, before: Option<&Envelope>, time: Time, text: &str) -> Envelope {
    let messages = [Message { media_type: "text/plain".to_owned(), body: text.to_owned().into() }];
    let previous = before.map_or([0; 32], |before| *before.hash());
    let predecessor = before
        .filter(|_| number == 1)
        .map(|before| Predecessor { epoch: before.stream().epoch, number: before.number() });
    let draft = Draft { epoch, number, previous, predecessor, time, ttl: 0, messages: &messages };
    draft.sign(&key(9)).unwrap()
}

fn carry(envelope: &Envelope) -> Frame {
    Frame::Msg(vec![Carried { hops: 0, envelope: envelope.bytes().clone() }])
}

/// A link on which everything was told that there is.
async fn link(served: &Served) -> Raw {
    let mut raw = Raw::link(served, &key(2)).await;
    raw.say(&Frame::Have(Have { complete: true, entries: Vec::new() })).await;
    raw
}

async fn counted(served: &Served, is_so: fn(&Traffic) -> bool) {
    until(async || served.hub.look(move |node| is_so(node.traffic())).await.unwrap()).await;
}

/// A neighbour of good will, which must not notice anything.
async fn bystander(served: &Served) -> Served {
    let url = served.url();
    serve(8, |settings| settings.upstreams = vec![url.parse().unwrap()]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_body_is_counted_and_what_was_signed_is_taken_all_the_same() {
    let served = serve(1, |_| {}).await;
    let other = bystander(&served).await;
    let mut raw = link(&served).await;
    let right = sign(7, 1, None, SystemClock.now(), "what was signed");
    let mut altered = right.bytes().to_vec();
    let place = altered.len() - 64 - 1;
    altered[place] ^= 1;
    raw.say(&Frame::Msg(vec![Carried { hops: 0, envelope: altered.into() }])).await;
    counted(&served, |traffic| traffic.forged == 1 && traffic.new == 0).await;
    raw.say(&carry(&right)).await;
    assert_eq!(other.texts(1).await, ["what was signed"]);
}

/// The proof is both envelopes: one is in the log, the other is in the alarm.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_was_used_twice_ends_its_epoch_and_a_newer_epoch_goes_on() {
    let served = serve(1, |_| {}).await;
    let other = bystander(&served).await;
    let mut raw = link(&served).await;
    let now = SystemClock.now();
    let kept = sign(7, 1, None, now, "first story");
    let second = sign(7, 1, None, now, "second story");
    raw.say(&carry(&kept)).await;
    served.texts(1).await;
    raw.say(&carry(&second)).await;
    raw.say(&carry(&sign(7, 2, Some(&kept), now, "after the fork"))).await;
    counted(&served, |traffic| traffic.forked == 2).await;

    let alarms = served.hub.alarms();
    let Some((_, Alarm::Forked { stream, number, kept: hash, other: proof })) = alarms.first() else {
        panic!("{alarms:?}")
    };
    let in_log = served.hub.envelope(*stream, *number).await.unwrap().unwrap();
    assert_eq!((in_log.hash(), in_log.as_ref()), (hash, &kept));
    assert_eq!(proof.bytes(), second.bytes());

    raw.say(&carry(&sign(8, 1, Some(&kept), now, "a newer epoch"))).await;
    assert_eq!(other.texts(2).await, ["first story", "a newer epoch"]);
    assert_eq!(served.texts(2).await, ["first story", "a newer epoch"]);
}

/// Within the five minutes that clocks may differ it is taken at once: the limits, which count by the time that was signed,
/// once made it wait until nearly then.
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_from_the_future_is_not_seen_and_asked_for_again_after_a_minute() {
    let start = SystemClock.now();
    let clock = Arc::new(SetClock::at(start));
    let its = clock.clone();
    let served = serve(1, |settings| settings.clock = its).await;
    let mut raw = link(&served).await;
    let early = sign(7, 1, None, start + Span::seconds(330), "too early");
    raw.say(&carry(&early)).await;
    until_asked(&mut raw, &early, false).await;
    counted(&served, |traffic| traffic.skew == 1 && traffic.new == 0).await;
    assert_eq!(*served.hub.news().borrow(), 0);

    clock.set(start + Span::seconds(61));
    // Something happens, so that the node looks at the clock.
    served.hub.resume_posting().unwrap();
    until_asked(&mut raw, &early, true).await;
    raw.say(&carry(&early)).await;
    assert_eq!(served.texts(1).await, ["too early"]);
}

/// Hears until the hub wants this stream, or does not want it.
async fn until_asked(raw: &mut Raw, envelope: &Envelope, push: bool) {
    loop {
        let Some(Frame::Have(have)) = raw.hear().await else { panic!("only HAVE comes") };
        let is_it = |entry: &hub::Position| entry.stream == envelope.stream() && entry.push == push;
        if have.entries.iter().any(is_it) {
            return;
        }
    }
}

/// Opens a WebSocket by hand; gives the bare connection.
async fn upgrade(served: &Served) -> TcpStream {
    let mut stream = TcpStream::connect(served.address).await.unwrap();
    let request = format!(
        "GET /hub HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\
         Sec-WebSocket-Protocol: {SUB_PROTOCOL}\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101");
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_hello_byte_by_byte_is_not_waited_for_and_holds_up_nobody() {
    let served = serve(1, |settings| settings.links.greeting = Duration::from_millis(300)).await;
    let other = bystander(&served).await;
    let mut slow = upgrade(&served).await;
    // A frame of a mebibyte is announced, and comes byte by byte.
    slow.write_all(&[0x82, 0xff, 0, 0, 0, 0, 0, 0x0f, 0xff, 0xff, 0, 0, 0, 0]).await.unwrap();
    served.post("meanwhile").await;
    assert_eq!(other.texts(1).await, ["meanwhile"]);
    let mut bytes = tokio::time::interval(Duration::from_millis(2));
    while slow.write_all(&[0]).await.is_ok() {
        bytes.tick().await;
    }
    assert_eq!(served.linked().await, [key(8).public()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn sockets_that_are_only_half_open_give_their_places_back() {
    let served = serve(1, |settings| settings.links.greeting = Duration::from_millis(300)).await;
    let other = bystander(&served).await;
    until(async || served.linked().await.len() == 1).await;
    let mut half_open = Vec::new();
    while let Ok(raw) = Raw::dial(&served, &key(2)).await {
        half_open.push(raw);
        assert!(half_open.len() <= 5);
    }
    served.post("meanwhile").await;
    assert_eq!(other.texts(1).await, ["meanwhile"]);
    // None of them ever answers; after a while there is room again.
    until(async || Raw::dial(&served, &key(2)).await.is_ok()).await;
}

/// The other side is gone, and no word of it came: a cable was cut.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_whose_other_side_vanished_is_found_dead() {
    let served = serve(1, |settings| {
        settings.links.ping = Duration::from_millis(20);
        settings.links.silence = Duration::from_millis(200);
    })
    .await;
    let _vanished = link(&served).await;
    until(async || served.linked().await == [key(2).public()]).await;
    until(async || served.linked().await.is_empty()).await;
}
