//! A connection with one request on its way.

use super::{Errand, answer};
use anyhow::{Context, Result, ensure};
use mio::net::TcpStream;
use std::io::{ErrorKind, Read, Write};
use std::net::SocketAddr;
use std::time::Instant;

pub(crate) struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    received: Box<[u8; ANSWER_BYTES_MOST]>,
    filled: usize,
    sent_at: Instant,
}

/// Receipts and problems are much shorter.
const ANSWER_BYTES_MOST: usize = 4096;

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Result<Connection> {
        let stream = std::net::TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_nonblocking(true)?;
        let stream = TcpStream::from_std(stream);
        let received = Box::new([0; ANSWER_BYTES_MOST]);
        Ok(Connection { stream, request: Vec::new(), received, filled: 0, sent_at: Instant::now() })
    }

    pub(crate) fn stream(&mut self) -> &mut TcpStream {
        &mut self.stream
    }

    pub(crate) fn sent_at(&self) -> Instant {
        self.sent_at
    }

    /// Sends the next request. Nothing else is on its way, so there is room for it.
    pub(crate) fn send(&mut self, errand: &mut dyn Errand, number: usize, now: Instant) -> Result<()> {
        errand.write(number, &mut self.request);
        let sent = self.stream.write(&self.request)?;
        ensure!(sent == self.request.len(), "a request was cut");
        self.sent_at = now;
        Ok(())
    }

    /// Reads what has arrived; the status when the answer is complete. One read is enough: the poll tells again
    /// when more arrives.
    pub(crate) fn receive(&mut self) -> Result<Option<u16>> {
        let read = match self.stream.read(&mut self.received[self.filled..]) {
            Ok(0) => None.context("the server closed a connection")?,
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        self.filled += read;
        ensure!(self.filled < ANSWER_BYTES_MOST, "an answer is too long");
        let Some((status, end)) = answer::read(&self.received[..self.filled])? else { return Ok(None) };
        ensure!(end == self.filled, "more was answered than asked");
        self.filled = 0;
        Ok(Some(status))
    }
}
