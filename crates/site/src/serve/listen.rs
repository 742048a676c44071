//! Listening: sockets, connections, and a patient end.

use crate::settings::Settings;
use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};
use tower::Service;

/// Who needs longer to send the head of a request does not mean well.
const HEAD_WITHIN: Duration = Duration::from_secs(20);

/// Where the system has no free file for another connection, it is tried again after this.
const BREATHER: Duration = Duration::from_millis(50);

/// Open sockets, and what serves them.
pub(super) struct Listeners {
    sockets: Vec<TcpListener>,
    tasks: Vec<JoinHandle<GracefulShutdown>>,
    stop: watch::Sender<bool>,
}

impl Listeners {
    /// Opens all addresses of the settings. Of `localhost` only one has to open: containers may lack IPv6.
    pub(super) fn bind(settings: &Settings) -> Result<Listeners> {
        let mut sockets: Vec<TcpListener> = Vec::new();
        for listen in &settings.listen {
            let mut last = None;
            let before = sockets.len();
            for mut address in listen.sockets() {
                if let (0, Some(first)) = (address.port(), sockets.get(before)) {
                    address.set_port(first.local_addr()?.port());
                }
                match TcpListener::bind(address) {
                    Ok(socket) => sockets.push(socket),
                    Err(error) => last = Some((address, error)),
                }
            }
            if let (Some((address, error)), true) = (last, sockets.len() == before) {
                return Err(error).with_context(|| format!("cannot listen on {address}"));
            }
        }
        if sockets.is_empty() {
            bail!("there is no address to listen on");
        }
        Ok(Listeners { sockets, tasks: Vec::new(), stop: watch::channel(false).0 })
    }

    /// The port of the first socket.
    pub(super) fn port(&self) -> Option<u16> {
        let address = self.sockets.first()?.local_addr().ok()?;
        Some(address.port())
    }

    /// Serves all sockets. `tell_address`: handlers want to know who calls.
    pub(super) fn serve(mut self, router: Router, tell_address: bool) -> Listeners {
        for socket in self.sockets.drain(..) {
            let accepting = accept(socket, router.clone(), tell_address, self.stop.subscribe());
            self.tasks.push(tokio::spawn(accepting));
        }
        self
    }

    /// Takes no more connections and lets requests finish, for as long as `patience` lasts.
    pub(super) async fn finish(self, patience: Duration) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Ok(connections) = task.await
                && timeout(patience, connections.shutdown()).await.is_err()
            {
                tracing::warn!("some requests did not finish and were cut");
            }
        }
    }
}

async fn accept(
    socket: TcpListener,
    router: Router,
    tell_address: bool,
    mut stop: watch::Receiver<bool>,
) -> GracefulShutdown {
    let connections = GracefulShutdown::new();
    let socket = socket.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(socket));
    let Ok(socket) = socket.inspect_err(|error| tracing::error!(%error, "cannot listen: {error}")) else {
        return connections;
    };
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).pipeline_flush(true);
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => return connections,
        };
        match accepted {
            Ok((stream, address)) => {
                let router = router.clone();
                let connection = serve_one(&http, stream, router, tell_address.then_some(address));
                let connection = connections.watch(connection);
                // A connection that breaks is its client's affair.
                tokio::spawn(async move { drop(connection.await) });
            }
            Err(error) => {
                tracing::debug!(%error, "a connection was not accepted: {error}");
                sleep(BREATHER).await;
            }
        }
    }
}

fn serve_one(
    http: &http1::Builder,
    stream: TcpStream,
    router: Router,
    address: Option<SocketAddr>,
) -> http1::Connection<
    TokioIo<TcpStream>,
    impl hyper::service::Service<
        Request<Incoming>,
        Response = axum::response::Response,
        Error = std::convert::Infallible,
        Future: Send,
    > + use<>,
> {
    // Answers are small and wait for nothing.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        if let Some(address) = address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        router.clone().call(request)
    });
    http.serve_connection(TokioIo::new(stream), service)
}
