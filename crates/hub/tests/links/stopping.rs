//! A hub that stops.

use crate::raw::Raw;
use crate::scene::{key, serve};
use hub::{Message, PostError, Reason};

fn message() -> Vec<Message> {
    vec![Message { media_type: "text/plain".to_owned(), body: "x".into() }]
}

#[tokio::test(flavor = "multi_thread")]
async fn neighbours_are_told_and_what_was_promised_is_kept() {
    let served = serve(1, |settings| settings.node.limits = None).await;
    let mut raw = Raw::link(&served, &key(2)).await;
    let posts: Vec<_> = (0..50)
        .map(|_| {
            let hub = served.hub.clone();
            tokio::spawn(async move { hub.post(hub.identity(), message(), 0).await })
        })
        .collect();
    served.post("before the end").await;
    served.hub.close().await;
    assert_eq!(raw.reason().await, Some(Reason::Stopping));
    let mut kept = 1;
    for post in posts {
        match post.await.unwrap() {
            Ok(_) => kept += 1,
            Err(error) => assert_eq!(error, PostError::Failed),
        }
    }
    let folder = served.folder.path().to_owned();
    let opened = tokio::task::spawn_blocking(move || hub::Log::open(&folder, hub::LogName(1), 2));
    let (_, restored) = opened.await.unwrap().unwrap();
    let held: u64 = restored.streams.iter().map(|stream| stream.held.count()).sum();
    assert!(held >= 1 && held <= kept, "{held} envelopes for {kept} messages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_hub_takes_nothing_more() {
    let served = serve(1, |_| {}).await;
    served.hub.close().await;
    assert_eq!(served.hub.post(key(1).public(), message(), 0).await, Err(PostError::Failed));
    assert!(served.hub.approve(key(2).public()).is_err());
    assert!(Raw::dial(&served, &key(2)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_posts_only_under_its_own_keys() {
    let served = serve(1, |_| {}).await;
    assert_eq!(served.hub.post(key(2).public(), message(), 0).await, Err(PostError::NoSuchOrigin));
    served.hub.add_origin(key(2)).unwrap();
    served.hub.post(key(2).public(), message(), 0).await.unwrap();
    served.hub.remove_origin(key(2).public()).unwrap();
    assert_eq!(served.hub.post(key(2).public(), message(), 0).await, Err(PostError::NoSuchOrigin));
}
