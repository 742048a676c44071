//! Mosquitto: B bridges the topic from A. QoS 1 on every hop, both persist.

use super::{packages, room, runtime, settled, trickle};
use crate::hub::chain::{Chain, Pace, WINDOW};
use crate::hub::keeper::{Kept, free_address};
use crate::hub::message;
use crate::hub::meter::Meter;
use anyhow::{Context, Result};
use rumqttc::{AsyncClient, Event, EventLoop, MqttOptions, Packet, QoS};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

const TOPIC: &str = "bench";
const PROGRAM: &str = "/usr/sbin/mosquitto";

/// A bridge is linked within this.
const LINKED_WITHIN: Duration = Duration::from_secs(20);

pub(crate) struct Mosquitto {
    runtime: Runtime,
    a: Kept,
    b: Kept,
    client: AsyncClient,
    /// A place for each message that waits for its answer.
    window: Arc<Semaphore>,
    meter: Arc<Meter>,
}

impl Mosquitto {
    pub(crate) fn version() -> Result<String> {
        packages::debian(PROGRAM, "mosquitto")?;
        Ok(super::version(Command::new(PROGRAM).arg("-h"), "mosquitto version"))
    }

    pub(crate) fn open(folder: &Path) -> Result<Mosquitto> {
        let (address_a, address_b) = (free_address()?, free_address()?);
        let bridge = format!(
            "connection bench\naddress {address_a}\ntopic {TOPIC} in 1\ncleansession false\n\
             restart_timeout 1\nremote_clientid bridge\nnotifications false\ntry_private true\n"
        );
        let a = serve(&folder.join("a"), address_a, "")?;
        let b = serve(&folder.join("b"), address_b, &bridge)?;
        let (runtime, meter) = (runtime()?, Arc::new(Meter::new()));
        let window = Arc::new(Semaphore::new(WINDOW));
        let client = {
            let _inside = runtime.enter();
            let (consumer, events) = connect("consumer", address_b);
            runtime.block_on(consumer.subscribe(TOPIC, QoS::AtLeastOnce))?;
            tokio::spawn(consume(consumer, events, Arc::clone(&meter)));
            let (client, events) = connect("publisher", address_a);
            tokio::spawn(count_answers(events, Arc::clone(&window)));
            client
        };
        let mosquitto = Mosquitto { runtime, a, b, client, window, meter };
        mosquitto.runtime.block_on(mosquitto.until_linked())?;
        Ok(mosquitto)
    }

    /// Before the bridge has subscribed at A, messages are thrown away there.
    async fn until_linked(&self) -> Result<()> {
        let end = Instant::now() + LINKED_WITHIN;
        while self.meter.received() == 0 {
            anyhow::ensure!(Instant::now() < end, "the bridge did not link");
            self.client.publish(TOPIC, QoS::AtLeastOnce, false, message::now()).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        self.meter.reset();
        Ok(())
    }

    async fn flood(&self) -> Result<()> {
        while room(&self.meter).await {
            self.send().await?;
        }
        Ok(())
    }

    async fn send(&self) -> Result<()> {
        self.window.acquire().await?.forget();
        Ok(self.client.publish(TOPIC, QoS::AtLeastOnce, false, message::now()).await?)
    }

    /// Every answer has come.
    async fn settle(&self) -> Result<()> {
        let all = self.window.acquire_many(WINDOW as u32);
        drop(tokio::time::timeout(Duration::from_secs(20), all).await.context("answers did not come")??);
        Ok(())
    }
}

impl Chain for Mosquitto {
    fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    fn publish(&self, pace: Pace) -> Result<()> {
        self.runtime.block_on(async {
            match pace {
                Pace::Every(wait) => trickle(&self.meter, wait, async || self.send().await).await?,
                Pace::One | Pace::Many => self.flood().await?,
            }
            self.settle().await
        })
    }

    fn servers(&self) -> [&Kept; 2] {
        [&self.a, &self.b]
    }
}

/// Persisting every second is the most that it does without writing everything anew for each message. No limits of
/// queues, or it throws messages away.
fn serve(folder: &Path, at: SocketAddr, bridge: &str) -> Result<Kept> {
    let user = if is_root() { "user root\n" } else { "" };
    let settings = format!(
        "listener {} {}\nallow_anonymous true\n{user}persistence true\npersistence_location {}/\n\
         autosave_interval 1\nmax_inflight_messages 0\nmax_queued_messages 0\nset_tcp_nodelay true\n{bridge}",
        at.port(),
        at.ip(),
        folder.display()
    );
    settled(folder, "mosquitto.conf", &settings)?;
    let mut command = Command::new(PROGRAM);
    command.arg("-c").arg(folder.join("mosquitto.conf"));
    let kept = Kept::start(&command, &folder.join("log"))?;
    kept.listens(at)?;
    Ok(kept)
}

fn is_root() -> bool {
    crate::machine::said("id", &["-u".as_ref()]) == "0"
}

fn connect(name: &str, to: SocketAddr) -> (AsyncClient, EventLoop) {
    let mut options = MqttOptions::new(name, to.ip().to_string(), to.port());
    options.set_clean_session(true).set_inflight(WINDOW as u16);
    AsyncClient::new(options, WINDOW)
}

/// Ends with its connection; who waits for messages sees that they do not come.
async fn consume(_client: AsyncClient, mut events: EventLoop, meter: Arc<Meter>) {
    while let Ok(event) = events.poll().await {
        if let Event::Incoming(Packet::Publish(publish)) = event {
            meter.receive(&publish.payload);
        }
    }
}

async fn count_answers(mut events: EventLoop, window: Arc<Semaphore>) {
    while let Ok(event) = events.poll().await {
        if let Event::Incoming(Packet::PubAck(_)) = event {
            window.add_permits(1);
        }
    }
}
