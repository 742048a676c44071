//! A PostgreSQL of our own: in a temporary folder, on a free port, gone afterwards whatever happens.
//!
//! The server is started by a small shell, the keeper, in a process group of its own. It ends the
//! server when the pipe that we hold is closed, and the kernel closes that for us even after Ctrl-C
//! or `kill -9`, when no destructor runs.

use crate::folder::Folder;
use crate::{command, packages};
use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Where tests look for the database.
pub(crate) const VARIABLE: &str = "ANUKO_TEST_POSTGRES";

/// A database for the tests: one that was given, or our own.
pub(crate) struct Postgres {
    url: String,
    _server: Option<Server>,
}

impl Postgres {
    /// Takes the one that the environment names; else starts one.
    pub(crate) fn ready() -> Result<Postgres> {
        if let Ok(url) = std::env::var(VARIABLE) {
            return Ok(Postgres { url, _server: None });
        }
        let server = Server::start()?;
        let url = format!("postgres://postgres@127.0.0.1:{}/postgres", server.port);
        println!("PostgreSQL is up: {url}");
        Ok(Postgres { url, _server: Some(server) })
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

/// Starts one for whoever wants to run tests by hand.
pub(crate) fn lend() -> Result<()> {
    let postgres = Postgres::ready()?;
    println!("export {VARIABLE}={}\nPress Enter to end it.", postgres.url());
    std::io::stdin().read_line(&mut String::new())?;
    Ok(())
}

struct Server {
    keeper: Child,
    port: u16,
    // Dropped after the keeper has ended; usually the keeper has removed it by then.
    _folder: Folder,
}

impl Server {
    fn start() -> Result<Server> {
        packages::unless(programs().is_some(), &["postgresql"])?;
        let programs = programs().context("initdb was not found")?;
        let folder = Folder::new("postgres")?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let keeper = keeper(&programs, folder.path(), port)?;
        let mut server = Server { keeper, port, _folder: folder };
        server.wait(&programs.join("pg_isready"))?;
        Ok(server)
    }

    fn wait(&mut self, pg_isready: &Path) -> Result<()> {
        for _ in 0..300 {
            let mut question = Command::new(pg_isready);
            question.args(["-q", "-h", "127.0.0.1", "-p", &self.port.to_string()]);
            if question.status()?.success() {
                return Ok(());
            }
            if let Some(status) = self.keeper.try_wait()? {
                bail!("PostgreSQL did not start: {status}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL did not answer within 30 s");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// PostgreSQL refuses root, so root lends the folder to the user that Debian made for it.
fn keeper(programs: &Path, folder: &Path, port: u16) -> Result<Child> {
    let mut keeper = if command::is_root() {
        command::succeed(Command::new("chown").arg("postgres").arg(folder))?;
        let mut runuser = Command::new("runuser");
        runuser.args(["-u", "postgres", "--", "sh"]);
        runuser
    } else {
        Command::new("sh")
    };
    keeper
        .args(["-c", include_str!("keep-postgres.sh"), "keep-postgres"])
        .args([programs, folder])
        .arg(port.to_string())
        .current_dir(folder)
        .stdin(Stdio::piped())
        .process_group(0);
    keeper.spawn().context("start PostgreSQL")
}

/// The folder of the newest installed version. Debian keeps the server's programs off the PATH.
fn programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut folders: Vec<PathBuf> = debian.flatten().map(|version| version.path().join("bin")).collect();
    folders.sort_by_key(|folder| version(folder));
    folders.reverse();
    folders.extend(std::env::split_paths(&std::env::var_os("PATH")?));
    folders.into_iter().find(|folder| folder.join("initdb").is_file())
}

fn version(folder: &Path) -> u32 {
    let name = folder.parent().and_then(Path::file_name);
    name.and_then(|name| name.to_str()?.parse().ok()).unwrap_or(0)
}
