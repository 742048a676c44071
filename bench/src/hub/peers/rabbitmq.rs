//! RabbitMQ: a shovel at B takes from the queue of A and publishes into the queue of B.

mod node;

use super::{flood, packages, runtime, trickle};
use crate::hub::chain::{Chain, Pace, WINDOW};
use crate::hub::keeper::Kept;
use crate::hub::message;
use crate::hub::meter::Meter;
use anyhow::{Result, ensure};
use futures_util::StreamExt;
use lapin::options::{
    BasicAckOptions, BasicConsumeOptions, BasicPublishOptions, BasicQosOptions, ConfirmSelectOptions,
    QueueDeclareOptions,
};

use lapin::types::FieldTable;
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, PublisherConfirm};
use node::{Node, Post};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tokio::runtime::Runtime;

pub(super) const QUEUE: &str = "bench";

/// The consumer confirms so many messages together.
const CONFIRMED_TOGETHER: u64 = 100;

/// Written to the disk before it is confirmed.
const PERSISTENT: u8 = 2;

pub(crate) struct RabbitMq {
    runtime: Runtime,
    a: Node,
    b: Node,
    /// Goes after the nodes: one that misses it starts another, which would stay.
    _post: Post,
    channel: Channel,
    /// Connections end with their values.
    _connections: [Connection; 2],
    meter: Arc<Meter>,
}

impl RabbitMq {
    pub(crate) fn version() -> Result<String> {
        packages::debian(node::PROGRAM, "rabbitmq-server")?;
        let package = "${Package} ${Version}\n";
        let mut query = Command::new("dpkg-query");
        Ok(super::version(query.args(["-W", "-f", package, "rabbitmq-server"]), "rabbitmq-server"))
    }

    pub(crate) fn open(folder: &Path) -> Result<RabbitMq> {
        let post = Post::open(folder)?;
        let a = Node::start(&folder.join("a"), "bench-a", &post, None)?;
        let b = Node::start(&folder.join("b"), "bench-b", &post, Some(&a))?;
        let (runtime, meter) = (runtime()?, Arc::new(Meter::new()));
        let (channel, connections) = runtime.block_on(async {
            let (to_a, at_a) = connect(&a).await?;
            let (to_b, at_b) = connect(&b).await?;
            at_a.confirm_select(ConfirmSelectOptions::default()).await?;
            consume(at_b, Arc::clone(&meter)).await?;
            anyhow::Ok((at_a, [to_a, to_b]))
        })?;
        Ok(RabbitMq { runtime, a, b, _post: post, channel, _connections: connections, meter })
    }

    async fn send(&self) -> Result<PublisherConfirm> {
        let properties = BasicProperties::default().with_delivery_mode(PERSISTENT);
        let (options, message) = (BasicPublishOptions::default(), message::now());
        Ok(self.channel.basic_publish("".into(), QUEUE.into(), options, &message, properties).await?)
    }
}

impl Chain for RabbitMq {
    fn meter(&self) -> &Arc<Meter> {
        &self.meter
    }

    fn publish(&self, pace: Pace) -> Result<()> {
        self.runtime.block_on(async {
            match pace {
                Pace::Every(wait) => {
                    trickle(&self.meter, wait, async || confirmed(self.send().await?).await).await
                }
                Pace::One | Pace::Many => flood(&self.meter, async || self.send().await, confirmed).await,
            }
        })
    }

    fn servers(&self) -> [&Kept; 2] {
        [&self.a.kept, &self.b.kept]
    }
}

async fn confirmed(answer: PublisherConfirm) -> Result<()> {
    ensure!(answer.await?.is_ack(), "a message was not taken");
    Ok(())
}

/// A channel with the durable queue.
async fn connect(to: &Node) -> Result<(Connection, Channel)> {
    let connection = Connection::connect(&to.url(), ConnectionProperties::default()).await?;
    let channel = connection.create_channel().await?;
    channel.queue_declare(QUEUE.into(), QueueDeclareOptions::durable(), FieldTable::default()).await?;
    Ok((connection, channel))
}

/// Receives for as long as the connection lasts.
async fn consume(channel: Channel, meter: Arc<Meter>) -> Result<()> {
    channel.basic_qos(WINDOW as u16, BasicQosOptions::default()).await?;
    let (options, table) = (BasicConsumeOptions::default(), FieldTable::default());
    let mut messages = channel.basic_consume(QUEUE.into(), "consumer".into(), options, table).await?;
    tokio::spawn(async move {
        while let Some(Ok(message)) = messages.next().await {
            meter.receive(&message.data);
            if message.delivery_tag.is_multiple_of(CONFIRMED_TOGETHER) {
                let acknowledged = message.ack(BasicAckOptions { multiple: true }).await;
                if acknowledged.is_err() {
                    return;
                }
            }
        }
    });
    Ok(())
}
