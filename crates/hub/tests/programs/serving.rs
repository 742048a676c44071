//! A program that serves, and what is asked of it.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::time::Duration;

/// A test that would wait for ever fails instead.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) struct Serving {
    pub(crate) child: Child,
    pub(crate) port: u16,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    /// Where others dial it.
    pub(crate) fn url(&self) -> String {
        format!("ws://127.0.0.1:{}/hub", self.port)
    }

    fn request(&self, head: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // Without chunks: the answer ends with its connection.
        let (line, fields) = head.split_once("\r\n").unwrap_or((head, ""));
        let length = body.len();
        write!(
            stream,
            "{line} HTTP/1.0\r\nhost: localhost\r\ncontent-length: {length}\r\n{fields}\r\n{body}"
        )
        .unwrap();
        stream
    }

    /// Posts an event with this id; the answer.
    pub(crate) fn post(&self, token: &str, id: u32) -> Value {
        let head = format!(
            "POST /v1/messages\r\nauthorization: Bearer {token}\r\ncontent-type: application/cloudevents+json\r\n"
        );
        let event = format!(r#"{{"specversion":"1.0","id":"{id}","source":"/shop","type":"t","data":{id}}}"#);
        let mut answer = String::new();
        self.request(&head, &event).read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains(" 202 "), "{answer}");
        serde_json::from_str(body).unwrap()
    }

    /// Listens to events, behind one that was seen or from the oldest on.
    pub(crate) fn watch(&self, token: &str, seen: Option<&str>) -> Watching {
        let seen = seen.map_or(String::new(), |id| format!("last-event-id: {id}\r\n"));
        let head = format!("GET /v1/messages?from=oldest\r\nauthorization: Bearer {token}\r\n{seen}");
        Watching(BufReader::new(self.request(&head, "")))
    }

    /// How it stands, for programs.
    pub(crate) fn status(&self) -> Value {
        let mut answer = String::new();
        self.request("GET /status", "").read_to_string(&mut answer).unwrap();
        serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap()
    }

    /// The state of its one neighbour in words, once they begin like this.
    pub(crate) fn until_neighbour(&self, begins: &str) -> Value {
        loop {
            let neighbour = self.status()["neighbours"].get(0).cloned().unwrap_or_default();
            if neighbour["state"].as_str().is_some_and(|words| words.starts_with(begins)) {
                return neighbour;
            }
            std::thread::yield_now();
        }
    }

    /// As when the power fails.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// As a webmaster stops it.
    pub(crate) fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}

/// Server-sent events, as they come.
pub(crate) struct Watching(BufReader<TcpStream>);

impl Watching {
    /// The next event: its id in the stream, and what it says.
    pub(crate) fn next(&mut self) -> (String, Value) {
        let mut id = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream has ended");
            if let Some(text) = line.strip_prefix("id: ") {
                text.trim().clone_into(&mut id);
            }
            if let Some(text) = line.strip_prefix("data: ") {
                return (id, serde_json::from_str(text).unwrap());
            }
        }
    }
}
