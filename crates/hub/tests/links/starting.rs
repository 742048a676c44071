//! A hub that starts tells its upstreams about itself.

use crate::scene::{key, serve, until};

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_starts_dials_its_upstreams_and_is_known_there_before_its_first_message() {
    let upstreams = [serve(1, |_| {}).await, serve(2, |_| {}).await];
    let urls: Vec<hub::HubUrl> = upstreams.iter().map(|served| served.url().parse().unwrap()).collect();
    let starting = serve(3, |settings| {
        settings.name = "the new one".to_owned();
        settings.address = "wss://new.example/hub".to_owned();
        settings.upstreams = urls;
    })
    .await;
    for upstream in &upstreams {
        until(async || upstream.linked().await == [key(3).public()]).await;
        let known = upstream.hub.look(|node| {
            let known = node.neighbours().map(|found| (found.key, found.name.clone(), found.address.clone()));
            // Nothing of its streams is here yet, and nothing has passed.
            (known.collect::<Vec<_>>(), node.streams().count(), node.traffic().new)
        });
        let new = (key(3).public(), "the new one".to_owned(), "wss://new.example/hub".to_owned());
        assert_eq!(known.await.unwrap(), (vec![new], 0, 0));
    }
    starting.post("the first message").await;
    for upstream in &upstreams {
        assert_eq!(upstream.texts(1).await, ["the first message"]);
    }
}
