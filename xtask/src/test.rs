//! `cargo xtask test`: the steps one after the other, timed, with a summary that ends in cargo's own words.

use crate::arguments::Wish;
use crate::house::House;
use crate::steps::{self, Step};
use crate::stopwatch::Stopwatch;
use crate::tools::Tools;
use anyhow::{Result, bail};
use std::time::Duration;

/// What the steps share while they run.
pub(crate) struct Run {
    pub(crate) house: House,
    pub(crate) tools: Tools,
    /// Lines of cargo's test run, repeated at the very end.
    pub(crate) results: Vec<String>,
}

/// Runs the steps that were asked for.
pub(crate) fn test(house: House, wish: &Wish) -> Result<()> {
    let steps = steps::chosen(&wish.only)?;
    let wanted: Vec<&str> = steps.iter().filter_map(|step| step.tool).collect();
    let tools = Tools::fetch(&house, &wanted)?;
    let mut run = Run { house, tools, results: Vec::new() };
    let mut timings = Vec::new();
    for step in &steps {
        let timing = perform(step, &mut run);
        let stop = timing.failed && !wish.keep_going;
        timings.push(timing);
        if stop {
            break;
        }
    }
    sum_up(&steps, &timings, &run.results)
}

struct Timing {
    name: &'static str,
    took: Duration,
    failed: bool,
}

fn perform(step: &Step, run: &mut Run) -> Timing {
    println!("\n== {}: {}", step.name, step.says);
    let stopwatch = Stopwatch::start();
    let outcome = (step.run)(run);
    if let Err(error) = &outcome {
        println!("FAILED: {error:#}");
        println!("alone: cargo xtask test --only {}", step.name);
    }
    Timing { name: step.name, took: stopwatch.read(), failed: outcome.is_err() }
}

fn sum_up(steps: &[&Step], timings: &[Timing], results: &[String]) -> Result<()> {
    println!("\n== summary");
    for timing in timings {
        let verdict = if timing.failed { "FAILED" } else { "ok" };
        println!("{:14}{:8.1} s  {verdict}", timing.name, timing.took.as_secs_f64());
    }
    for step in &steps[timings.len()..] {
        println!("{:14}  not run", step.name);
    }
    let total: Duration = timings.iter().map(|timing| timing.took).sum();
    println!("{:14}{:8.1} s", "total", total.as_secs_f64());
    for line in results {
        println!("{line}");
    }
    let failed: Vec<_> = timings.iter().filter(|timing| timing.failed).collect();
    if failed.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = failed.iter().map(|timing| timing.name).collect();
    bail!("failed: {0}; alone: cargo xtask test --only {0}", names.join(","))
}
