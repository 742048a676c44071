//! The socket in the data folder: one request a connection, one line each way.

use super::{Reply, Request, SOCKET, answer};
use crate::applications::Door;
use anyhow::{Context, Result};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};

/// An open socket; it goes with the hub.
#[derive(Debug)]
pub struct Socket {
    listener: UnixListener,
    path: PathBuf,
}

/// A request longer than this is none.
const REQUEST_MOST: u64 = 64 * 1024;

impl Socket {
    /// Opens the socket, for nobody but the owner of the folder. Whoever calls holds the folder, so a socket that
    /// is there belongs to nobody.
    pub fn open(folder: &Path) -> Result<Socket> {
        let path = folder.join(SOCKET);
        let _ = std::fs::remove_file(&path);
        let listener =
            UnixListener::bind(&path).with_context(|| format!("cannot open {}", path.display()))?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        Ok(Socket { listener, path })
    }

    /// Answers whoever comes.
    pub async fn answer(self, door: Arc<Door>) {
        while let Ok((stream, _)) = self.listener.accept().await {
            let door = door.clone();
            tokio::spawn(async move {
                if let Err(error) = converse(stream, &door).await {
                    tracing::warn!(%error, "a command through the socket was cut short: {error}");
                }
            });
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

async fn converse(stream: UnixStream, door: &Door) -> Result<()> {
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    (&mut stream).take(REQUEST_MOST).read_line(&mut line).await?;
    let request: Request = serde_json::from_str(&line).context("unreadable request")?;
    let reply = Reply::of(answer(door, request).await);
    let mut text = serde_json::to_vec(&reply)?;
    text.push(b'\n');
    stream.write_all(&text).await?;
    Ok(stream.shutdown().await?)
}
