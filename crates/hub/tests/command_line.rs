//! What a webmaster types, with the real program.

#![allow(clippy::unwrap_used, missing_docs)]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A folder in which the program is run.
struct Place(TempDir);

impl Place {
    fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anuko-hub"));
        command
            .args(arguments)
            .args(["--listen", "localhost:0"])
            .current_dir(self.0.path())
            .env_remove("ANUKO_HUB_CONFIG");
        command
    }

    /// What is printed, or why nothing was done.
    fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        if output.status.success() {
            Ok(text(output.stdout))
        } else {
            Err(text(output.stderr) + &text(output.stdout))
        }
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.run(arguments).unwrap()).unwrap()
    }

    fn serve(&self) -> Serving {
        let mut child =
            self.command(&["serve"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().rsplit(':').next().unwrap().parse().unwrap_or_else(|_| panic!("{line:?}"));
        Serving { child, port }
    }
}

struct Serving {
    child: Child,
    port: u16,
}

impl Serving {
    /// The answer to a request, as it is on the wire.
    fn ask(&self, request: &str, token: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        write!(stream, "{request} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {token}\r\nconnection: close\r\ncontent-type: application/cloudevents+json\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn stop(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        assert!(self.child.wait().unwrap().success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const EVENT: &str = r#"{"specversion":"1.0","id":"1","source":"/shop","type":"t","data":7}"#;

#[test]
fn tokens_are_kept_while_the_hub_runs_and_while_it_does_not() {
    let place = Place::new();
    let first = place.json(&["tokens", "create", "--name", "first"]);
    let hub = place.serve();
    let second = place.json(&["tokens", "create", "--name", "second"]);
    for made in [&first, &second] {
        let answer = hub.ask("POST /v1/messages", made["token"].as_str().unwrap(), EVENT);
        assert!(
            answer.starts_with("HTTP/1.1 202") && answer.contains(made["key"].as_str().unwrap()),
            "{answer}"
        );
    }
    place.run(&["tokens", "revoke", &second["id"].to_string()]).unwrap();
    assert!(hub.ask("GET /v1/identity", second["token"].as_str().unwrap(), "").starts_with("HTTP/1.1 401"));
    let listed = place.run(&["tokens", "list"]).unwrap();
    assert!(!listed.contains(first["token"].as_str().unwrap()), "a list shows no tokens");
    assert!(place.run(&["tokens", "revoke", "9"]).unwrap_err().contains("there is no token 9"));
    assert_eq!(place.json(&["tokens", "export", "1"])["key"], first["key"]);
    hub.stop();
    assert!(!place.0.path().join("hub-data/control.sock").exists());
}

#[test]
fn a_folder_belongs_to_one_process_and_to_nobody_else() {
    let place = Place::new();
    let hub = place.serve();
    assert!(place.run(&["serve"]).unwrap_err().contains("another process serves from"));
    let mode =
        |name: &str| std::fs::metadata(place.0.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("hub-data"), mode("hub-data/control.sock")), (0o700, 0o600));
    assert_eq!((mode("hub-data/hub.sqlite"), mode("hub-data/hub.key")), (0o600, 0o600));
    assert!(hub.ask("GET /healthz", "", "").ends_with("ok\n"));
    let envelope = {
        let made = place.json(&["tokens", "create", "--name", "x"]);
        let answer = hub.ask("POST /v1/messages", made["token"].as_str().unwrap(), EVENT);
        let receipt: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
        let key = receipt["key"].as_str().unwrap();
        place.json(&["inspect", key, &receipt["epoch"].to_string(), &receipt["number"].to_string()])
    };
    assert_eq!(
        (&envelope["signature"], &envelope["messages"][0]["event"]["data"]),
        (&"right".into(), &7.into())
    );
    assert_eq!(place.json(&["neighbours", "list"]), Value::Array(Vec::new()));
    let nobody = envelope["key"].as_str().unwrap();
    assert!(place.run(&["neighbours", "approve", nobody]).unwrap_err().contains("there is no neighbour"));
    assert!(place.run(&["trim", "--before", "yesterday"]).unwrap_err().contains("is no time"));
}

#[test]
fn a_key_is_made_once() {
    let place = Place::new();
    let key = place.run(&["keygen"]).unwrap();
    assert_eq!(key.trim().len(), 64);
    assert_eq!(place.run(&["keygen"]).unwrap(), key);
    assert!(place.run(&["doctor"]).unwrap().contains(&format!("ok     key: {}", key.trim())));
}

#[test]
fn settings_are_checked_before_anything_is_opened() {
    let place = Place::new();
    assert!(place.run(&["check-config"]).unwrap().contains("right"));
    std::fs::write(place.0.path().join("anuko-hub.toml"), "nam = \"x\"\n").unwrap();
    for command in ["check-config", "serve", "doctor"] {
        assert!(place.run(&[command]).unwrap_err().contains("did you mean `name`?"));
    }
    assert!(!place.0.path().join("hub-data").exists(), "what is wrong makes no folder");
}

#[test]
fn the_doctor_says_what_is_wrong() {
    let place = Place::new();
    std::fs::write(
        place.0.path().join("anuko-hub.toml"),
        "upstreams = [\"ws://127.0.0.1:1/hub\"]\n[tls]\ncertificate = \"no.pem\"\nkey = \"no.pem\"\n",
    )
    .unwrap();
    let found = place.run(&["doctor"]).unwrap_err();
    for words in [
        "WRONG  tls: no.pem cannot be used",
        "WRONG  upstream: ws://127.0.0.1:1/hub",
        "ok     disk",
        "look   upstreams",
    ] {
        assert!(found.contains(words), "{words:?} is not in:\n{found}");
    }
}
