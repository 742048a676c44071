//! A server that is ended whatever becomes of us.
//!
//! It is started by a small shell in a process group of its own. When the pipe that we hold is closed, the shell ends the
//! whole group; the kernel closes the pipe for us even after `kill -9`, when no destructor runs.

use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const KEEPER: &str = r#"log=$1; shift; "$@" </dev/null >"$log" 2>&1 & echo $!; read -r _; kill -KILL 0"#;

/// A server that does not listen after so long does not start.
const PATIENCE: Duration = Duration::from_secs(60);

const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A server that runs for as long as the value lives.
pub(crate) struct Kept {
    keeper: Child,
    process: u32,
    log: PathBuf,
}

impl Kept {
    /// Starts a command whose words go into this file. Only program, arguments and environment of it count.
    pub(crate) fn start(command: &Command, log: &Path) -> Result<Kept> {
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(log).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => keeper.env(name, value),
                None => keeper.env_remove(name),
            };
        }
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::from(File::create(log)?));
        let mut keeper = keeper.process_group(0).spawn()?;
        let mut said = String::new();
        BufReader::new(keeper.stdout.take().context("no output")?).read_line(&mut said)?;
        let process = said.trim().parse().context("the keeper did not say what it keeps")?;
        Ok(Kept { keeper, process, log: log.to_owned() })
    }

    /// Waits until it listens there.
    pub(crate) fn listens(&self, at: SocketAddr) -> Result<()> {
        self.until(|| Ok(TcpStream::connect(at).is_ok()))
    }

    /// Waits until something is so. Fails with the last words of the server if it never is.
    pub(crate) fn until(&self, is_so: impl FnMut() -> Result<bool>) -> Result<()> {
        until(PATIENCE, is_so).with_context(|| {
            let log = std::fs::read_to_string(&self.log).unwrap_or_default();
            let lines: Vec<&str> = log.lines().collect();
            lines[lines.len().saturating_sub(10)..].join("\n")
        })
    }

    pub(crate) fn process(&self) -> u32 {
        self.process
    }

    /// The program is another process than the one that was started.
    pub(crate) fn is_process(&mut self, process: u32) {
        self.process = process;
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// Waits until something is so.
pub(crate) fn until(patience: Duration, mut is_so: impl FnMut() -> Result<bool>) -> Result<()> {
    let end = Instant::now() + patience;
    while !is_so()? {
        if Instant::now() > end {
            bail!("it was not ready after {patience:?}");
        }
        std::thread::sleep(LOOK_EVERY);
    }
    Ok(())
}

/// An address on this machine that nobody uses.
pub(crate) fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
