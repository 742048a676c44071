//! Somebody who watches an auction: server-sent events, over a chunked answer.

use super::client::{line, read_head};
use serde_json::Value;
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A stream of events.
pub struct Events {
    wire: BufReader<TcpStream>,
    text: String,
}

impl Events {
    /// Begins to watch.
    pub fn watch(port: u16, auction: i64, last_seen: Option<&str>) -> Events {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let seen = last_seen.map_or_else(String::new, |id| format!("last-event-id: {id}\r\n"));
        let path = format!("/api/v1/auctions/{auction}/events");
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\n{seen}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut wire = BufReader::new(stream);
        let (status, headers) = read_head(&mut wire).unwrap();
        assert_eq!(status, 200);
        assert!(headers.contains(&("content-type".to_owned(), "text/event-stream".to_owned())));
        Events { wire, text: String::new() }
    }

    /// Id and data of the next event; `None` when the stream has ended.
    pub fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name));
                // What is only a comment keeps the stream open and says nothing.
                if let (Some(id), Some(data)) = (field("id: "), field("data: ")) {
                    assert_eq!(field("event: "), Some("auction"));
                    return Some((id.to_owned(), serde_json::from_str(data).unwrap()));
                }
                continue;
            }
            let chunk = self.chunk()?;
            self.text += &chunk;
        }
    }

    fn chunk(&mut self) -> Option<String> {
        let size = usize::from_str_radix(&line(&mut self.wire).ok()?, 16).unwrap();
        let mut chunk = vec![0; size + 2];
        self.wire.read_exact(&mut chunk).ok()?;
        chunk.truncate(size);
        (size > 0).then(|| String::from_utf8(chunk).unwrap())
    }
}
