//! Two hubs on this machine, the second linked with the first, for whoever tries the protocol from outside:
//! `cargo run -p hub --example pair`. Prints the address of each, and stops when its input ends.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "its output is its answer")]

use hub::{Hub, HubSettings, Join, Message, SecretKey};
use std::io::Read;
use std::net::SocketAddr;

async fn open(seed: u8, upstream: Option<&str>) -> (Hub, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = HubSettings::new(folder.path(), format!("hub {seed}"));
    settings.node.join = Join::Open;
    settings.upstreams = upstream.iter().map(|url| url.parse().unwrap()).collect();
    let hub = Hub::open(settings, vec![SecretKey::from_seed([seed; 32])]).await.unwrap();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/hub", listener.local_addr().unwrap());
    let service = hub.router().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    (hub, url, folder)
}

#[tokio::main]
async fn main() {
    let (first, first_url, _first_folder) = open(1, None).await;
    let (second, second_url, _second_folder) = open(2, Some(&first_url)).await;
    let message = Message { media_type: "text/plain".to_owned(), body: "from the first hub".into() };
    first.post(first.identity(), vec![message], 0).await.unwrap();
    println!("{first_url} {second_url}");
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await.unwrap().unwrap();
    second.close().await;
    first.close().await;
}
