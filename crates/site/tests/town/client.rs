//! A program that speaks HTTP with the site: one connection that is kept, one question after the other.

use serde_json::Value;
use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Nobody waits longer than this for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection, and the key that goes with every question.
pub struct Client {
    port: u16,
    key: Option<String>,
    wire: Option<BufReader<TcpStream>>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    /// A stranger.
    pub fn new(port: u16) -> Client {
        Client { port, key: None, wire: None }
    }

    /// Somebody with a key.
    pub fn with_key(port: u16, key: &str) -> Client {
        Client { key: Some(key.to_owned()), ..Client::new(port) }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.ask("GET", path, None, None).unwrap()
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, None, Some(body)).unwrap()
    }

    /// A command under an id of one's own.
    pub fn post_once(&mut self, path: &str, id: &str, body: &Value) -> Answer {
        self.ask("POST", path, Some(id), Some(body)).unwrap()
    }

    /// Asks, and waits for the answer. After an error the connection is gone, and nobody knows what was done.
    pub fn ask(
        &mut self,
        method: &str,
        path: &str,
        id: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Answer> {
        let key = self.key.clone();
        let sent = self.send(method, path, key.as_deref(), id, body);
        sent.and_then(|()| self.receive())
    }

    /// Asks, without waiting.
    pub fn send(
        &mut self,
        method: &str,
        path: &str,
        key: Option<&str>,
        id: Option<&str>,
        body: Option<&Value>,
    ) -> Result<()> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost:{}\r\n", self.port);
        if let Some(key) = key {
            head += &format!("authorization: Bearer {key}\r\n");
        }
        if let Some(id) = id {
            head += &format!("idempotency-key: {id}\r\n");
        }
        head += &format!("content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        self.wire()?.get_mut().write_all(head.as_bytes())
    }

    /// Waits for the answer to the question that was sent.
    pub fn receive(&mut self) -> Result<Answer> {
        let answer = read(self.wire()?);
        if answer.is_err() {
            self.wire = None;
        }
        answer
    }

    fn wire(&mut self) -> Result<&mut BufReader<TcpStream>> {
        if self.wire.is_none() {
            let stream = TcpStream::connect(("127.0.0.1", self.port))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            self.wire = Some(BufReader::new(stream));
        }
        self.wire.as_mut().ok_or_else(|| Error::from(ErrorKind::NotConnected))
    }
}

/// Reads the head of an answer: status and headers.
pub(super) fn read_head(wire: &mut impl BufRead) -> Result<(u16, Vec<(String, String)>)> {
    let first = line(wire)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.ok_or_else(|| Error::new(ErrorKind::InvalidData, first))?;
    let mut headers = Vec::new();
    loop {
        let line = line(wire)?;
        let Some((name, value)) = line.split_once(':') else { return Ok((status, headers)) };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// A line without its end. Where the connection ends, nothing was answered.
pub(super) fn line(wire: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    match wire.read_line(&mut line)? {
        0 => Err(ErrorKind::UnexpectedEof.into()),
        _ => Ok(line.trim_end().to_owned()),
    }
}

fn read(wire: &mut BufReader<TcpStream>) -> Result<Answer> {
    let (status, headers) = read_head(wire)?;
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(Ok(0), |(_, text)| text.parse());
    let mut body = vec![0; length.map_err(|_| Error::from(ErrorKind::InvalidData))?];
    wire.read_exact(&mut body)?;
    Ok(Answer { status, headers, body })
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The body as JSON, if the answer is as expected.
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        if self.body.is_empty() { Value::Null } else { self.json() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The stable code of a refusal.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }
}
