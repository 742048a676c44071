//! Who got no link is counted, by reason.

use crate::raw::Raw;
use crate::scene::{Served, key, serve, until};
use hub::{FRAME_MOST, Frame, Join, LinkLimits};
use std::time::Duration;
use tokio_tungstenite::connect_async;

/// Waits until so many were refused for this reason, and for no other.
async fn refused(served: &Served, expected: &[(&'static str, u64)]) {
    let counts = async || served.hub.status().await.unwrap().refused_greetings;
    let sum = expected.iter().map(|(_, count)| count).sum::<u64>();
    until(async || counts().await.values().sum::<u64>() == sum).await;
    let found: Vec<_> = counts().await.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(found, expected);
}

async fn with(change: impl FnOnce(&mut LinkLimits)) -> Served {
    serve(1, |settings| change(&mut settings.links)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_that_is_none_is_counted_by_what_is_wrong_with_it() {
    let served = with(|_| {}).await;
    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    let auth = raw.auth("hub.example").await;
    raw.say(&Frame::Auth(auth)).await;
    raw.reason().await;
    refused(&served, &[("wrong_host", 1)]).await;

    let mut honest = Raw::dial(&served, &key(2)).await.unwrap();
    let proof = honest.auth(&honest.host.clone()).await;
    honest.say(&Frame::Auth(proof.clone())).await;
    assert!(matches!(honest.hear().await, Some(Frame::Auth(_))));
    let mut copied = Raw::dial(&served, &key(2)).await.unwrap();
    copied.auth("any").await;
    copied.say(&Frame::Auth(proof)).await;
    copied.reason().await;
    refused(&served, &[("replayed", 1), ("wrong_host", 1)]).await;

    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    raw.own.key = key(3).public();
    let auth = raw.auth(&raw.host.clone()).await;
    raw.say(&Frame::Auth(auth)).await;
    raw.reason().await;
    refused(&served, &[("not_proved", 1), ("replayed", 1), ("wrong_host", 1)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_speak_the_protocol_is_counted() {
    let served = with(|_| {}).await;
    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    raw.say(&Frame::Have(hub::Have::default())).await;
    raw.reason().await;
    refused(&served, &[("malformed", 1)]).await;
    let mut raw = Raw::dial(&served, &key(2)).await.unwrap();
    raw.say_bytes(vec![1; FRAME_MOST + 1].into()).await;
    refused(&served, &[("malformed", 1), ("too_large", 1)]).await;
    // Without the name of the sub-protocol, which carries the version.
    assert!(connect_async(format!("ws://{}/hub", served.address)).await.is_err());
    refused(&served, &[("malformed", 1), ("too_large", 1), ("version", 1)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_late_or_one_too_many_is_counted() {
    let served = with(|links| links.greeting = Duration::from_millis(50)).await;
    let mut silent = Raw::dial(&served, &key(2)).await.unwrap();
    silent.reason().await;
    refused(&served, &[("late", 1)]).await;
    let served = with(|links| links.strangers = 0).await;
    assert!(Raw::dial(&served, &key(2)).await.is_err());
    refused(&served, &[("too_many", 1)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_proved_who_he_is_and_may_not_link_is_counted() {
    let served = serve(1, |settings| settings.node.join = Join::Approve).await;
    Raw::link(&served, &key(2)).await.reason().await;
    refused(&served, &[("not_approved", 1)]).await;
    served.hub.block(key(2).public()).unwrap();
    Raw::link(&served, &key(2)).await.reason().await;
    refused(&served, &[("not_allowed", 1), ("not_approved", 1)]).await;
    let full = serve(3, |settings| settings.node.neighbours_most = 0).await;
    Raw::link(&full, &key(2)).await.reason().await;
    refused(&full, &[("busy", 1)]).await;
}

/// Who is cut off for his silence need not listen to the end, which takes seconds. What goes wrong meanwhile is newer.
#[tokio::test(flavor = "multi_thread")]
async fn why_a_link_has_ended_is_known_as_soon_as_it_has() {
    let served = with(|links| links.silence = Duration::from_millis(100)).await;
    let _silent = Raw::link(&served, &key(2)).await;
    until(async || !served.linked().await.is_empty()).await;
    until(async || served.linked().await.is_empty()).await;
    let status = served.hub.status().await.unwrap();
    let (_, why) = status.neighbours[0].last_error.clone().unwrap();
    assert!(why.contains("nothing was heard"), "{why}");
}
