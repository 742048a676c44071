//! A temporary folder with a settings file, in which the real program runs.

use super::Site;
use serde_json::Value;
use site::control::{Request, call};
use site::settings::{Overrides, Settings};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder of its own for one site.
pub struct Place {
    folder: TempDir,
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub good: bool,
    pub out: String,
    pub err: String,
}

/// No limits: a test is one address that asks very often.
const LIMITS: &str = "
[limits]
requests_per_second_per_address = 0
bids_per_second_per_person = 0
sign_in_attempts_per_minute = 0
[log]
level = \"info\"
";

impl Place {
    /// Short auctions and no limits. `settings` are lines of the settings file, the table `mail` last.
    pub fn new(settings: &str) -> Place {
        let place = Place { folder: tempfile::tempdir().unwrap() };
        let data = place.path("data");
        let head = format!("listen = [\"localhost:0\"]\ndata = {data:?}\nallow_short_auctions = true\n");
        place.settle(&format!("{head}{settings}\n{LIMITS}"));
        place
    }

    /// Writes the settings file anew.
    pub fn settle(&self, settings: &str) {
        std::fs::write(self.path("anuko-auction.toml"), settings).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The file of the database.
    pub fn database(&self) -> PathBuf {
        self.path("data").join("site.sqlite")
    }

    /// The program with these arguments, in this folder, and with nothing of the environment that could change it.
    pub fn command(&self, program: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("ANUKO_AUCTION_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(Site::program(), arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { good: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Opens the site.
    pub fn open(&self) -> Site {
        Site::open(self.command(Site::program(), &["serve"]), &self.path("log"))
    }

    /// Adds somebody, who gets a token with all scopes. The site may run or not.
    pub fn person(&self, name: &str, role: &str) -> String {
        let email = format!("{}@example.org", name.to_lowercase());
        let (name, role) = (name.to_owned(), role.to_owned());
        let added = self.ask(Request::AddUser { email, name, role, with_token: true });
        added["token"].as_str().unwrap().to_owned()
    }

    /// What the command line does, without a process of its own each time.
    fn ask(&self, request: Request) -> Value {
        let file = self.path("anuko-auction.toml");
        let settings = Settings::load(&Overrides::default(), [].into_iter(), Some(&file)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(call(&settings, request)).unwrap()
    }
}

impl Said {
    /// What it printed, if all went well.
    pub fn good(self) -> String {
        assert!(self.good, "{}{}", self.out, self.err);
        self.out
    }

    /// What it complained of, if it did.
    pub fn bad(self) -> String {
        assert!(!self.good, "{}", self.out);
        self.err
    }
}
