//! Somebody who bids: one connection, one bid after the other.

use anyhow::{Context, Result, ensure};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

/// So much more than the bid before it is each bid, in whole euro: above every step, so that all are accepted.
const RISE: u32 = 150;

pub(super) struct Bidder {
    stream: BufReader<TcpStream>,
    path: String,
    /// Two people in turn.
    people: [String; 2],
}

impl Bidder {
    pub(super) fn open(site: SocketAddr, auction: i64, people: [String; 2]) -> Result<Bidder> {
        let stream = TcpStream::connect(site)?;
        stream.set_nodelay(true)?;
        let path = format!("/api/v1/auctions/{auction}/bids");
        Ok(Bidder { stream: BufReader::new(stream), path, people })
    }

    /// Bids, and reads the answer.
    pub(super) fn bid(&mut self, turn: u32) -> Result<()> {
        let (person, amount) = (&self.people[turn as usize % 2], RISE * (turn + 1));
        let body = format!(r#"{{"amount":"{amount}.00","currency":"EUR","version":1}}"#);
        let (path, length) = (&self.path, body.len());
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {person}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let (status, length) = self.head()?;
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        ensure!(status == 202, "{status} {}", String::from_utf8_lossy(&body));
        Ok(())
    }

    /// The status and the bytes of the body.
    fn head(&mut self) -> Result<(u16, usize)> {
        let mut first = String::new();
        self.stream.read_line(&mut first)?;
        let status = first.split(' ').nth(1).context("no status")?.parse()?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { return Ok((status, length)) };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse()?;
            }
        }
    }
}
