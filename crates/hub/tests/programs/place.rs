//! A folder in which the program is run.

use crate::serving::Serving;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anuko-hub"));
        command.args(arguments).args(["--listen", "localhost:0"]).current_dir(self.0.path());
        command.env_remove("ANUKO_HUB_CONFIG");
        command
    }

    /// What a command prints, or why nothing was done.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Value, String> {
        let output = self.command(arguments).output().unwrap();
        if output.status.success() {
            Ok(serde_json::from_slice(&output.stdout).unwrap())
        } else {
            Err(String::from_utf8(output.stderr).unwrap())
        }
    }

    /// A token for an application.
    pub(crate) fn token(&self) -> String {
        let made = self.run(&["tokens", "create", "--name", "shop"]).unwrap();
        made["token"].as_str().unwrap().to_owned()
    }

    /// The program, once it says that it is open.
    pub(crate) fn serve(&self, flags: &[&str]) -> Serving {
        let mut child = self.command(flags).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap_or_else(|_| panic!("{line:?}"));
        Serving { child, port }
    }
}
