//! Chores of this workspace. `cargo xtask test` runs everything that CI runs, and installs what that needs.
//!
//! - `arguments`: what was asked for
//! - `test`: runs the steps, times them, sums up
//! - `steps/`: one file for each check; its table is the order in which they run
//! - `packages`, `tools`, `postgres`, `python`, `node`: what the steps need from outside
//! - `house`, `command`, `sources`, `folder`, `stopwatch`: where things are, and how they are called
//!
//! Nothing here is part of the product, and no product crate may depend on it.

#![allow(clippy::print_stdout, reason = "a chore talks to whoever runs it")]

mod arguments;
mod audit;
mod bench;
mod command;
mod folder;
mod house;
mod node;
mod packages;
mod postgres;
mod python;
mod sources;
mod steps;
mod stopwatch;
mod test;
mod tools;

use arguments::Chore;
use house::House;

use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without the stack: what failed is a step, not these chores.
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let chore = arguments::parse(std::env::args().skip(1))?;
    let house = House::find()?;
    match chore {
        Chore::Help => println!("{}", arguments::HELP),
        Chore::List => steps::list(),
        Chore::Test(wish) => test::test(house, &wish)?,
        Chore::Generate => steps::documents::generate(&house)?,
        Chore::Postgres => postgres::lend()?,
        Chore::Bench(arguments) => bench::bench(&house, &arguments)?,
        Chore::Audit => audit::audit(&house)?,
    }
    Ok(())
}
