//! The consumer: listens to the events of a hub.

use crate::hub::message::BYTES;
use crate::hub::meter::Meter;
use anyhow::{Context, Result, ensure};
use memchr::memmem::Finder;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

/// Events are read in pieces of so many bytes.
const PIECE: usize = 256 * 1024;

/// Tells the meter of every event from now on, in a thread that ends with its connection.
pub(super) fn watch(at: SocketAddr, token: &str, meter: Arc<Meter>) -> Result<()> {
    let mut stream = TcpStream::connect(at)?;
    // In HTTP/1.0 there are no chunks between the events.
    write!(
        stream,
        "GET /v1/messages?from=oldest HTTP/1.0\r\nHost: {at}\r\nAuthorization: Bearer {token}\r\n\r\n"
    )?;
    let mut stream = BufReader::with_capacity(PIECE, stream);
    let mut line = String::new();
    stream.read_line(&mut line)?;
    ensure!(line.contains(" 200 "), "the hub does not tell its events: {line}");
    std::thread::spawn(move || {
        // It ends with the hub; who waits for events sees that they do not come.
        let _ = read(stream, &meter);
    });
    Ok(())
}

fn read(mut stream: impl BufRead, meter: &Meter) -> Result<()> {
    let finder = Finder::new(br#""data":""#);
    let mut line = Vec::new();
    loop {
        line.clear();
        ensure!(stream.read_until(b'\n', &mut line)? > 0, "the stream has ended");
        if line.starts_with(b"data:") {
            let data = finder.find(&line).context("an event without data")? + finder.needle().len();
            meter.receive(line.get(data..data + BYTES).context("an event is too short")?);
        }
    }
}
