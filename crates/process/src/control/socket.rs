//! The socket in the data folder: one request a connection, one line each way.

use super::{Reply, SOCKET};
use anyhow::{Context, Result};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};

/// An open socket; it goes with the process.
#[derive(Debug)]
pub struct Socket {
    listener: UnixListener,
    path: PathBuf,
}

/// Where nobody can be heard, it is tried again after this.
const BREATHER: Duration = Duration::from_millis(50);

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
    pub async fn answer<R, F, A>(self, answer: A)
    where
        R: DeserializeOwned + Send,
        F: Future<Output = Result<Value>> + Send,
        A: Fn(R) -> F + Clone + Send + Sync + 'static,
    {
        loop {
            let stream = match self.listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // The system may have no free file for a while.
                    tracing::warn!(%error, "a command through the socket was not heard: {error}");
                    tokio::time::sleep(BREATHER).await;
                    continue;
                }
            };
            let answer = answer.clone();
            tokio::spawn(async move {
                if let Err(error) = converse(stream, answer).await {
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

async fn converse<R, F>(stream: UnixStream, answer: impl Fn(R) -> F) -> Result<()>
where
    R: DeserializeOwned,
    F: Future<Output = Result<Value>>,
{
    let mut stream = BufReader::new(stream);
    let mut line = String::new();
    (&mut stream).take(REQUEST_MOST).read_line(&mut line).await?;
    let request = serde_json::from_str(&line).context("unreadable request")?;
    let reply = Reply::of(answer(request).await);
    let mut text = serde_json::to_vec(&reply)?;
    text.push(b'\n');
    stream.write_all(&text).await?;
    Ok(stream.shutdown().await?)
}
