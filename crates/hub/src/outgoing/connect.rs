//! A connection to an address that was looked at.

use super::{CallError, Trust, first_that_answers, is_global};
use rustls::pki_types::ServerName;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// A connection, encrypted or not.
#[derive(Debug)]
pub enum Connected {
    /// As it is.
    Plain(TcpStream),
    /// By TLS; the certificate was checked.
    Secure(Box<TlsStream<TcpStream>>),
}

/// Connects to a host. Unless private addresses are allowed, every address of it has to be global: a name that leads to
/// both is a trap. `trust`: whose certificates count; none where nothing is encrypted.
pub async fn connect(
    host: &str,
    port: u16,
    trust: Option<&Trust>,
    allow_private: bool,
) -> Result<Connected, CallError> {
    let addresses = resolve(host, port).await?;
    if !allow_private && addresses.iter().any(|address| !is_global(address.ip())) {
        return Err(CallError::NotAllowed(format!("{host} leads to an address of a private network")));
    }
    let failed = |error: std::io::Error| CallError::Failed(format!("cannot connect to {host}: {error}"));
    // To what was looked at, not to the name: that may lead elsewhere a moment later.
    let stream = first_that_answers(&addresses, TcpStream::connect).await.map_err(failed)?;
    let _ = stream.set_nodelay(true);
    let Some(trust) = trust else { return Ok(Connected::Plain(stream)) };
    let name = ServerName::try_from(host.to_owned());
    let name = name.map_err(|_| CallError::NotAllowed(format!("{host} is no name of a host")))?;
    let stream = TlsConnector::from(trust.client()).connect(name, stream).await.map_err(failed)?;
    Ok(Connected::Secure(Box::new(stream)))
}

async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, CallError> {
    let found = lookup_host((host, port)).await;
    let found = found.map_err(|error| CallError::Failed(format!("{host} has no address: {error}")))?;
    let found: Vec<_> = found.collect();
    if found.is_empty() { Err(CallError::Failed(format!("{host} has no address"))) } else { Ok(found) }
}

impl AsyncRead for Connected {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Connected::Plain(stream) => Pin::new(stream).poll_read(context, buffer),
            Connected::Secure(stream) => Pin::new(stream).poll_read(context, buffer),
        }
    }
}

impl AsyncWrite for Connected {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        match self.get_mut() {
            Connected::Plain(stream) => Pin::new(stream).poll_write(context, bytes),
            Connected::Secure(stream) => Pin::new(stream).poll_write(context, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Connected::Plain(stream) => Pin::new(stream).poll_flush(context),
            Connected::Secure(stream) => Pin::new(stream).poll_flush(context),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        match self.get_mut() {
            Connected::Plain(stream) => Pin::new(stream).poll_shutdown(context),
            Connected::Secure(stream) => Pin::new(stream).poll_shutdown(context),
        }
    }
}
