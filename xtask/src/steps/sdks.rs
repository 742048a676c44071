//! The step `sdks`: ordinary libraries of Python and Node talk to a real hub, and believe its webhooks.

use super::Step;
use crate::folder::Folder;
use crate::test::Run;
use crate::{command, node, python};
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub(super) const STEP: Step = Step {
    name: "sdks",
    says: "CloudEvents and Standard Webhooks, as libraries of Python and Node know them, pass a hub both ways",
    tool: None,
    run,
};

const PYTHON: &str = "crates/hub/tests/python/sdks.py";
const LIBRARIES: [&str; 2] = ["cloudevents==2.2.0", "standardwebhooks==1.1.0"];
/// Its libraries stand in the lock file there.
const NODE: &str = "crates/hub/tests/node";

fn run(run: &mut Run) -> Result<()> {
    let house = &run.house;
    let mut python = python::with(&house.target.join("python-sdks"), &LIBRARIES)?;
    let folder = house.root.join(NODE);
    node::install(&folder)?;
    house.build()?;
    let hub = Hub::start(house.binaries().join("anuko-hub"))?;
    command::succeed(python.current_dir(&house.root).arg(PYTHON).args(&hub.arguments))?;
    command::succeed(Command::new("node").current_dir(folder).arg("sdks.js").args(&hub.arguments))
}

/// A hub in a temporary folder, which delivers to this machine.
struct Hub {
    child: Child,
    /// Its address, the token of a sender, that of a listener.
    arguments: Vec<String>,
    _folder: Folder,
}

impl Hub {
    fn start(program: PathBuf) -> Result<Hub> {
        let folder = Folder::new("sdks")?;
        let command = |arguments: &[&str]| {
            let mut command = Command::new(&program);
            command.args(arguments).args(["--listen", "localhost:0"]).current_dir(folder.path());
            command.env("ANUKO_HUB_ALLOW_PRIVATE_ADDRESSES", "true").env("ANUKO_HUB_LOG_LEVEL", "error");
            command
        };
        let mut tokens = Vec::new();
        for name in ["sender", "listener"] {
            let made = command::output(&mut command(&["tokens", "create", "--name", name]))?;
            let made: Value = serde_json::from_str(&made)?;
            tokens.push(made["token"].as_str().context("a token was not made")?.to_owned());
        }
        let mut child = command(&[]).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("the hub has no output")?).read_line(&mut line)?;
        let address = line.trim().rsplit(' ').next().unwrap_or_default().to_owned();
        let arguments = std::iter::once(address).chain(tokens).collect();
        Ok(Hub { child, arguments, _folder: folder })
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // It keeps nothing that anybody wants.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
