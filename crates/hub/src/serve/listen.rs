//! Listening: sockets, connections, and a patient end.

use super::tls::certificate;
use crate::applications::problem::Problem;
use crate::settings::Settings;
use anyhow::{Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Who needs longer to send the head of a request, or to agree on encryption, does not mean well.
const HEAD_WITHIN: Duration = Duration::from_secs(20);

/// Where the system has no free file for another connection, it is tried again after this.
const BREATHER: Duration = Duration::from_millis(50);

/// Open sockets, and what serves them.
pub(super) struct Listeners {
    sockets: Vec<TcpListener>,
    tls: Option<TlsAcceptor>,
    tasks: Vec<JoinHandle<JoinSet<()>>>,
    stop: watch::Sender<bool>,
    address: String,
}

impl Listeners {
    /// Opens all addresses of the settings.
    pub(super) fn bind(settings: &Settings) -> Result<Listeners> {
        let sockets = process::listen::bind(&settings.listen)?;
        let Some(first) = sockets.first() else { bail!("there is no address to listen on") };
        let tls = certificate(&settings.tls)?;
        let address = shown(settings, first.local_addr()?, tls.is_some());
        Ok(Listeners { sockets, tls, tasks: Vec::new(), stop: watch::channel(false).0, address })
    }

    /// Where people find the pages of the hub.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Serves all sockets.
    pub(super) fn serve(mut self, router: Router) -> Listeners {
        for socket in self.sockets.drain(..) {
            let (router, tls, stop) = (router.clone(), self.tls.clone(), self.stop.subscribe());
            self.tasks.push(tokio::spawn(accept(socket, router, tls, stop)));
        }
        self
    }

    /// Takes no more connections and lets requests finish, for as long as `patience` lasts.
    pub(super) async fn finish(self, patience: Duration) {
        self.stop.send_replace(true);
        for task in self.tasks {
            let Ok(mut connections) = task.await else { continue };
            let ended = async { while connections.join_next().await.is_some() {} };
            if timeout(patience, ended).await.is_err() {
                tracing::warn!("some requests did not finish and were cut");
            }
        }
    }
}

fn shown(settings: &Settings, first: SocketAddr, is_secure: bool) -> String {
    if !settings.address.is_empty() {
        return settings.address.page("");
    }
    let scheme = if is_secure { "https" } else { "http" };
    if first.ip().is_loopback() {
        return format!("{scheme}://localhost:{}", first.port());
    }
    format!("{scheme}://{first}")
}

/// Whether the listeners are being closed.
type Stop = watch::Receiver<bool>;

async fn accept(socket: TcpListener, router: Router, tls: Option<TlsAcceptor>, stop: Stop) -> JoinSet<()> {
    let mut connections = JoinSet::new();
    let socket = socket.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(socket));
    let Ok(socket) = socket.inspect_err(|error| tracing::error!(%error, "cannot listen: {error}")) else {
        return connections;
    };
    let mut stopped = stop.clone();
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            // Those that have ended need not be remembered.
            Some(_) = connections.join_next() => continue,
            _ = stopped.wait_for(|stop| *stop) => return connections,
        };
        match accepted {
            Ok((stream, address)) => {
                let (router, tls, stop) = (router.clone(), tls.clone(), stop.clone());
                connections.spawn(encrypted_or_not(stream, address, router, tls, stop));
            }
            Err(error) => {
                tracing::debug!(%error, "a connection was not accepted: {error}");
                sleep(BREATHER).await;
            }
        }
    }
}

async fn encrypted_or_not(
    stream: TcpStream,
    address: SocketAddr,
    router: Router,
    tls: Option<TlsAcceptor>,
    stop: Stop,
) {
    // Answers are small and wait for nothing.
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else { return serve_one(stream, address, router, stop).await };
    match timeout(HEAD_WITHIN, tls.accept(stream)).await {
        Ok(Ok(stream)) => serve_one(stream, address, router, stop).await,
        Ok(Err(error)) => tracing::debug!(%error, "no encryption was agreed on: {error}"),
        Err(_) => {}
    }
}

async fn serve_one<S>(stream: S, address: SocketAddr, router: Router, mut stop: Stop)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(address));
        answer(router.clone(), request)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
    // Links are upgraded to WebSockets.
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
    tokio::select! {
        // A connection that breaks is its client's affair.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    drop(connection.await);
}

/// Whoever asked something that makes a handler panic is told so; other requests of the connection go on.
async fn answer(router: Router, request: Request<Body>) -> Result<Response, Infallible> {
    match AssertUnwindSafe(router.oneshot(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Ok(Problem::broken().into_response()),
    }
}
