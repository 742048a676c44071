//! Who waits for the webmaster.

use crate::scene::{key, serve, until};
use hub::{Join, Standing};
use std::time::Duration;

/// It asks every five seconds; a slow machine may need some more.
const SECONDS: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn who_is_approved_while_waiting_is_linked_within_seconds() {
    let upstream = serve(1, |settings| settings.node.join = Join::Approve).await;
    let url = upstream.url();
    let newcomer = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    let waits = |node: &hub::Node| {
        let found = node.neighbours().find(|one| one.key == key(2).public());
        found.is_some_and(|one| one.standing == Standing::Pending)
    };
    until(async || upstream.hub.look(waits).await.unwrap()).await;
    upstream.hub.approve(key(2).public()).unwrap();
    let linked = until(async || upstream.linked().await == [key(2).public()]);
    tokio::time::timeout(SECONDS, linked).await.expect("it is linked within seconds");
    upstream.post("welcome").await;
    assert_eq!(newcomer.texts(1).await, ["welcome"]);
}
