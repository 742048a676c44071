//! The load: connections that are kept, each with one request on its way, in one thread. As little as possible
//! happens here, because whoever asks shares the processors with whoever answers.

pub(crate) mod answer;
mod connection;
mod latency;
mod measured;
mod window;

pub(crate) use connection::Connection;
pub(crate) use latency::Latency;
pub(crate) use measured::Measured;

use crate::command_line::Span;
use anyhow::{Result, ensure};
use mio::{Events, Interest, Poll, Token};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use window::Window;

/// What is asked, and who wants to know the answers.
pub(crate) trait Errand {
    /// Writes the next request of a connection.
    fn write(&mut self, connection: usize, request: &mut Vec<u8>);

    /// The answer to the last request of a connection.
    fn answered(&mut self, connection: usize, status: u16);
}

/// A server under load.
pub(crate) struct Load {
    pub(crate) address: SocketAddr,
    pub(crate) process: u32,
    pub(crate) connections: usize,
}

impl Load {
    /// Asks until the span has passed and everything that was asked is answered.
    pub(crate) fn run(&self, errand: &mut dyn Errand, span: Span) -> Result<Measured> {
        let mut poll = Poll::new()?;
        let mut connections = self.connect(&poll)?;
        for (number, connection) in connections.iter_mut().enumerate() {
            connection.send(errand, number, Instant::now())?;
        }
        let mut window = Window::new(span, self.process);
        let mut events = Events::with_capacity(self.connections);
        let mut on_their_way = self.connections;
        while on_their_way > 0 {
            poll.poll(&mut events, Some(PATIENCE))?;
            ensure!(!events.is_empty(), "the server has not answered for {PATIENCE:?}");
            window.look(Instant::now())?;
            for event in &events {
                let number = event.token().0;
                let connection = &mut connections[number];
                let Some(status) = connection.receive()? else { continue };
                let now = Instant::now();
                window.count(status, now - connection.sent_at());
                errand.answered(number, status);
                if window.is_over() {
                    on_their_way -= 1;
                } else {
                    connection.send(errand, number, now)?;
                }
            }
        }
        window.measured()
    }

    fn connect(&self, poll: &Poll) -> Result<Vec<Connection>> {
        let open = |number| {
            let mut connection = Connection::open(self.address)?;
            poll.registry().register(connection.stream(), Token(number), Interest::READABLE)?;
            Ok(connection)
        };
        (0..self.connections).map(open).collect()
    }
}

/// A server that is silent for so long is broken.
const PATIENCE: Duration = Duration::from_secs(10);
