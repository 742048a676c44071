//! What is posted at one hub arrives at the others.

use crate::proxy::Proxy;
use crate::raw::Raw;
use crate::scene::{key, port, serve, serve_in, serve_on};
use hub::{Frame, Have, HubUrl};

#[tokio::test(flavor = "multi_thread")]
async fn a_message_posted_at_one_hub_arrives_at_the_other() {
    let upstream = serve(1, |_| {}).await;
    let url = upstream.url();
    let downstream = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    upstream.post("down").await;
    assert_eq!(downstream.texts(1).await, ["down"]);
    let posted = downstream.post("up").await;
    assert_eq!(upstream.texts(2).await, ["down", "up"]);
    let envelope = upstream.hub.envelope(posted.stream, posted.number).await.unwrap().unwrap();
    assert_eq!(envelope.stream().origin, downstream.hub.identity());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_posted_before_the_link_and_while_it_was_cut_arrives_in_order() {
    let upstream = serve(1, |_| {}).await;
    upstream.post("before").await;
    let proxy = Proxy::to(upstream.address).await;
    let url = format!("ws://{}#{}", proxy.address, upstream.hub.identity());
    let downstream = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    assert_eq!(downstream.texts(1).await, ["before"]);
    for text in ["first cut", "second cut"] {
        proxy.cut();
        upstream.post(text).await;
    }
    assert_eq!(downstream.texts(3).await, ["before", "first cut", "second cut"]);
    assert!(*proxy.connections.borrow() >= 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_messages_large_and_small_pass_a_chain_of_three() {
    let top = serve(1, |settings| settings.node.limits = None).await;
    let (url, no_limits) = (top.url(), None);
    let middle = serve(2, |settings| {
        (settings.upstreams, settings.node.limits) = (vec![url.parse().unwrap()], no_limits);
    })
    .await;
    let url = middle.url();
    let bottom = serve(3, |settings| {
        (settings.upstreams, settings.node.limits) = (vec![url.parse().unwrap()], None);
    })
    .await;
    let texts: Vec<String> =
        (0..300).map(|n| format!("{n} ").repeat(if n % 50 == 0 { 20_000 } else { 3 })).collect();
    for text in &texts {
        top.post(text).await;
    }
    let mut news = bottom.hub.news();
    news.wait_for(|place| *place >= 300).await.unwrap();
    let (mut place, mut seen) = (0, Vec::new());
    while seen.len() < 300 {
        for placed in bottom.hub.read_after(place, 100).await.unwrap() {
            place = placed.place;
            seen.extend(placed.envelope.messages().map(|message| message.body));
        }
    }
    assert!(seen.iter().zip(&texts).all(|(seen, text)| seen.as_ref() == text.as_bytes()));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hubs_that_are_each_others_upstream_come_to_have_one_link() {
    let ports = [port().await, port().await];
    let urls: Vec<HubUrl> = [1, 2]
        .iter()
        .zip(&ports)
        .map(|(seed, port)| {
            format!("ws://{}#{}", port.local_addr().unwrap(), key(*seed).public()).parse().unwrap()
        })
        .collect();
    let [first, second] = ports;
    let folder = || tempfile::tempdir().unwrap();
    let first = serve_on(first, folder(), 1, |settings| settings.upstreams = vec![urls[1].clone()]).await;
    let second = serve_on(second, folder(), 2, |settings| settings.upstreams = vec![urls[0].clone()]).await;
    first.post("one").await;
    second.texts(1).await;
    second.post("two").await;
    assert_eq!(first.texts(2).await, ["one", "two"]);
    assert_eq!(first.linked().await, [key(2).public()]);
    assert_eq!(second.linked().await, [key(1).public()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_starts_again_gets_what_it_missed_and_keeps_what_it_had() {
    let upstream = serve(1, |_| {}).await;
    let url = upstream.url();
    let mut downstream = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    downstream.post("mine").await;
    upstream.texts(1).await;
    downstream.hub.close().await;
    upstream.post("missed").await;
    let folder = std::mem::replace(&mut downstream.folder, tempfile::tempdir().unwrap());
    let again = serve_in(folder, 2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    assert_eq!(again.texts(2).await, ["mine", "missed"]);
    again.post("mine again").await;
    assert_eq!(upstream.texts(3).await, ["mine", "missed", "mine again"]);
}

/// What the copy has not seen comes back from the neighbour, under the numbers that it had.
#[tokio::test(flavor = "multi_thread")]
async fn a_hub_whose_disk_was_replaced_by_an_older_copy_gets_back_what_it_had_sent() {
    let neighbour = serve(1, |_| {}).await;
    let url = neighbour.url();
    let before = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    before.post("in the copy").await;
    let copy = tempfile::tempdir().unwrap();
    let (hub, file) = (before.hub.clone(), copy.path().join("hub.sqlite"));
    tokio::task::spawn_blocking(move || hub.backup(&file)).await.unwrap().unwrap();
    let lost = before.post("not in the copy").await;
    neighbour.texts(2).await;
    before.hub.close().await;

    let after = serve_in(copy, 2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    assert_eq!(after.texts(2).await, ["in the copy", "not in the copy"]);
    assert!(after.hub.envelope(lost.stream, lost.number).await.unwrap().is_some());
    let new = after.post("new").await;
    assert!(new.stream.epoch > lost.stream.epoch);
    assert_eq!(neighbour.texts(3).await, ["in the copy", "not in the copy", "new"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_that_reads_nothing_holds_up_nobody_else() {
    let served = serve(1, |settings| settings.node.limits = None).await;
    let mut stalled = Raw::link(&served, &key(9)).await;
    stalled.say(&Frame::Have(Have { complete: true, entries: Vec::new() })).await;
    let url = served.url();
    let neighbour = serve(2, |settings| {
        (settings.upstreams, settings.node.limits) = (vec![url.parse().unwrap()], None);
    })
    .await;
    // More than its window, and more than the buffers of the sockets.
    let text = "x".repeat(100_000);
    for _ in 0..100 {
        served.post(&text).await;
    }
    assert!(neighbour.hub.news().wait_for(|place| *place == 100).await.is_ok());
    assert_eq!(served.linked().await.len(), 2);
}
