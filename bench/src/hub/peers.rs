//! The peers: each a pair of servers of its own, and its own client.

mod mosquitto;
mod nats;
mod packages;
mod rabbitmq;

pub(crate) use mosquitto::Mosquitto;
pub(crate) use nats::{Nats, Sync};
pub(crate) use rabbitmq::RabbitMq;

use super::meter::{BREATHER, Meter};
use anyhow::Result;
use std::path::Path;
use std::process::Command;
use tokio::runtime::{Builder, Runtime};

/// The client of a peer has as many threads as the machine has processors.
fn runtime() -> Result<Runtime> {
    Ok(Builder::new_multi_thread().enable_all().build()?)
}

/// Waits for room for a message; `false` when the meter is over.
async fn room(meter: &Meter) -> bool {
    loop {
        if meter.is_over() {
            return false;
        }
        if meter.may_publish(1) {
            return true;
        }
        tokio::time::sleep(BREATHER).await;
    }
}

/// A folder of a server with its settings in a file.
fn settled(folder: &Path, file: &str, settings: &str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    Ok(std::fs::write(folder.join(file), settings)?)
}

/// The first line that a program prints which has this word in it.
fn version(command: &mut Command, word: &str) -> String {
    let output = command.output().map(|output| [output.stdout, output.stderr].concat()).unwrap_or_default();
    let said = String::from_utf8_lossy(&output).into_owned();
    said.lines().find(|line| line.contains(word)).unwrap_or(word).trim().to_owned()
}
