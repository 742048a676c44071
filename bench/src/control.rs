//! The socket in the data folder: one request a connection, one line of JSON each way.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;

/// Adds an account; gives its token.
pub(crate) fn add_user(folder: &Path, name: &str) -> Result<String> {
    let email = format!("{name}@bench.example");
    let request = json!({ "add_user": { "email": email, "name": name, "role": "user", "with_token": true } });
    let mut stream = UnixStream::connect(folder.join("control.sock"))?;
    stream.write_all(format!("{request}\n").as_bytes())?;
    let mut reply = String::new();
    BufReader::new(stream).read_line(&mut reply)?;
    let reply: Value = serde_json::from_str(&reply).context("the site gave no answer")?;
    match reply["done"]["token"].as_str() {
        Some(token) => Ok(token.to_owned()),
        None => bail!("{name} was not added: {reply}"),
    }
}
