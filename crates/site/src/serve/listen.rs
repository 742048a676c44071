//! Listening: sockets, connections, and a patient end.

use super::routes;
use super::threads::{Arrived, Threads};
use crate::settings::Settings;
use anyhow::Result;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::response::Response;
use futures_util::FutureExt;
use futures_util::future::Either;
use hyper::body::Incoming;
use hyper::server::conn::http1::{self, Connection};
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::convert::Infallible;
use std::net::{SocketAddr, TcpListener};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// Who needs longer to send the head of a request does not mean well.
const HEAD_WITHIN: Duration = Duration::from_secs(20);

/// Where the system has no free file for another connection, it is tried again after this.
const BREATHER: Duration = Duration::from_millis(50);

/// Open sockets, and what serves them.
pub(super) struct Listeners {
    sockets: Vec<TcpListener>,
    tasks: Vec<JoinHandle<GracefulShutdown>>,
    threads: Option<Arc<Threads>>,
    stop: watch::Sender<bool>,
}

impl Listeners {
    /// Opens all addresses of the settings.
    pub(super) fn bind(settings: &Settings) -> Result<Listeners> {
        let sockets = process::listen::bind(&settings.listen)?;
        Ok(Listeners { sockets, tasks: Vec::new(), threads: None, stop: watch::channel(false).0 })
    }

    /// The port of the first socket.
    pub(super) fn port(&self) -> Option<u16> {
        let address = self.sockets.first()?.local_addr().ok()?;
        Some(address.port())
    }

    /// Serves all sockets on so many threads. `tell_address`: handlers want to know who calls. `links`: hubs come, whose
    /// connections are upgraded to WebSockets.
    pub(super) fn serve(
        mut self,
        router: Router,
        threads: u32,
        tell_address: bool,
        links: bool,
    ) -> Result<Listeners> {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN).pipeline_flush(true);
        let links = links.then(|| self.stop.subscribe());
        let threads = Threads::start(threads, move |stream, address, watcher| {
            let service = service(router.clone(), tell_address.then_some(address));
            serve_one(&http, stream, service, watcher, links.clone())
        })?;
        let threads = Arc::new(threads);
        for socket in self.sockets.drain(..) {
            self.tasks.push(tokio::spawn(accept(socket, threads.clone(), self.stop.subscribe())));
        }
        self.threads = Some(threads);
        Ok(self)
    }

    /// Takes no more connections and lets requests finish, for as long as `patience` lasts. What was upgraded is open
    /// until what comes back is dropped.
    pub(super) async fn finish(self, patience: Duration) -> Option<Arc<Threads>> {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Ok(connections) = task.await
                && timeout(patience, connections.shutdown()).await.is_err()
            {
                tracing::warn!("some requests did not finish and were cut");
            }
        }
        self.threads
    }
}

async fn accept(
    socket: TcpListener,
    threads: Arc<Threads>,
    mut stop: watch::Receiver<bool>,
) -> GracefulShutdown {
    let connections = GracefulShutdown::new();
    let socket = socket.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(socket));
    let Ok(socket) = socket.inspect_err(|error| tracing::error!(%error, "cannot listen: {error}")) else {
        return connections;
    };
    let mut turn = 0;
    loop {
        let accepted = tokio::select! {
            accepted = socket.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => return connections,
        };
        // It will be served by another thread, and so by another runtime.
        match accepted.and_then(|(stream, address)| Ok((stream.into_std()?, address))) {
            Ok((stream, address)) => {
                threads.give(turn, Arrived { stream, address, watcher: connections.watcher() });
                turn = turn.wrapping_add(1);
            }
            Err(error) => {
                tracing::debug!(%error, "a connection was not accepted: {error}");
                sleep(BREATHER).await;
            }
        }
    }
}

fn serve_one<S>(
    http: &http1::Builder,
    stream: TcpStream,
    service: S,
    watcher: Watcher,
    links: Option<watch::Receiver<bool>>,
) -> impl Future<Output = ()> + Send + use<S>
where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Send + 'static,
{
    // Answers are small and wait for nothing.
    let _ = stream.set_nodelay(true);
    let connection = http.serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is its client's affair.
    match links {
        None => Either::Left(watcher.watch(connection).map(drop)),
        Some(stop) => Either::Right(upgradable(connection, watcher, stop)),
    }
}

/// As a watcher does it, which knows no connections that may be upgraded.
async fn upgradable<S>(
    connection: Connection<TokioIo<TcpStream>, S>,
    watcher: Watcher,
    mut stop: watch::Receiver<bool>,
) where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Send + 'static,
{
    // As long as it lives, the connection is waited for.
    let _watcher = watcher;
    let mut connection = pin!(connection.with_upgrades());
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => {}
    }
    connection.as_mut().graceful_shutdown();
    drop(connection.await);
}

fn service(
    router: Router,
    address: Option<SocketAddr>,
) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Send + 'static {
    service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        if let Some(address) = address {
            request.extensions_mut().insert(ConnectInfo(address));
        }
        answer(router.clone(), request)
    })
}

/// Whoever asked something that makes a handler panic is told so; other requests of the connection go on.
async fn answer(mut router: Router, request: Request<Body>) -> Result<Response, Infallible> {
    let of_api = routes::is_api(request.uri());
    match AssertUnwindSafe(tower::Service::call(&mut router, request)).catch_unwind().await {
        Ok(response) => response,
        Err(_) => Ok(routes::broken(of_api)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;
    use axum::routing::get;

    #[tokio::test]
    async fn a_handler_that_panics_is_an_answer_and_not_a_lost_connection() {
        let panic = || async {
            if true {
                panic!("a handler panicked, as it should")
            }
        };
        let router = Router::new().route("/", get(panic)).route("/api/v1/auctions", get(panic));
        for (path, kind) in
            [("/", "text/html; charset=utf-8"), ("/api/v1/auctions", "application/problem+json")]
        {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = answer(router.clone(), request).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(response.headers()["content-type"], kind);
        }
    }
}
