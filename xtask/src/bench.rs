//! `cargo xtask bench NAME`: a load driver of `bench/` against a release binary.

use crate::command;
use crate::house::House;
use anyhow::{Result, ensure};

/// Builds what is measured, then runs the driver with the words that follow.
pub(crate) fn bench(house: &House, arguments: &[String]) -> Result<()> {
    ensure!(!arguments.is_empty(), "which benchmark? `cargo xtask bench NAME`");
    ensure!(house.root.join("bench/Cargo.toml").is_file(), "there is no bench/ here");
    let measured = if arguments[0] == "hub" { "hub" } else { "site" };
    command::succeed(&mut house.cargo(["build", "--release", "--bins", "-p", measured]))?;
    let mut driver = house.cargo(["run", "--release", "--manifest-path", "bench/Cargo.toml", "--"]);
    command::succeed(driver.args(arguments))
}
