//! The step `stranger`: a client in Python, written from `docs/protocol.md`, links with real hubs.

use super::Step;
use crate::test::Run;
use crate::{command, python};
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

pub(super) const STEP: Step = Step {
    name: "stranger",
    says: "a client in Python that knows only docs/protocol.md sends, receives, and is refused",
    tool: None,
    run,
};

/// The client.
const SCRIPT: &str = "crates/hub/tests/python/stranger.py";
/// Two hubs that are linked, an example of the library.
const HUBS: &str = "examples/pair";
const LIBRARIES: [&str; 2] = ["websockets==17.*", "cryptography==50.*"];

fn run(run: &mut Run) -> Result<()> {
    let mut client = python::with(&run.house.target.join("python-stranger"), &LIBRARIES)?;
    run.house.build()?;
    let hubs = Hubs::start(&run.house.binaries().join(HUBS))?;
    command::succeed(client.current_dir(&run.house.root).arg(SCRIPT).args(&hubs.addresses))
}

/// They stop when their input ends.
struct Hubs {
    child: Child,
    addresses: Vec<String>,
}

impl Hubs {
    fn start(program: &Path) -> Result<Hubs> {
        let mut command = Command::new(program);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = child.stdout.take().context("the hubs have no output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let addresses: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let hubs = Hubs { child, addresses };
        ensure!(hubs.addresses.len() == 2, "the hubs did not start");
        Ok(hubs)
    }
}

impl Drop for Hubs {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // They have ended, or will; nobody can be told if not.
        let _ = self.child.wait();
    }
}
