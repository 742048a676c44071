//! No secret in a log, however much is logged. Alone in its process, because it takes the log of all of it.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../links/scene.rs"]
mod scene;

use hub::{Hub, HubSettings, Join, Message, SecretKey};
use scene::serve;
use sha2::{Digest, Sha512};
use std::io::Write;
use std::sync::{Arc, Mutex};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Kept {
    type Writer = Kept;

    fn make_writer(&self) -> Kept {
        self.clone()
    }
}

/// A secret as a log could show it: as it is, in hexadecimal digits, as a list of numbers.
fn forms(secret: &[u8]) -> [Vec<u8>; 4] {
    let hex: String = secret.iter().map(|byte| format!("{byte:02x}")).collect();
    let list = format!("{secret:?}");
    let upper = hex.to_uppercase();
    [secret.to_vec(), hex.into_bytes(), upper.into_bytes(), list.trim_matches(['[', ']']).into()]
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_the_log_of_a_handshake_and_a_post_at_the_finest_level() {
    let kept = Kept::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(kept.clone())
        .init();
    let seed: [u8; 32] = std::array::from_fn(|place| 0x51 ^ (place as u8).wrapping_mul(37));
    let key = SecretKey::from_seed(seed);
    let upstream = serve(1, |_| {}).await;
    let folder = tempfile::tempdir().unwrap();
    let mut settings = HubSettings::new(folder.path(), "with a secret");
    (settings.node.join, settings.upstreams) = (Join::Open, vec![upstream.url().parse().unwrap()]);
    let hub = Hub::open(settings, vec![key.clone()]).await.unwrap();
    let message = Message { media_type: "text/plain".to_owned(), body: "posted".into() };
    hub.post(hub.identity(), vec![message], 0).await.unwrap();
    assert_eq!(upstream.texts(1).await, ["posted"]);
    tracing::info!(?key, "a key that is logged by mistake");
    hub.close().await;

    let log = kept.0.lock().unwrap().clone();
    let has = |what: &[u8]| log.windows(what.len()).any(|window| window == what);
    assert!(has(b"linked with") && has(b"SecretKey(of "), "the log was taken");
    // From the seed follow the number that signs, and the prefix from which the nonces of signatures come.
    let expanded = Sha512::digest(seed);
    for secret in [&seed[..], &expanded[..32], &expanded[32..]] {
        assert!(!forms(secret).iter().any(|form| has(form)));
    }
    println!("{} bytes of log at TRACE, no secret among them", log.len());
}
