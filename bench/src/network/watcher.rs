//! Somebody who watches: notes when each number of offers was first shown.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

pub(super) struct Watcher {
    events: Receiver<(usize, Instant)>,
    /// When so many offers were first shown: of one offer at place 0.
    shown: Vec<Instant>,
}

impl Watcher {
    pub(super) fn open(site: SocketAddr, auction: i64) -> Result<Watcher> {
        let mut stream = TcpStream::connect(site)?;
        // In HTTP/1.0 there are no chunks between the events.
        write!(stream, "GET /api/v1/auctions/{auction}/events HTTP/1.0\r\nHost: bench\r\n\r\n")?;
        let mut stream = BufReader::new(stream);
        let mut line = String::new();
        stream.read_line(&mut line)?;
        ensure!(line.contains(" 200 "), "the site does not tell its events: {line}");
        let (sender, events) = channel();
        std::thread::spawn(move || {
            // It ends with the site; who waits sees that nothing comes.
            let _ = read(stream, &sender);
        });
        Ok(Watcher { events, shown: Vec::new() })
    }

    /// When each number of offers was shown, once so many are.
    pub(super) fn until(&mut self, offers: usize, patience: Duration) -> Result<&[Instant]> {
        while self.shown.len() < offers {
            let Ok((now, at)) = self.events.recv_timeout(patience) else {
                bail!("{} of {offers} bids were shown", self.shown.len());
            };
            // An event may tell of several at once.
            self.shown.resize(now.max(self.shown.len()), at);
        }
        Ok(&self.shown)
    }
}

fn read(mut stream: impl BufRead, events: &Sender<(usize, Instant)>) -> Result<()> {
    let mut line = String::new();
    loop {
        line.clear();
        ensure!(stream.read_line(&mut line)? > 0, "the stream has ended");
        let at = Instant::now();
        if let Some(data) = line.strip_prefix("data:") {
            let offers = serde_json::from_str::<Value>(data)?["offers"].as_u64().context("no offers")?;
            events.send((offers as usize, at))?;
        }
    }
}
