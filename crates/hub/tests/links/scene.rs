//! Hubs on loopback.

use hub::{Frame, Hub, HubSettings, Join, LinkLimits, Message, Posted, PublicKey, SecretKey};
use std::net::SocketAddr;
use std::time::Duration;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A hub that is served on a port of this machine.
pub(crate) struct Served {
    pub(crate) hub: Hub,
    pub(crate) address: SocketAddr,
    pub(crate) folder: TempDir,
    serving: JoinHandle<()>,
}

impl Drop for Served {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

pub(crate) fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed([seed; 32])
}

/// A hub with the key of this seed, which everybody may link with.
pub(crate) async fn serve(seed: u8, change: impl FnOnce(&mut HubSettings)) -> Served {
    serve_in(tempfile::tempdir().unwrap(), seed, change).await
}

/// The same, in a folder that is there already.
pub(crate) async fn serve_in(folder: TempDir, seed: u8, change: impl FnOnce(&mut HubSettings)) -> Served {
    serve_on(port().await, folder, seed, change).await
}

/// A free port.
pub(crate) async fn port() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

/// The same, on a port that others know already.
pub(crate) async fn serve_on(
    listener: TcpListener,
    folder: TempDir,
    seed: u8,
    change: impl FnOnce(&mut HubSettings),
) -> Served {
    let mut settings = HubSettings::new(folder.path(), format!("hub {seed}"));
    settings.node.join = Join::Open;
    change(&mut settings);
    println!("{}", limits(seed, &settings));
    let hub = Hub::open(settings, vec![key(seed)]).await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = hub.router().into_make_service_with_connect_info::<SocketAddr>();
    // As whoever serves a hub does: without it an answer waits up to 40 ms for the other side's.
    let listener = axum::serve::ListenerExt::tap_io(listener, |stream| stream.set_nodelay(true).unwrap());
    let serving = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    Served { hub, address, folder, serving }
}

/// The limits with which a hub of a test runs.
fn limits(seed: u8, settings: &HubSettings) -> String {
    let LinkLimits { greeting, ping, silence, bytes_per_second, strangers, strangers_of_one, .. } =
        settings.links;
    let origins = match &settings.node.limits {
        Some(limits) => format!("{limits:?}"),
        None => "lifted".to_owned(),
    };
    format!(
        "limits of hub {seed}: origins {origins}; links: greeting {greeting:?}, ping {ping:?}, dead after {silence:?}, \
         {bytes_per_second} B/s, {strangers} strangers, {strangers_of_one} of one address"
    )
}

impl Served {
    pub(crate) fn url(&self) -> String {
        format!("ws://{}#{}", self.address, self.hub.identity())
    }

    pub(crate) async fn post(&self, text: &str) -> Posted {
        let message = Message { media_type: "text/plain".to_owned(), body: text.to_owned().into() };
        self.hub.post(self.hub.identity(), vec![message], 0).await.unwrap()
    }

    /// All texts in the log, once there are so many.
    pub(crate) async fn texts(&self, count: usize) -> Vec<String> {
        let mut news = self.hub.news();
        news.wait_for(|place| *place >= count as u64).await.unwrap();
        let placed = self.hub.read_after(0, 1000).await.unwrap();
        let messages = placed.iter().flat_map(|placed| placed.envelope.messages());
        messages.map(|message| String::from_utf8(message.body.to_vec()).unwrap()).collect()
    }

    /// Whether all neighbours have everything.
    pub(crate) async fn waits_for_nothing(&self) -> bool {
        self.hub.look(|node| node.neighbours().all(|neighbour| neighbour.waiting() == 0)).await.unwrap()
    }

    /// Who is linked.
    pub(crate) async fn linked(&self) -> Vec<PublicKey> {
        let linked = |node: &hub::Node| {
            let linked = node.neighbours().filter(|neighbour| neighbour.link.is_some());
            linked.map(|neighbour| neighbour.key).collect()
        };
        self.hub.look(linked).await.unwrap()
    }
}

/// Between two looks: whoever is waited for needs the processor, too.
const LOOK_EVERY: Duration = Duration::from_millis(2);
/// A test that would wait for ever fails instead.
const PATIENCE: Duration = Duration::from_secs(120);

/// Looks every now and then until it is so.
pub(crate) async fn until(is_so: impl AsyncFn() -> bool) {
    let looking = async {
        let mut looks = tokio::time::interval(LOOK_EVERY);
        while !is_so().await {
            looks.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, looking).await.expect("it never came to be so");
}

/// The frame as it is sent.
pub(crate) fn bytes(frame: &Frame) -> bytes::Bytes {
    frame.write().into()
}
