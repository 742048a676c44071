//! A program that serves, and what is asked of it.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command};
use std::sync::mpsc;
use std::time::Duration;

/// A test that would wait for ever fails instead.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(5);

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

    /// Its one neighbour, once its state in words begins like this.
    pub(crate) fn until_neighbour(&self, begins: &str) -> Value {
        let status = self.until(|status| {
            let words = status["neighbours"][0]["state"].as_str();
            words.is_some_and(|words| words.starts_with(begins))
        });
        status["neighbours"][0].clone()
    }

    /// How it stands, once it is so.
    pub(crate) fn until(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        until(|| Some(self.status()).filter(&is_so))
    }

    /// A counter of `/metrics`.
    pub(crate) fn counter(&self, name: &str) -> u64 {
        let mut page = String::new();
        self.request("GET /metrics", "").read_to_string(&mut page).unwrap();
        let value = |line: &str| line.strip_prefix(name)?.trim().parse().ok();
        page.lines().find_map(value).unwrap_or_else(|| panic!("{name} is not in:\n{page}"))
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

/// Asks every now and then until there is an answer: whoever is waited for needs the processor, too.
pub(crate) fn until<T>(ask: impl Fn() -> Option<T>) -> T {
    // Nobody sends; what is used is how long it waits for somebody.
    let (_sender, timer) = mpsc::channel::<()>();
    for _ in 0..PATIENCE.as_millis() / LOOK_EVERY.as_millis() {
        if let Some(answer) = ask() {
            return answer;
        }
        let _ = timer.recv_timeout(LOOK_EVERY);
    }
    panic!("it never came to be so");
}

/// Server-sent events, as they come.
pub(crate) struct Watching(BufReader<TcpStream>);

impl Watching {
    /// Nothing is said for so long.
    pub(crate) fn is_quiet_for(&mut self, seconds: u64) {
        self.0.get_ref().set_read_timeout(Some(Duration::from_secs(seconds))).unwrap();
        let mut line = String::new();
        while let Ok(length) = self.0.read_line(&mut line) {
            // The empty line behind an event, and no more.
            assert!(length > 0 && line.trim().is_empty(), "{line:?}");
        }
        self.0.get_ref().set_read_timeout(Some(PATIENCE)).unwrap();
    }

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
