//! What a hub keeps in its memory of the messages that it has seen.

use super::chain::{Chain, Pace};
use super::measure::while_published;
use super::ours::Hubs;
use crate::process::memory_kib;
use anyhow::Result;
use std::path::Path;
use std::time::Duration;

/// After so many messages everything that is needed for work is there.
const FIRST: u64 = 50_000;

/// So many are seen between the two looks.
const MORE: u64 = 1_000_000;

/// It rests before it is looked at.
const REST: Duration = Duration::from_secs(3);

/// Hub B, in MiB.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) messages: u64,
    pub(crate) envelopes: u64,
    pub(crate) resident: f64,
    pub(crate) own: f64,
}

/// Looks at hub B of a new pair: idle, warm, and after a million messages more.
pub(crate) fn measure(folder: &Path) -> Result<[Look; 3]> {
    let hubs = Hubs::open(folder)?;
    let idle = look(&hubs)?;
    see(&hubs, FIRST)?;
    let warm = look(&hubs)?;
    eprintln!("memory: a million messages");
    see(&hubs, FIRST + MORE)?;
    let after = look(&hubs)?;
    Ok([idle, warm, after])
}

/// Publishes until so many messages have come in all.
fn see(hubs: &Hubs, messages: u64) -> Result<()> {
    while_published(hubs, Pace::One, || {
        while hubs.meter().received() < messages {
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    })
}

fn look(hubs: &Hubs) -> Result<Look> {
    std::thread::sleep(REST);
    let process = hubs.servers()[1].process();
    let mib = |name| Ok::<f64, anyhow::Error>(memory_kib(process, name)? as f64 / 1024.0);
    let (messages, envelopes) = (hubs.meter().received(), hubs.envelopes()?);
    Ok(Look { messages, envelopes, resident: mib("VmRSS")?, own: mib("RssAnon")? })
}
