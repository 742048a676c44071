//! What was measured on.

use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Prints date, processor, kernel, and the file system of a folder.
pub(crate) fn print(folder: &Path) -> Result<()> {
    let model = field("/proc/cpuinfo", "model name");
    let cores = std::thread::available_parallelism()?;
    let memory = field("/proc/meminfo", "MemTotal");
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    let disk = said("df", &["--output=fstype,source".as_ref(), folder.as_ref()]);
    let disk = disk.lines().last().unwrap_or("unknown").split_whitespace().collect::<Vec<_>>().join(" on ");
    ensure!(!disk.starts_with("tmpfs"), "{} is memory: choose a --folder on a disk", folder.display());
    println!("{}", said("date", &["-u".as_ref(), "+%F %R UTC".as_ref()]));
    println!("{model}, {cores} cores, {memory}, Linux {}, {disk}", kernel.trim());
    Ok(())
}

/// What a program prints; nothing if it is not there.
pub(crate) fn said(program: &str, arguments: &[&std::ffi::OsStr]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn field(file: &str, name: &str) -> String {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once(':')).map_or("unknown", |(_, value)| value.trim()).to_owned()
}
