//! How soon the site answers, and what it costs while nobody asks.

use crate::call::call;
use crate::machine;
use crate::median::Median;
use crate::process::memory_kib;
use crate::site::{Server, Settings, binary, folder};
use crate::table::Table;
use anyhow::{Result, ensure};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How often it is started.
const STARTS: usize = 20;

/// How long it rests before its memory is read.
const REST: Duration = Duration::from_secs(5);

/// Measures and prints a table.
pub(crate) fn run() -> Result<()> {
    let binary = binary()?;
    let here = folder(None)?;
    machine::print(here.path())?;
    println!("{}\n", machine::said(binary.as_os_str().to_str().unwrap_or_default(), &["--version".as_ref()]));

    let fresh: Result<Vec<f64>> = (0..STARTS).map(|_| Ok(start(folder(None)?)?.1)).collect();
    let again: Result<Vec<f64>> = (0..STARTS).map(|_| again()).collect();
    let (server, _) = start(here)?;
    std::thread::sleep(REST);
    let mib = |name| Ok::<f64, anyhow::Error>(memory_kib(server.process(), name)? as f64 / 1024.0);
    let bytes = std::fs::metadata(binary)?.len() as f64;

    let mut table = Table::new(["what", "measured", "limit"]);
    let row = |what: &str, measured: String, limit: &str| [what.to_owned(), measured, limit.to_owned()];
    table.row(row("start in an empty folder until /healthz answers, ms", Median::of(fresh?).show(1), "300"));
    table.row(row("start in a folder that is there, ms", Median::of(again?).show(1), "300"));
    table.row(row("memory after 5 s of rest (VmRSS), MiB", format!("{:.1}", mib("VmRSS")?), "40"));
    table.row(row("of that its own (RssAnon), MiB", format!("{:.1}", mib("RssAnon")?), ""));
    table.row(row("binary, MiB", format!("{:.1}", bytes / 1024.0 / 1024.0), "40"));
    table.print();
    Ok(())
}

/// Starts the site as it comes; gives it with the milliseconds until it says that it is well.
fn start(folder: TempDir) -> Result<(Server, f64)> {
    let begun = Instant::now();
    let server = Server::site(folder, &Settings { load: false, workers: 0, network: String::new() })?;
    let (status, _) = call(server.address, "GET /healthz", None, "")?;
    ensure!(status == 200, "the site is not well: {status}");
    Ok((server, begun.elapsed().as_secs_f64() * 1000.0))
}

/// Starts it where it has been killed before.
fn again() -> Result<f64> {
    let (server, _) = start(folder(None)?)?;
    Ok(start(server.leave()?)?.1)
}
