//! The step `stranger`: a client in Python, written from `docs/protocol.md`, links with real hubs.

use super::Step;
use crate::test::Run;
use crate::{command, packages};
use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
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
    let python = environment(&run.house.target.join("python-stranger"))?;
    run.house.build()?;
    let hubs = Hubs::start(&run.house.binaries().join(HUBS))?;
    let mut client = Command::new(python);
    // What Python would leave beside the sources is nobody's.
    client.env("PYTHONDONTWRITEBYTECODE", "1").current_dir(&run.house.root);
    command::succeed(client.arg(SCRIPT).args(&hubs.addresses))
}

/// A Python of its own with the libraries in it, made once.
fn environment(folder: &Path) -> Result<PathBuf> {
    let (python, made) = (folder.join("bin/python"), folder.join("made"));
    if !made.is_file() {
        packages::unless(packages::has_venv(), &["python3-venv"])?;
        command::succeed(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
        let mut pip = Command::new(&python);
        command::succeed(pip.args(["-m", "pip", "install", "--quiet"]).args(LIBRARIES))?;
        std::fs::write(made, LIBRARIES.join("\n"))?;
    }
    Ok(python)
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
