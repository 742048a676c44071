//! The peers: each a pair of servers of its own, and its own client.

mod mosquitto;
mod nats;
mod packages;
mod rabbitmq;

pub(crate) use mosquitto::Mosquitto;
pub(crate) use nats::{Nats, Sync};
pub(crate) use rabbitmq::RabbitMq;

use super::chain::WINDOW;
use super::meter::{BREATHER, Meter};
use anyhow::{Context, Result};
use std::collections::VecDeque;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
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

/// Publishes for as long as there is room, with a window of answers that are waited for in order.
async fn flood<A>(
    meter: &Meter,
    send: impl AsyncFn() -> Result<A>,
    answered: impl AsyncFn(A) -> Result<()>,
) -> Result<()> {
    let mut waiting = VecDeque::with_capacity(WINDOW);
    while room(meter).await {
        if waiting.len() == WINDOW {
            answered(waiting.pop_front().context("no answer to wait for")?).await?;
        }
        waiting.push_back(send().await?);
    }
    for answer in waiting {
        answered(answer).await?;
    }
    Ok(())
}

/// Publishes one message each so often.
async fn trickle(meter: &Meter, wait: Duration, one: impl AsyncFn() -> Result<()>) -> Result<()> {
    let mut ticks = tokio::time::interval(wait);
    while !meter.is_over() && meter.may_publish(1) {
        ticks.tick().await;
        one().await?;
    }
    Ok(())
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
