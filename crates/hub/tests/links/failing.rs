//! A disk that fails for a while.

use crate::scene::{Served, serve, until};
use hub::{Message, PostError};

/// Lets every commit fail, or none; another connection does what a full disk would.
fn refuse(served: &Served, all: bool) {
    let statement = if all {
        "CREATE TRIGGER refuse BEFORE INSERT ON envelopes BEGIN SELECT raise(FAIL, 'no'); END"
    } else {
        "DROP TRIGGER refuse"
    };
    let file = served.folder.path().join(hub::FILE);
    rusqlite::Connection::open(file).unwrap().execute_batch(statement).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_stored_is_not_promised_and_the_numbers_are_not_used_again() {
    let upstream = serve(1, |_| {}).await;
    let url = upstream.url();
    let served = serve(2, |settings| settings.upstreams = vec![url.parse().unwrap()]).await;
    let before = served.post("before").await;
    upstream.texts(1).await;

    refuse(&served, true);
    let message = Message { media_type: "text/plain".to_owned(), body: "lost".into() };
    let lost = served.hub.post(served.hub.identity(), vec![message], 0).await;
    assert_eq!(lost, Err(PostError::Failed));
    refuse(&served, false);

    let after = served.post("after").await;
    assert!(after.stream.epoch > before.stream.epoch);
    assert_eq!(served.texts(2).await, ["before", "after"]);
    // All links were closed, and come again.
    assert_eq!(upstream.texts(2).await, ["before", "after"]);
    until(async || upstream.linked().await.len() == 1).await;
}
