//! How many hubs an envelope has passed, as is told beside it.

use crate::counting::Counting;
use crate::scene::{Served, key, serve, until};
use hub::HOPS_MOST;

async fn hops(served: &Served) -> [u64; HOPS_MOST + 1] {
    served.hub.look(|node| node.traffic().hops).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_hub_on_the_way_counts_as_one_hop_more() {
    let first = serve(1, |_| {}).await;
    let near = Counting::to(first.address).await;
    let url = format!("ws://{}#{}", near.address, key(1).public());
    let second = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    let far = Counting::to(second.address).await;
    let url = format!("ws://{}#{}", far.address, key(2).public());
    let third = serve(3, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    // The first may come from the log, which tells nothing. Then all are level.
    first.post("one").await;
    third.texts(1).await;
    for served in [&first, &second] {
        until(async || served.waits_for_nothing().await).await;
    }
    near.take();
    far.take();
    first.post("two").await;
    third.texts(2).await;
    let origin = key(1).public();
    assert_eq!((near.take().hops[&origin], far.take().hops[&origin]), (1, 2));
    assert!(hops(&second).await[1] >= 1 && hops(&third).await[2] >= 1);
    assert_eq!(hops(&third).await.iter().sum::<u64>(), 2, "each is counted once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_from_the_log_has_passed_nobody_knows_how_many() {
    let first = serve(1, |_| {}).await;
    first.post("before").await;
    let second = serve(2, |settings| settings.upstreams = vec![first.url().parse().unwrap()]).await;
    second.texts(1).await;
    assert_eq!(hops(&second).await[0], 1);
}
