//! One kind of socket, whichever end of the link this is.

use axum::extract::ws::{Message as Accepted, WebSocket};
use bytes::Bytes;
use futures_util::future::ready;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use std::pin::Pin;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{Error, Message as Dialled};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// How long who is turned away may take to hear why.
pub(super) const LAST_WORD: Duration = Duration::from_secs(1);

/// What comes in.
#[derive(Debug)]
pub(super) enum Heard {
    Frame(Bytes),
    /// A ping or a pong.
    Life,
    /// More than a frame may have.
    TooLarge,
    /// A message that is not binary.
    Odd,
    /// The other side closed, or the connection broke.
    Gone,
}

/// What goes out.
#[derive(Debug)]
pub(super) enum Said {
    Frame(Bytes),
    Ping,
}

/// The connection broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Gone;

pub(super) type Incoming = Pin<Box<dyn Stream<Item = Heard> + Send>>;
pub(super) type Outgoing = Pin<Box<dyn Sink<Said, Error = Gone> + Send>>;

/// Both directions.
pub(super) struct Socket {
    pub(super) incoming: Incoming,
    pub(super) outgoing: Outgoing,
}

impl Socket {
    pub(super) fn accepted(socket: WebSocket) -> Socket {
        let (outgoing, incoming) = socket.split();
        let said = |said| {
            ready(Ok::<_, axum::Error>(match said {
                Said::Frame(bytes) => Accepted::Binary(bytes),
                Said::Ping => Accepted::Ping(Bytes::new()),
            }))
        };
        let incoming = incoming.map(|message| match message {
            Ok(Accepted::Binary(bytes)) => Heard::Frame(bytes),
            Ok(Accepted::Ping(_) | Accepted::Pong(_)) => Heard::Life,
            Ok(Accepted::Text(_)) => Heard::Odd,
            Ok(Accepted::Close(_)) => Heard::Gone,
            Err(error) => error.into_inner().downcast().map_or(Heard::Gone, |error| failed(&error)),
        });
        let outgoing = outgoing.with(said).sink_map_err(|_| Gone);
        Socket { incoming: Box::pin(incoming), outgoing: Box::pin(outgoing) }
    }

    pub(super) fn dialled(socket: WebSocketStream<MaybeTlsStream<TcpStream>>) -> Socket {
        let (outgoing, incoming) = socket.split();
        let said = |said| {
            ready(Ok::<_, Error>(match said {
                Said::Frame(bytes) => Dialled::Binary(bytes),
                Said::Ping => Dialled::Ping(Bytes::new()),
            }))
        };
        let incoming = incoming.map(|message| match message {
            Ok(Dialled::Binary(bytes)) => Heard::Frame(bytes),
            Ok(Dialled::Ping(_) | Dialled::Pong(_)) => Heard::Life,
            Ok(Dialled::Text(_) | Dialled::Frame(_)) => Heard::Odd,
            Ok(Dialled::Close(_)) => Heard::Gone,
            Err(error) => failed(&error),
        });
        let outgoing = outgoing.with(said).sink_map_err(|_| Gone);
        Socket { incoming: Box::pin(incoming), outgoing: Box::pin(outgoing) }
    }
}

/// Reads to the end, for a moment: a connection that is dropped with something unread takes with it what was just said.
pub(super) async fn drain(incoming: &mut Incoming) {
    let to_the_end =
        async { while !matches!(incoming.next().await, None | Some(Heard::Gone | Heard::TooLarge)) {} };
    // Who goes on talking has had his chance.
    let _ = tokio::time::timeout(LAST_WORD, to_the_end).await;
}

fn failed(error: &Error) -> Heard {
    if matches!(error, Error::Capacity(_)) { Heard::TooLarge } else { Heard::Gone }
}
