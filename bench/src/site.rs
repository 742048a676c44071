//! A server that runs for as long as the value lives.

mod places;
mod settings;

pub(crate) use places::{binary, folder, release, root};
pub(crate) use settings::Settings;

use anyhow::{Context, Result};
use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use tempfile::TempDir;

/// A process of our own that serves HTTP. It is killed when this goes.
pub(crate) struct Server {
    child: Child,
    /// Kept open: the server may have more to say.
    said: BufReader<ChildStdout>,
    pub(crate) address: SocketAddr,
    /// Goes after the process that writes into it.
    folder: Option<TempDir>,
}

impl Server {
    /// The site, in a throw-away folder.
    pub(crate) fn site(folder: TempDir, settings: &Settings) -> Result<Server> {
        let mut command = Command::new(binary()?);
        command.arg("--data").arg(folder.path()).arg("--config").arg(settings.write(folder.path())?);
        // Settings of whoever measures must not count.
        for (name, _) in
            env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ANUKO_AUCTION"))
        {
            command.env_remove(name);
        }
        let log = folder.path().join("log");
        command.stderr(File::create(&log)?);
        let server = Server::start(command, Some(folder));
        server.with_context(|| std::fs::read_to_string(&log).unwrap_or_default())
    }

    /// The ten-line server: this program again.
    pub(crate) fn plain() -> Result<Server> {
        let mut command = Command::new(env::current_exe()?);
        command.arg("plain");
        Server::start(command, None)
    }

    /// Waits for the line that says where it is open.
    fn start(mut command: Command, folder: Option<TempDir>) -> Result<Server> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let said = BufReader::new(child.stdout.take().context("no output")?);
        let nowhere = SocketAddr::from(([127, 0, 0, 1], 0));
        // From here on the process goes with the value.
        let mut server = Server { child, said, address: nowhere, folder };
        let lines = server.said.by_ref().lines();
        let found = lines.map_while(Result::ok).find_map(|line| address(&line));
        server.address = found.context("the server did not say where it is open")?;
        Ok(server)
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Stops the process and leaves its folder to somebody else.
    pub(crate) fn leave(mut self) -> Result<TempDir> {
        self.child.kill()?;
        self.child.wait()?;
        self.folder.take().context("it has no folder")
    }

    /// The folder of its data.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(TempDir::path)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// "… is open at http://127.0.0.1:1234"
fn address(line: &str) -> Option<SocketAddr> {
    let (_, url) = line.split_once("is open at http://")?;
    url.trim_end_matches('/').replace("localhost", "127.0.0.1").parse().ok()
}
