//! What the kernel says about a process.

use anyhow::{Context, Result};
use std::fs;

/// Processor time, in seconds.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cpu {
    pub(crate) user: f64,
    pub(crate) kernel: f64,
}

impl Cpu {
    /// What was used since an earlier look.
    pub(crate) fn since(self, before: Cpu) -> Cpu {
        Cpu { user: self.user - before.user, kernel: self.kernel - before.kernel }
    }

    pub(crate) fn total(self) -> f64 {
        self.user + self.kernel
    }
}

/// The kernel counts in hundredths of a second here, whatever its own ticks are.
const TICK_SECONDS: f64 = 0.01;

/// The time that a process has used so far.
pub(crate) fn cpu(process: u32) -> Result<Cpu> {
    times(&process.to_string(), 11)
}

/// The time that the finished children of this process had used.
pub(crate) fn cpu_of_finished_children() -> Result<Cpu> {
    times("self", 13)
}

/// Two numbers of `/proc/…/stat`, of those behind the name, which may hold spaces.
fn times(process: &str, place: usize) -> Result<Cpu> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let (_, behind_name) = stat.rsplit_once(')').context("unreadable stat")?;
    let fields: Vec<&str> = behind_name.split_whitespace().collect();
    let ticks = |field: usize| -> Result<f64> { Ok(fields.get(field).context("short stat")?.parse()?) };
    Ok(Cpu { user: ticks(place)? * TICK_SECONDS, kernel: ticks(place + 1)? * TICK_SECONDS })
}

/// The time that all processors were busy, all processes and interrupts together.
pub(crate) fn busy() -> Result<f64> {
    let stat = fs::read_to_string("/proc/stat")?;
    let line = stat.lines().next().context("empty stat")?;
    let ticks: Vec<f64> = line.split_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    // user nice system idle iowait irq softirq steal
    let busy = [0, 1, 2, 5, 6, 7].iter().filter_map(|field| ticks.get(*field)).sum::<f64>();
    Ok(busy * TICK_SECONDS)
}

/// A line of `/proc/…/status` in KiB, such as `VmRSS`.
pub(crate) fn memory_kib(process: u32, name: &str) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = line.and_then(|line| line.split_whitespace().next()).context("no such line")?;
    Ok(number.parse()?)
}
