//! Somebody at a terminal: every question is a `curl` of its own.

use super::client::{Answer, read_head};
use serde_json::Value;
use std::process::Command;

/// The port of the site, and the key that goes with every question.
pub struct Curl {
    port: u16,
    key: Option<String>,
}

impl Curl {
    /// A stranger.
    pub fn new(port: u16) -> Curl {
        Curl { port, key: None }
    }

    /// Somebody with a key.
    pub fn with_key(port: u16, key: &str) -> Curl {
        Curl { key: Some(key.to_owned()), ..Curl::new(port) }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(path, &[])
    }

    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask(path, &["--header", "Content-Type: application/json", "--data", &body.to_string()])
    }

    fn ask(&self, path: &str, more: &[&str]) -> Answer {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--include", "--max-time", "30"]).args(more);
        if let Some(key) = &self.key {
            curl.args(["--header", &format!("Authorization: Bearer {key}")]);
        }
        let said = curl.arg(format!("http://localhost:{}{path}", self.port)).output().expect("curl is there");
        assert!(said.status.success(), "{path}: {}", String::from_utf8_lossy(&said.stderr));
        let mut rest = said.stdout.as_slice();
        let (status, headers) = read_head(&mut rest).expect("an answer has a head");
        Answer { status, headers, body: rest.to_owned() }
    }
}
