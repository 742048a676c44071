//! Listening: sockets, connections, and a patient end.

use super::tls::Renewed;
use crate::ClientAddress;
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
use process::client_address;
use prometheus_client::metrics::counter::Counter;
use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// Where the system has no free file for another connection, it is tried again after this.
const BREATHER: Duration = Duration::from_millis(50);

/// What is expected of those who connect.
#[derive(Clone)]
pub(super) struct Manners {
    /// Who needs longer to send the head of a request, or to agree on encryption, does not mean well.
    pub(super) head: Duration,
    /// Counts those who were cut for it.
    pub(super) cut: Counter,
    /// Who is believed about whom it speaks for.
    pub(super) proxies: Arc<[IpAddr]>,
}

/// Open sockets, and what serves them.
pub(super) struct Listeners {
    sockets: Vec<TcpListener>,
    tls: Option<watch::Receiver<TlsAcceptor>>,
    tasks: Vec<JoinHandle<JoinSet<()>>>,
    stop: watch::Sender<bool>,
    address: String,
}

impl Listeners {
    /// Opens all addresses of the settings.
    pub(super) fn bind(settings: &Settings) -> Result<Listeners> {
        let sockets = process::listen::bind(&settings.listen)?;
        let Some(first) = sockets.first() else { bail!("there is no address to listen on") };
        let renewed = Renewed::of(&settings.tls)?;
        let tls = renewed.as_ref().map(Renewed::newest);
        let address = shown(settings, first.local_addr()?, tls.is_some());
        if let Some(renewed) = renewed {
            tokio::spawn(renewed.keep());
        }
        Ok(Listeners { sockets, tls, tasks: Vec::new(), stop: watch::channel(false).0, address })
    }

    /// Where people find the pages of the hub.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Serves all sockets.
    pub(super) fn serve(mut self, router: Router, manners: &Manners) -> Listeners {
        for socket in self.sockets.drain(..) {
            let visit = Visit {
                router: router.clone(),
                tls: self.tls.clone(),
                manners: manners.clone(),
                stop: self.stop.subscribe(),
            };
            self.tasks.push(tokio::spawn(accept(socket, visit)));
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

/// What a connection is served with.
#[derive(Clone)]
struct Visit {
    router: Router,
    tls: Option<watch::Receiver<TlsAcceptor>>,
    manners: Manners,
    /// Whether the listeners are being closed.
    stop: watch::Receiver<bool>,
}

async fn accept(socket: TcpListener, visit: Visit) -> JoinSet<()> {
    let mut connections = JoinSet::new();
    let socket = socket.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(socket));
    let Ok(socket) = socket.inspect_err(|error| tracing::error!(%error, "cannot listen: {error}")) else {
        return connections;
    };
    let mut stopped = visit.stop.clone();
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            // Those that have ended need not be remembered.
            Some(_) = connections.join_next() => continue,
            _ = stopped.wait_for(|stop| *stop) => return connections,
        };
        match accepted {
            Ok((stream, address)) => drop(connections.spawn(visit.clone().encrypted_or_not(stream, address))),
            Err(error) => {
                tracing::debug!(%error, "a connection was not accepted: {error}");
                sleep(BREATHER).await;
            }
        }
    }
}

impl Visit {
    async fn encrypted_or_not(self, stream: TcpStream, address: SocketAddr) {
        // Answers are small and wait for nothing.
        let _ = stream.set_nodelay(true);
        let tls = self.tls.as_ref().map(|newest| newest.borrow().clone());
        let Some(tls) = tls else { return self.serve(stream, address).await };
        match timeout(self.manners.head, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.serve(stream, address).await,
            Ok(Err(error)) => tracing::debug!(%error, "no encryption was agreed on: {error}"),
            Err(_) => drop(self.manners.cut.inc()),
        }
    }

    async fn serve<S>(self, stream: S, address: SocketAddr)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let Visit { router, manners, mut stop, .. } = self;
        let Manners { head, cut, proxies } = manners;
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            let client =
                client_address(address.ip(), request.headers(), |one| proxies.contains(&one.to_canonical()));
            request.extensions_mut().insert(ConnectInfo(address));
            request.extensions_mut().insert(ClientAddress(client));
            answer(router.clone(), request)
        });
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(head);
        // Links are upgraded to WebSockets.
        let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service).with_upgrades());
        tokio::select! {
            ended = connection.as_mut() => {
                // One that breaks otherwise is its client's affair.
                if ended.is_err_and(|error| error.is_timeout()) {
                    cut.inc();
                }
                return;
            }
            _ = stop.wait_for(|stop| *stop) => {}
        }
        connection.as_mut().graceful_shutdown();
        drop(connection.await);
    }
}

/// Whoever asked something that makes a handler panic is told so; other requests of the connection go on.
async fn answer(router: Router, request: Request<Body>) -> Result<Response, Infallible> {
    match AssertUnwindSafe(router.oneshot(request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Ok(Problem::broken().into_response()),
    }
}
