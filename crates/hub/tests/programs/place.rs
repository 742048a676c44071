//! A folder in which the program is run.

use crate::serving::Serving;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tempfile::TempDir;

pub(crate) struct Place(TempDir);

impl Place {
    pub(crate) fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    /// Writes the file of settings.
    pub(crate) fn set(&self, settings: &str) {
        std::fs::write(self.0.path().join("anuko-hub.toml"), settings).unwrap();
    }

    /// A file in the folder, with this in it.
    pub(crate) fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The key of the hub.
    pub(crate) fn key(&self) -> String {
        let output = self.command(&["keygen"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// All limits and times of the settings, as the program itself has them.
    fn limits(&self, flags: &[&str]) -> String {
        let printed = self.command(&[flags, &["print-config"]].concat()).output().unwrap();
        let printed = String::from_utf8(printed.stdout).unwrap();
        let is_limit = |line: &&str| {
            let name = line.split(" = ").next().unwrap_or_default();
            ["_second", "_minute", "_day", "_seconds", "_burst", "enforce", "neighbours", "origins"]
                .iter()
                .any(|part| name.contains(part))
                && line.contains(" = ")
        };
        let limits: Vec<&str> = printed.lines().filter(is_limit).collect();
        limits.join(", ")
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
        println!("limits: {}", self.limits(flags));
        let mut child = self.command(flags).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap_or_else(|_| panic!("{line:?}"));
        Serving { child, port }
    }
}
