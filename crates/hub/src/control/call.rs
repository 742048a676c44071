//! Asks a hub to do something: the running one, or the folder itself.

use super::{Reply, Request, SOCKET, answer};
use crate::hub_folder;
use crate::serve::opened;
use crate::settings::Settings;
use anyhow::{Context, Result};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;

/// Has a request answered.
pub async fn call(settings: &Settings, request: Request) -> Result<Value> {
    hub_folder::make(&settings.data)?;
    let Some(_lock) = hub_folder::hold(&settings.data)? else {
        return ask_the_running_one(settings, &request);
    };
    // Nobody is dialled for a command.
    let settings = Settings { upstreams: Vec::new(), ..settings.clone() };
    let hub = opened(&settings).await?;
    let result = answer(&hub.door, request).await;
    hub.close().await;
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
    let reply: Reply = serde_json::from_str(&reply).context("the running hub gave no answer")?;
    reply.result()
}
