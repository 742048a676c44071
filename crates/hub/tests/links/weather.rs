//! Links through proxies and bad weather.

use crate::proxy::Proxy;
use crate::scene::{Served, serve, until};
use hub::{HubSettings, UpstreamState};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

/// Far less than a proxy on the Internet waits, which is a minute or so.
const IDLE: Duration = Duration::from_millis(300);
const DEAD: Duration = Duration::from_millis(500);

fn patient(ping: Duration, dead: Duration) -> impl Fn(&mut HubSettings) {
    move |settings| (settings.links.ping, settings.links.silence) = (ping, dead)
}

/// Dials the upstream through a proxy.
async fn behind(proxy: SocketAddr, upstream: &Served, change: impl Fn(&mut HubSettings)) -> Served {
    let url = format!("ws://{proxy}#{}", upstream.hub.identity());
    serve(2, |settings| {
        change(settings);
        settings.upstreams = vec![url.parse().unwrap()];
    })
    .await
}

fn is_linked(served: &Served) -> bool {
    served.hub.upstreams().values().all(|one| one.state == UpstreamState::Linked)
}

#[tokio::test(flavor = "multi_thread")]
async fn pings_keep_a_link_through_a_proxy_that_cuts_what_is_idle() {
    let often = patient(IDLE / 6, IDLE * 10);
    let upstream = serve(1, &often).await;
    let proxy = Proxy::that_cuts_idle(upstream.address, IDLE).await;
    let downstream = behind(proxy.address, &upstream, &often).await;
    upstream.post("before").await;
    downstream.texts(1).await;
    let mut connections = proxy.connections.clone();
    connections.mark_unchanged();
    let another = tokio::time::timeout(IDLE * 5, connections.changed()).await;
    assert!(another.is_err(), "nobody had to dial again");
    downstream.post("on the same link").await;
    assert_eq!(upstream.texts(2).await, ["before", "on the same link"]);
    assert_eq!(*proxy.connections.borrow(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_a_proxy_cuts_is_dialled_again_and_loses_nothing() {
    let never = patient(Duration::from_secs(3_600), Duration::from_secs(7_200));
    let upstream = serve(1, &never).await;
    let proxy = Proxy::that_cuts_idle(upstream.address, IDLE).await;
    let downstream = behind(proxy.address, &upstream, &never).await;
    upstream.post("before").await;
    downstream.texts(1).await;
    proxy.connections.clone().wait_for(|count| *count >= 2).await.unwrap();
    upstream.post("after").await;
    assert_eq!(downstream.texts(2).await, ["before", "after"]);
}

/// The other side is gone without a word, and its connection is held open by somebody in between.
#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::disallowed_methods, reason = "it measures")]
async fn a_connection_that_is_only_half_open_is_noticed_by_both_sides_and_dialled_again() {
    let alert = patient(DEAD / 10, DEAD);
    let upstream = serve(1, &alert).await;
    let proxy = Proxy::to(upstream.address).await;
    let downstream = behind(proxy.address, &upstream, &alert).await;
    upstream.post("before").await;
    downstream.texts(1).await;
    until(async || is_linked(&downstream)).await;

    proxy.freeze();
    let frozen = Instant::now();
    upstream.post("into the void").await;
    downstream.post("and back").await;
    until(async || !is_linked(&downstream)).await;
    let noticed = frozen.elapsed();
    // What was heard last was heard a ping before, or a few if others need the machine. How late it is noticed depends on
    // them as well; that the silence was the reason is said.
    assert!(noticed >= DEAD / 2, "{noticed:?}");
    let error = downstream.hub.upstreams().into_values().next().unwrap().last_error;
    assert!(error.unwrap().contains("nothing was heard for too long"));

    upstream.hub.news().wait_for(|news| *news >= 3).await.unwrap();
    assert_eq!(downstream.texts(3).await.len(), 3);
    println!("dead after {DEAD:?}: noticed after {noticed:?}, level again after {:?}", frozen.elapsed());
    assert!(*proxy.connections.borrow() >= 2);
    until(async || upstream.linked().await.len() == 1).await;
}
