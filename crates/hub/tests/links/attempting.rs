//! A neighbour that is away is tried where it said that it is.

use crate::scene::{Served, key, port, serve, serve_on, until};
use hub::{Clock, HubSettings, SetClock, Span, SystemClock};
use std::sync::Arc;

/// The first attempt is due five seconds after the link has ended, give or take a fifth.
const FIRST_ATTEMPT: Span = Span::seconds(7);

struct Upstream {
    served: Served,
    clock: Arc<SetClock>,
}

async fn upstream(change: impl FnOnce(&mut HubSettings)) -> Upstream {
    let clock = Arc::new(SetClock::at(SystemClock.now()));
    let its = clock.clone();
    let served = serve(1, |settings| {
        settings.clock = its;
        change(settings);
    })
    .await;
    Upstream { served, clock }
}

impl Upstream {
    /// What went wrong last with its neighbour, as the webmaster sees it.
    async fn error(&self) -> Option<String> {
        let status = self.served.hub.status().await.unwrap();
        Some(status.neighbours.into_iter().next()?.last_error?.1)
    }

    /// Its neighbour goes; then something is posted, and the time of the first attempt comes.
    async fn miss(&self, neighbour: &Served) {
        neighbour.hub.close().await;
        until(async || self.served.linked().await.is_empty()).await;
        until(async || self.error().await.is_some_and(|words| words.contains("stopped"))).await;
        self.served.post("missed").await;
        self.clock.set(self.clock.now() + FIRST_ATTEMPT);
        // Something happens, so that the node looks at the clock.
        self.served.hub.resume_posting().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_that_only_listens_now_is_reached_and_gets_what_it_missed() {
    let upstream = upstream(|settings| settings.allow_private_addresses = true).await;
    let (later, url) = (port().await, upstream.served.url());
    let address = format!("ws://{}", later.local_addr().unwrap());
    let mut before = serve(2, |settings| {
        settings.upstreams = vec![url.parse().unwrap()];
        settings.address = address.clone();
    })
    .await;
    upstream.served.post("seen").await;
    before.texts(1).await;
    upstream.miss(&before).await;
    let folder = std::mem::replace(&mut before.folder, tempfile::tempdir().unwrap());
    let again = serve_on(later, folder, 2, |_| {}).await;
    assert_eq!(again.texts(2).await, ["seen", "missed"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_neighbour_that_names_an_address_of_our_own_network_is_not_dialled() {
    let upstream = upstream(|_| {}).await;
    let (there, url) = (port().await, upstream.served.url());
    let address = format!("ws://{}", there.local_addr().unwrap());
    let neighbour = serve(2, |settings| {
        settings.upstreams = vec![url.parse().unwrap()];
        settings.address = address.clone();
    })
    .await;
    upstream.served.post("seen").await;
    neighbour.texts(1).await;
    upstream.miss(&neighbour).await;
    let attempts = async || {
        let of = |node: &hub::Node| {
            node.neighbours().find(|one| one.key == key(2).public()).map(|one| one.attempts)
        };
        upstream.served.hub.look(of).await.unwrap()
    };
    until(async || attempts().await == Some(1)).await;
    // The webmaster sees why.
    until(async || upstream.error().await.is_some_and(|words| words.contains("Internet at large"))).await;
    // Nobody has come to the port.
    let came = tokio::time::timeout(std::time::Duration::ZERO, there.accept()).await;
    assert!(came.is_err());
}
