//! What can be typed behind `cargo xtask bench`.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use std::time::Duration;

/// Benchmarks of the release binary.
#[derive(Parser)]
#[command(name = "cargo xtask bench")]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) benchmark: Benchmark,
}

#[derive(Subcommand)]
pub(crate) enum Benchmark {
    /// Durable bids a second over HTTP, as a share of what the same stack does with a trivial handler
    Bids(Bids),
    /// Start-up time, idle memory, size of the binary
    Start,
    /// Messages a second through two hubs, beside NATS, RabbitMQ and Mosquitto
    Hub(Hub),
    /// From a bid at one site to the page of somebody who watches at another, over three hops
    Network(Network),
    /// A ten-line server to compare with; `bids` starts it by itself
    #[command(hide = true)]
    Plain,
}

#[derive(Args)]
pub(crate) struct Bids {
    /// How often everything is measured
    #[arg(long, default_value_t = 5)]
    pub(crate) rounds: usize,
    /// The seconds that count of each measurement
    #[arg(long, default_value_t = 10)]
    pub(crate) seconds: u64,
    /// The seconds before them that do not
    #[arg(long, default_value_t = 3)]
    pub(crate) warm_up: u64,
    /// Connections, each with one request on its way
    #[arg(long, default_value_t = 256)]
    pub(crate) connections: usize,
    /// The threads that serve requests, as the setting of that name; 0 for one on each processor
    #[arg(long, default_value_t = 0)]
    pub(crate) workers: usize,
    /// Only these, in this order: trivial, spread, one, plain, wrk
    #[arg(long, value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Where the throw-away database lies; a real disk
    #[arg(long)]
    pub(crate) folder: Option<PathBuf>,
}

impl Bids {
    pub(crate) fn span(&self) -> Span {
        Span { warm_up: Duration::from_secs(self.warm_up), counted: Duration::from_secs(self.seconds) }
    }
}

#[derive(Args)]
pub(crate) struct Hub {
    /// How often everything is measured
    #[arg(long, default_value_t = 5)]
    pub(crate) rounds: usize,
    /// The seconds that count of each measurement
    #[arg(long, default_value_t = 5)]
    pub(crate) seconds: u64,
    /// The seconds before them that do not
    #[arg(long, default_value_t = 1)]
    pub(crate) warm_up: u64,
    /// Only these, in this order: one, many, nats, nats-always, rabbitmq, mosquitto, memory
    #[arg(long, value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Where the throw-away folders lie; a real disk
    #[arg(long)]
    pub(crate) folder: Option<PathBuf>,
}

impl Hub {
    pub(crate) fn span(&self) -> Span {
        Span { warm_up: Duration::from_secs(self.warm_up), counted: Duration::from_secs(self.seconds) }
    }
}

#[derive(Args)]
pub(crate) struct Network {
    /// How many bids count
    #[arg(long, default_value_t = 1000)]
    pub(crate) samples: u32,
    /// How many are made in a second
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: u32,
}

/// How long a measurement takes.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) warm_up: Duration,
    pub(crate) counted: Duration,
}
