//! Dialling: resolve, refuse what may not be dialled, connect to the address that was checked. Redirects are not followed.

use super::socket::Socket;
use super::url::HubUrl;
use crate::frame::{FRAME_MOST, SUB_PROTOCOL};
use crate::outgoing::{Trust, first_that_answers, is_global, is_private};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::ClientRequestBuilder;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{Connector as Tls, client_async_tls_with_config};

/// From the look-up of the name to the end of the WebSocket's own handshake.
const PATIENCE: Duration = Duration::from_secs(15);

/// Who gave the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The webmaster, who may dial what he wants.
    Settings,
    /// A neighbour, who may not lead this hub into its own network.
    Neighbour,
}

/// Why nobody was reached.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotReached {
    #[error("the name is not known: {0}")]
    NoSuchName(io::Error),
    #[error("plain ws:// is for this machine and private networks; this address is neither")]
    PlainText,
    #[error("a neighbour gave an address that is not of the Internet at large")]
    NotGlobal,
    #[error("no connection: {0}")]
    NoConnection(io::Error),
    #[error("no WebSocket there: {0}")]
    NoWebSocket(Box<tokio_tungstenite::tungstenite::Error>),
    #[error("nobody answered in time")]
    Late,
}

/// The one dialler.
pub(crate) struct Connector {
    trust: Trust,
    allow_private_addresses: bool,
}

impl Connector {
    /// `allow_private_addresses`: neighbours are trusted to name addresses in this hub's own network.
    pub(crate) fn new(
        allow_private_addresses: bool,
        extra_roots: &[Vec<u8>],
    ) -> Result<Connector, rustls::Error> {
        Ok(Connector { trust: Trust::beside_browsers(extra_roots)?, allow_private_addresses })
    }

    /// Connects, up to the point where frames can be sent.
    pub(super) async fn dial(&self, url: &HubUrl, source: Source) -> Result<Socket, NotReached> {
        let dialling = async {
            let addresses = self.allowed(url, source).await?;
            let stream =
                first_that_answers(&addresses, TcpStream::connect).await.map_err(NotReached::NoConnection)?;
            self.upgrade(url, stream).await
        };
        tokio::time::timeout(PATIENCE, dialling).await.unwrap_or(Err(NotReached::Late))
    }

    async fn allowed(&self, url: &HubUrl, source: Source) -> Result<Vec<SocketAddr>, NotReached> {
        let found = tokio::net::lookup_host((url.name.as_str(), url.port)).await;
        let mut addresses: Vec<SocketAddr> = found.map_err(NotReached::NoSuchName)?.collect();
        if !url.is_secure {
            addresses.retain(|address| is_private(address.ip()));
            if addresses.is_empty() {
                return Err(NotReached::PlainText);
            }
        }
        if source == Source::Neighbour && !self.allow_private_addresses {
            addresses.retain(|address| is_global(address.ip()));
            if addresses.is_empty() {
                return Err(NotReached::NotGlobal);
            }
        }
        Ok(addresses)
    }

    async fn upgrade(&self, url: &HubUrl, stream: TcpStream) -> Result<Socket, NotReached> {
        // Whole batches are written at once; waiting for more would only delay them.
        stream.set_nodelay(true).map_err(NotReached::NoConnection)?;
        let request = ClientRequestBuilder::new(url.uri.clone()).with_sub_protocol(SUB_PROTOCOL);
        let config =
            WebSocketConfig::default().max_message_size(Some(FRAME_MOST)).max_frame_size(Some(FRAME_MOST));
        let tls = Tls::Rustls(self.trust.client());
        let dialled = client_async_tls_with_config(request, stream, Some(config), Some(tls)).await;
        let (socket, _) = dialled.map_err(|error| NotReached::NoWebSocket(Box::new(error)))?;
        Ok(Socket::dialled(socket))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn refused(url: &str, source: Source, allow: bool) -> Option<NotReached> {
        let connector = Connector::new(allow, &[]).unwrap();
        connector.allowed(&url.parse().unwrap(), source).await.err()
    }

    #[tokio::test]
    async fn plain_text_goes_no_further_than_a_private_network() {
        assert!(refused("ws://127.0.0.1", Source::Settings, false).await.is_none());
        let public = refused("ws://1.1.1.1", Source::Settings, true).await;
        assert!(matches!(public, Some(NotReached::PlainText)), "{public:?}");
    }

    #[tokio::test]
    async fn a_neighbour_cannot_lead_into_the_own_network() {
        for inside in
            ["wss://127.0.0.1", "wss://10.0.0.1", "wss://[::1]", "wss://169.254.169.254", "ws://localhost"]
        {
            let refusal = refused(inside, Source::Neighbour, false).await;
            assert!(matches!(refusal, Some(NotReached::NotGlobal)), "{inside}: {refusal:?}");
            assert!(refused(inside, Source::Neighbour, true).await.is_none(), "{inside}");
        }
        assert!(refused("wss://1.1.1.1", Source::Neighbour, false).await.is_none());
    }
}
