//! A connection that posts, one request after the answer to the one before.

use super::event::Template;
use crate::load::answer;
use anyhow::{Context, Result, ensure};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A hub that does not answer for so long is broken.
const PATIENCE: Duration = Duration::from_secs(20);

/// Longer than the answer to a batch.
const ANSWER_BYTES_MOST: usize = 64 * 1024;

pub(super) struct Poster {
    stream: TcpStream,
    head: Vec<u8>,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Poster {
    /// Posts so many events together.
    pub(super) fn open(to: SocketAddr, token: &str, together: usize) -> Result<Poster> {
        let stream = TcpStream::connect(to)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (request, answer) = (Vec::new(), vec![0; ANSWER_BYTES_MOST]);
        Ok(Poster { stream, head: head(to, token, together), request, answer })
    }

    /// Posts; back when the hub has said that everything is on its disk.
    pub(super) fn post(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<()> {
        self.request.clear();
        self.request.extend_from_slice(&self.head);
        write(&mut self.request);
        self.stream.write_all(&self.request)?;
        let mut filled = 0;
        loop {
            let read = self.stream.read(&mut self.answer[filled..]).context("the hub did not answer")?;
            ensure!(read > 0, "the hub closed a connection");
            filled += read;
            let Some((status, end)) = answer::read(&self.answer[..filled])? else { continue };
            let said = String::from_utf8_lossy(&self.answer[..filled]);
            ensure!(status == 202 && end == filled, "the hub refused: {said}");
            return Ok(());
        }
    }
}

/// What comes before so many events in a request.
pub(super) fn head(to: SocketAddr, token: &str, together: usize) -> Vec<u8> {
    let (kind, around) = if together > 1 { ("-batch", 1 + together) } else { ("", 0) };
    let length = Template::bytes() * together + around;
    let head = format!(
        "POST /v1/messages HTTP/1.1\r\nHost: {to}\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/cloudevents{kind}+json\r\nContent-Length: {length}\r\n\r\n"
    );
    head.into_bytes()
}
