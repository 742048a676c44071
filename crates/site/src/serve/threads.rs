//! Threads that serve connections, each with a runtime of its own.
//!
//! Whoever came first is to be decided first. A runtime that moves tasks between threads runs the one that it woke
//! last first and gives half of what waits to another thread; in a bidding war, offers overtake each other that way
//! and are refused as too low. Here a connection stays on its thread, and a thread serves in the order of arrival.

use hyper_util::server::graceful::Watcher;
use std::io;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::thread;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

/// A connection on its way to the thread that will serve it.
pub(super) struct Arrived {
    pub(super) stream: std::net::TcpStream,
    pub(super) address: SocketAddr,
    pub(super) watcher: Watcher,
}

/// All threads; connections are dealt out in turn. They end some time after this goes, and cut what is still open.
pub(super) struct Threads {
    senders: Vec<UnboundedSender<Arrived>>,
}

impl Threads {
    /// Starts so many threads; with 0, one for each processor but one, which is left to the thread that writes.
    pub(super) fn start<S, F>(wished: u32, serve: S) -> io::Result<Threads>
    where
        S: Fn(TcpStream, SocketAddr, Watcher) -> F + Clone + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let senders =
            (0..count(wished)).map(|number| start_one(number, serve.clone())).collect::<io::Result<_>>()?;
        Ok(Threads { senders })
    }

    /// Gives a connection to the thread whose turn it is.
    pub(super) fn give(&self, turn: usize, arrived: Arrived) {
        // A thread ends only with its sender.
        let _ = self.senders[turn % self.senders.len()].send(arrived);
    }
}

fn count(wished: u32) -> usize {
    match wished as usize {
        0 => thread::available_parallelism().map_or(1, NonZeroUsize::get).saturating_sub(1).max(1),
        wished => wished,
    }
}

fn start_one<S, F>(number: usize, serve: S) -> io::Result<UnboundedSender<Arrived>>
where
    S: Fn(TcpStream, SocketAddr, Watcher) -> F + Send + 'static,
    F: Future<Output = ()> + Send + 'static,
{
    let (sender, mut arrivals) = unbounded_channel::<Arrived>();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let work = async move {
        tokio::spawn(keep_a_timer());
        while let Some(Arrived { stream, address, watcher }) = arrivals.recv().await {
            match TcpStream::from_std(stream) {
                Ok(stream) => drop(tokio::spawn(serve(stream, address, watcher))),
                Err(error) => tracing::debug!(%error, "a connection was not taken over: {error}"),
            }
        }
    };
    thread::Builder::new().name(format!("http-{}", number + 1)).spawn(move || runtime.block_on(work))?;
    Ok(sender)
}

/// A timer that is due earlier than those of connections. Where none is, tokio wakes the thread, by a system call, for
/// every request whose head begins to be waited for.
async fn keep_a_timer() {
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    loop {
        ticks.tick().await;
    }
}
