//! Measures the release binaries from outside, and prints tables.

mod bids;
mod call;
mod command_line;
mod control;
mod hub;
mod keys;
mod load;
mod machine;
mod median;
mod network;
mod plain;
mod process;
mod site;
mod start;
mod table;
mod wrk;

use anyhow::Result;
use clap::Parser;
use command_line::{Benchmark, CommandLine};

/// As in the product: the allocator must not be the difference.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<()> {
    match CommandLine::parse().benchmark {
        Benchmark::Bids(asked) => bids::run(&asked),
        Benchmark::Start => start::run(),
        Benchmark::Hub(asked) => hub::run(&asked),
        Benchmark::Network(asked) => network::run(&asked),
        Benchmark::Plain => plain::serve(),
    }
}
