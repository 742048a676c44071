//! `wrk`, the yardstick of our own client: the same requests, made by a script.

use crate::bids::{Fair, trivial_path};
use crate::command_line::Bids;
use crate::load::Measured;
use crate::process::{busy, cpu, cpu_of_finished_children};
use anyhow::{Context, Result, ensure};
use std::process::Command;

const SCRIPT: &str = include_str!("wrk/bid.lua");

/// Runs it against the trivial handler; `None` where it is not installed. What it says of latencies is no finer
/// than ours, and its answers are all 201, or it complains.
pub(crate) fn run(fair: &Fair, asked: &Bids) -> Result<Option<Measured>> {
    if version().is_empty() {
        return Ok(None);
    }
    let folder = fair.server.folder().context("a site has a folder")?;
    let (script, list) = (folder.join("bid.lua"), folder.join("tokens"));
    std::fs::write(&script, SCRIPT)?;
    std::fs::write(&list, fair.tokens.join("\n"))?;
    let once = |seconds: u64| {
        let mut wrk = Command::new("wrk");
        wrk.args(["-t2", "--latency", &format!("-c{}", asked.connections), &format!("-d{seconds}s"), "-s"]);
        wrk.arg(&script)
            .arg(format!("http://{}{}", fair.server.address, trivial_path()))
            .arg("--")
            .arg(&list);
        said(wrk)
    };
    once(asked.warm_up.max(1))?;
    let server = fair.server.process();
    let before = (cpu_of_finished_children()?, cpu(server)?, busy()?);
    let said = once(asked.seconds)?;
    let client = cpu_of_finished_children()?.since(before.0);
    let server = cpu(server)?.since(before.1);
    let busy = busy()? - before.2 - client.total() - server.total();
    let seconds = asked.seconds as f64;
    let cores = std::thread::available_parallelism()?.get() as f64;
    let (p50, p99) = (milliseconds(&said, "50%")?, milliseconds(&said, "99%")?);
    let per_second: f64 = behind(&said, "Requests/sec:")?.parse()?;
    let accepted = (per_second * seconds) as u64;
    let others = (busy / seconds / cores).max(0.0);
    Ok(Some(Measured { seconds, accepted, refused: 0, failed: 0, p50, p99, client, server, others }))
}

fn said(mut wrk: Command) -> Result<String> {
    let output = wrk.output()?;
    ensure!(output.status.success(), "wrk: {}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(!said.contains("Non-2xx"), "wrk was refused: {said}");
    Ok(said)
}

/// The word behind another one at the beginning of a line.
fn behind<'a>(said: &'a str, word: &str) -> Result<&'a str> {
    let rest = said.lines().find_map(|line| line.trim().strip_prefix(word));
    rest.map(str::trim).with_context(|| format!("wrk said nothing about {word}"))
}

/// "750.00us", "1.64ms" or "1.20s".
fn milliseconds(said: &str, word: &str) -> Result<f64> {
    let text = behind(said, word)?;
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let number: f64 = text[..text.len() - unit.len()].parse()?;
    Ok(match unit {
        "us" => number / 1000.0,
        "ms" => number,
        _ => number * 1000.0,
    })
}

/// Its version, or nothing.
pub(crate) fn version() -> String {
    // It prints its version as part of a complaint.
    let output = Command::new("wrk").arg("-v").output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    said.split(" Copyright").next().unwrap_or_default().to_owned()
}
