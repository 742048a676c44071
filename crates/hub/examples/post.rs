//! How long a message takes to the disk, and to the log of a neighbour: one after the other, then many at once.
//!
//! `cargo run --release -p hub --example post`, in a folder on the disk that counts: `TMPDIR=…`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "it measures and prints"
)]

use hub::{Hub, HubSettings, Join, Message, PublicKey, SecretKey};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

const ONE_BY_ONE: usize = 2_000;
const AT_ONCE: usize = 64;
const EACH: usize = 1_000;

fn message() -> Vec<Message> {
    vec![Message { media_type: "application/octet-stream".to_owned(), body: vec![7; 512].into() }]
}

async fn open(seed: u8, upstream: Option<String>) -> (Hub, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = HubSettings::new(folder.path(), format!("hub {seed}"));
    (settings.node.join, settings.node.limits) = (Join::Open, None);
    settings.links.bytes_per_second = u64::MAX;
    settings.upstreams = upstream.iter().map(|url| url.parse().unwrap()).collect();
    (Hub::open(settings, vec![SecretKey::from_seed([seed; 32])]).await.unwrap(), folder)
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100].as_micros();
    println!("{what}: p50 {} us, p99 {} us", at(50), at(99));
}

/// Posts so many, each after the answer to the one before.
async fn post(hub: &Hub, origin: PublicKey, count: usize) -> Vec<Duration> {
    let mut times = Vec::new();
    for _ in 0..count {
        let begun = Instant::now();
        hub.post(origin, message(), 0).await.unwrap();
        times.push(begun.elapsed());
    }
    times
}

async fn arrive(hub: &Hub, count: usize) {
    hub.news().wait_for(|place| *place >= count as u64).await.unwrap();
}

/// Many at once, under these keys in turn.
async fn many(what: &str, first: &Hub, second: &Hub, origins: &[PublicKey]) {
    let begun = Instant::now();
    let start = *second.news().borrow() as usize;
    let posts: Vec<_> = (0..AT_ONCE)
        .map(|n| {
            let (first, origin) = (first.clone(), origins[n % origins.len()]);
            tokio::spawn(async move { post(&first, origin, EACH).await })
        })
        .collect();
    let mut times = Vec::new();
    for post in posts {
        times.extend(post.await.unwrap());
    }
    let count = (AT_ONCE * EACH) as f64;
    println!("{what}, {AT_ONCE} at once: {:.0} messages/s committed", count / begun.elapsed().as_secs_f64());
    show("  each of them", times);
    // Many messages share an envelope, so the end is seen by its place at the first hub.
    let end = *first.news().borrow() as usize;
    arrive(second, end).await;
    println!("  all at the second hub: {:.0} messages/s", count / begun.elapsed().as_secs_f64());
    println!("  {} envelopes, {:.1} messages each", end - start, count / (end - start) as f64);
}

#[tokio::main]
async fn main() {
    let (first, _first_folder) = open(1, None).await;
    show("alone, one by one, committed", post(&first, first.identity(), ONE_BY_ONE).await);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}#{}", listener.local_addr().unwrap(), first.identity());
    let service = first.router().into_make_service_with_connect_info::<SocketAddr>();
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| stream.set_nodelay(true).unwrap());
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    let (second, _second_folder) = open(2, Some(url)).await;
    arrive(&second, ONE_BY_ONE).await;

    let mut times = Vec::new();
    for n in 1..=ONE_BY_ONE {
        let begun = Instant::now();
        post(&first, first.identity(), 1).await;
        arrive(&second, ONE_BY_ONE + n).await;
        times.push(begun.elapsed());
    }
    show("linked, one by one, committed at both", times);

    many("one origin", &first, &second, &[first.identity()]).await;
    let origins: Vec<SecretKey> =
        (0..AT_ONCE).map(|seed| SecretKey::from_seed([100 + seed as u8; 32])).collect();
    origins.iter().for_each(|origin| first.add_origin(origin.clone()).unwrap());
    let origins: Vec<PublicKey> = origins.iter().map(SecretKey::public).collect();
    many("64 origins", &first, &second, &origins).await;
    first.close().await;
    second.close().await;
}
