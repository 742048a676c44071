//! What is measured in turn, and whom it asks.

use super::chain::{Chain, Pace};
use super::ours::Hubs;
use super::peers::{Mosquitto, Nats, RabbitMq, Sync};
use crate::site::release;
use anyhow::{Context, Result};
use std::path::Path;

/// One of the things that are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// Our hubs, one busy origin.
    One,
    /// Our hubs, 64 origins with one message on its way each.
    Many,
    /// NATS as it comes.
    Nats,
    /// NATS that syncs before each answer.
    NatsAlways,
    RabbitMq,
    Mosquitto,
    /// What a hub remembers of a million messages.
    Memory,
}

/// A pair of servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Ours,
    Nats,
    NatsAlways,
    RabbitMq,
    Mosquitto,
}

/// Each in its turn.
const ALL: [Slot; 7] =
    [Slot::One, Slot::Nats, Slot::NatsAlways, Slot::Many, Slot::RabbitMq, Slot::Mosquitto, Slot::Memory];

impl Slot {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Slot::One => "one",
            Slot::Many => "many",
            Slot::Nats => "nats",
            Slot::NatsAlways => "nats-always",
            Slot::RabbitMq => "rabbitmq",
            Slot::Mosquitto => "mosquitto",
            Slot::Memory => "memory",
        }
    }

    pub(crate) fn says(self) -> &'static str {
        match self {
            Slot::One => "our hubs, one origin, batches of 64 events",
            Slot::Many => "our hubs, 64 origins, one message an envelope",
            Slot::Nats => "NATS JetStream, mirror by a leaf node",
            Slot::NatsAlways => "the same, sync_interval: always",
            Slot::RabbitMq => "RabbitMQ, durable queues, shovel",
            Slot::Mosquitto => "Mosquitto, bridge, QoS 1",
            Slot::Memory => "memory",
        }
    }

    /// What an answer to the publisher promises.
    pub(crate) fn promise(self) -> &'static str {
        match self {
            Slot::One | Slot::Many => "synced at A; B syncs before it passes on; signed at A, verified at B",
            Slot::Nats => "in the page cache of A; synced every 2 minutes",
            Slot::NatsAlways => "synced at A, and at B, one by one",
            Slot::RabbitMq => "written and synced at A; unsigned",
            Slot::Mosquitto => "in the memory of A; written every second",
            Slot::Memory => "",
        }
    }

    pub(crate) fn who(self) -> Who {
        match self {
            Slot::One | Slot::Many | Slot::Memory => Who::Ours,
            Slot::Nats => Who::Nats,
            Slot::NatsAlways => Who::NatsAlways,
            Slot::RabbitMq => Who::RabbitMq,
            Slot::Mosquitto => Who::Mosquitto,
        }
    }

    pub(crate) fn pace(self) -> Pace {
        if self == Slot::Many { Pace::Many } else { Pace::One }
    }
}

impl Who {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Who::Ours => "ours",
            Who::Nats => "nats",
            Who::NatsAlways => "nats-always",
            Who::RabbitMq => "rabbitmq",
            Who::Mosquitto => "mosquitto",
        }
    }

    /// Installs what is needed, and starts both servers in this folder.
    pub(crate) fn open(self, folder: &Path) -> Result<Box<dyn Chain>> {
        Ok(match self {
            Who::Ours => Box::new(Hubs::open(folder)?),
            Who::Nats => Box::new(Nats::version().and_then(|_| Nats::open(folder, Sync::Default))?),
            Who::NatsAlways => Box::new(Nats::version().and_then(|_| Nats::open(folder, Sync::Always))?),
            Who::RabbitMq => Box::new(RabbitMq::version().and_then(|_| RabbitMq::open(folder))?),
            Who::Mosquitto => Box::new(Mosquitto::version().and_then(|_| Mosquitto::open(folder))?),
        })
    }

    pub(crate) fn version(self) -> String {
        let version = match self {
            Who::Ours => release("anuko-hub").map(|path| path.display().to_string()),
            Who::Nats | Who::NatsAlways => Nats::version(),
            Who::RabbitMq => RabbitMq::version(),
            Who::Mosquitto => Mosquitto::version(),
        };
        version.unwrap_or_else(|error| format!("{error:#}"))
    }
}

/// Those with these words, or all.
pub(crate) fn order(words: &[String]) -> Result<Vec<Slot>> {
    if words.is_empty() {
        return Ok(ALL.to_vec());
    }
    let find = |word: &String| ALL.into_iter().find(|slot| slot.word() == word);
    words.iter().map(|word| find(word).with_context(|| format!("{word:?} is not measured here"))).collect()
}

/// All of them but memory, in the order of the tables.
pub(crate) fn rows() -> [Slot; 6] {
    [Slot::One, Slot::Many, Slot::Nats, Slot::NatsAlways, Slot::RabbitMq, Slot::Mosquitto]
}
