//! The other end of a link, frame by frame: what a stranger can try.

use crate::scene::{Served, bytes};
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use hub::{Auth, Clock, Frame, Hello, Reason, SUB_PROTOCOL, SecretKey, Side, SystemClock, prove};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::{ClientRequestBuilder, Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A socket to a hub.
pub(crate) struct Raw {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub(crate) host: String,
    key: SecretKey,
    pub(crate) own: Hello,
}

pub(crate) fn hello(key: &SecretKey, side: Side, nonce: u8) -> Hello {
    Hello {
        key: key.public(),
        nonce: [nonce; 32],
        side,
        clock: SystemClock.now(),
        retention: 1,
        envelope_most: 256 * 1024,
        window_envelopes: 100,
        window_bytes: 1_000_000,
        name: "raw".to_owned(),
        address: String::new(),
        software: String::new(),
    }
}

impl Raw {
    pub(crate) async fn dial(served: &Served, key: &SecretKey) -> Result<Raw, Error> {
        let host = served.address.to_string();
        let uri = format!("ws://{host}/hub").parse().unwrap();
        let request = ClientRequestBuilder::new(uri).with_sub_protocol(SUB_PROTOCOL);
        let (socket, _) = connect_async(request).await?;
        Ok(Raw { socket, host, key: key.clone(), own: hello(key, Side::Dialler, 7) })
    }

    /// Dials, and proves this key.
    pub(crate) async fn link(served: &Served, key: &SecretKey) -> Raw {
        let mut raw = Raw::dial(served, key).await.unwrap();
        let auth = raw.auth(&raw.host.clone()).await;
        raw.say(&Frame::Auth(auth)).await;
        assert!(matches!(raw.hear().await, Some(Frame::Auth(_))));
        raw
    }

    /// Says HELLO, and gives the right proof under this name.
    pub(crate) async fn auth(&mut self, host: &str) -> Auth {
        self.say(&Frame::Hello(self.own.clone())).await;
        let Some(Frame::Hello(peer)) = self.hear().await else { panic!("HELLO comes first") };
        prove(&self.key, &self.own, &peer, host)
    }

    pub(crate) async fn say(&mut self, frame: &Frame) {
        self.say_bytes(bytes(frame)).await;
    }

    pub(crate) async fn say_bytes(&mut self, bytes: Bytes) {
        // Who has closed does not hear it.
        let _ = self.socket.send(Message::Binary(bytes)).await;
    }

    /// The next frame; none when the hub has closed.
    pub(crate) async fn hear(&mut self) -> Option<Frame> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(bytes))) => return Some(Frame::read(&bytes).unwrap()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return None,
            }
        }
    }

    /// Why the hub says BYE, whatever it says before; the socket is closed then.
    pub(crate) async fn reason(&mut self) -> Option<Reason> {
        let mut reason = None;
        while let Some(frame) = self.hear().await {
            assert_eq!(reason, None, "nothing comes after BYE");
            if let Frame::Bye(bye) = frame {
                reason = Some(bye.reason);
            }
        }
        reason
    }
}
