//! Asks a site to do something: the running one, or the folder itself.

use super::{Reply, Request, SOCKET, answer};
use crate::settings::{Database, Settings};
use crate::site_folder;
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;

/// Has a request answered.
pub async fn call(settings: &Settings, request: Request) -> Result<Value> {
    site_folder::make(settings)?;
    let embedded = matches!(settings.database, Database::Embedded);
    // On PostgreSQL this is just another process.
    let lock = if embedded { site_folder::hold(&settings.data)? } else { None };
    if embedded && lock.is_none() {
        return ask_the_running_one(settings, &request);
    }
    let journal = site_folder::open(settings)?;
    let market = site_folder::market(settings, journal.clone());
    let result = answer(&market, request).await;
    tokio::task::spawn_blocking(move || journal.close()).await?;
    result
}

fn ask_the_running_one(settings: &Settings, request: &Request) -> Result<Value> {
    let path = settings.data.join(SOCKET);
    let mut stream = UnixStream::connect(&path)
        .with_context(|| format!("another process holds {} and does not answer", settings.data.display()))?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    stream.write_all(&line)?;
    let mut reply = String::new();
    BufReader::new(stream).read_line(&mut reply)?;
    let reply: Reply = serde_json::from_str(&reply).context("the running site gave no answer")?;
    reply.result()
}
