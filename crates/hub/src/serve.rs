//! Serving: everything is opened in order, and closed in the opposite one.

mod hub_settings;
mod listen;
mod tls;

pub use hub_settings::of as hub_settings;
pub use tls::{certificate, roots};

use crate::applications::{self, Door, Parts, Policy};
use crate::control;
use crate::hub_folder;
use crate::metrics::Metrics;
use crate::outgoing::{Network, Trust};
use crate::pages::{self, Pages, Recent};
use crate::settings::Settings;
use crate::{Clock, Hub, SystemChance, SystemClock};
use anyhow::{Result, bail};
use axum::Router;
use listen::{Listeners, Manners};
use process::control::Socket;
use process::{DataLock, folder};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// A hub that is open, with its door, but is not served.
pub struct Opened {
    /// The door for applications.
    pub door: Arc<Door>,
    metrics: Metrics,
    hub: Hub,
}

/// A hub that serves.
pub struct Running {
    door: Arc<Door>,
    hub: Hub,
    listeners: Listeners,
    socket: JoinHandle<()>,
    patience: Duration,
    /// Held for as long as the hub runs.
    _lock: DataLock,
}

/// Serves until the process is told to stop.
pub async fn serve(settings: Settings) -> Result<()> {
    // Before anybody can know that it runs: who is told to stop early still closes in order.
    let stop = process::told_to_stop();
    let name = settings.name.clone();
    let running = Running::start(settings).await?;
    writeln!(std::io::stdout(), "{name} is open at {}", running.listeners.address())?;
    running.serve_until(stop).await
}

/// Opens key, hub and door. Whoever calls holds the folder.
pub async fn opened(settings: &Settings) -> Result<Opened> {
    let key = hub_folder::key_or_new(&settings.data, &SystemChance)?;
    hub_folder::protect(&settings.data)?;
    let hub = Hub::open(hub_settings::of(settings)?, vec![key]).await?;
    let metrics = Metrics::default();
    let caller = Network {
        allow_private: settings.allow_private_addresses,
        patience: Duration::from_secs(settings.webhooks.timeout_seconds),
        trust: Trust::beside_browsers(&roots(&settings.tls)?)?,
    };
    let parts = Parts {
        carrier: Arc::new(hub.clone()),
        journal: hub.journal().clone(),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        caller: Arc::new(caller),
        policy: policy(settings),
        delivery_seconds: metrics.delivery_seconds.clone(),
    };
    Ok(Opened { door: Door::open(parts).await?, metrics, hub })
}

impl Opened {
    /// Finishes what was promised, and closes the database.
    pub async fn close(self) {
        self.door.close();
        self.hub.close().await;
    }
}

fn policy(settings: &Settings) -> Policy {
    let pages = settings.address.page("");
    Policy {
        name: settings.name.clone(),
        own_name: settings.own_name().to_owned(),
        pages: (!settings.address.is_empty()).then_some(pages),
        retry_seconds: settings.webhooks.retry_seconds.clone(),
        webhooks_per_token: settings.webhooks.per_token,
    }
}

impl Running {
    /// Opens everything: folder, listeners, hub, doors.
    pub async fn start(settings: Settings) -> Result<Running> {
        for (key, says) in settings.warnings() {
            tracing::warn!(key, "{key}: {says}");
        }
        folder::make(&settings.data)?;
        let lock = folder::hold_to_serve(&settings.data)?;
        let listeners = Listeners::bind(&settings)?;
        let Opened { door, metrics, hub } = opened(&settings).await?;
        door.start().await?;
        let socket = tokio::spawn(answer_commands(Socket::open(&settings.data)?, door.clone()));
        let patience = Duration::from_secs(settings.shutdown_seconds);
        let head = Duration::from_secs(settings.limits.head_seconds);
        let manners = Manners { head, cut: metrics.cut.clone(), proxies: settings.proxies.clone().into() };
        let doors = doors(door.clone(), metrics, settings).merge(hub.router());
        let listeners = listeners.serve(doors, &manners);
        Ok(Running { door, hub, listeners, socket, patience, _lock: lock })
    }

    /// Where people find the pages of the hub.
    pub fn address(&self) -> &str {
        self.listeners.address()
    }

    /// Serves until then, or until the node fails: then there is nothing left to serve, and whatever looks after the
    /// program shall start it again.
    pub async fn serve_until(self, stop: impl Future<Output = ()>) -> Result<()> {
        let hub = self.hub.clone();
        let has_failed = tokio::select! {
            () = stop => false,
            () = hub.failed() => true,
        };
        self.stop().await;
        if has_failed { bail!("the node of the hub has failed: the log says where") } else { Ok(()) }
    }

    /// The hub behind the doors.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Finishes what was promised, says BYE to neighbours, then closes.
    pub async fn stop(self) {
        tracing::info!("stopping");
        self.door.close();
        self.listeners.finish(self.patience).await;
        self.socket.abort();
        self.hub.close().await;
        tracing::info!("stopped");
    }
}

async fn answer_commands(socket: Socket, door: Arc<Door>) {
    let answer = move |request| {
        let door = door.clone();
        async move { control::answer(&door, request).await }
    };
    socket.answer(answer).await;
}

fn doors(door: Arc<Door>, metrics: Metrics, settings: Settings) -> Router {
    let started = SystemClock.now();
    let pages = Pages { door: door.clone(), metrics, settings, started, recent: Recent::default() };
    applications::router(door).merge(pages::router(Arc::new(pages)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Overrides;

    /// It went on listening, and did nothing more: nobody started it again.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_hub_whose_node_fails_ends_with_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (listen, data) = ("localhost:0".to_owned(), folder.path().join("data").display().to_string());
        let overrides = Overrides { listen: Some(listen), data: Some(data), ..Overrides::default() };
        let settings = Settings::load(&overrides, std::iter::empty(), None).unwrap();
        let running = Running::start(settings).await.unwrap();
        let looked = running.hub().look(|_| panic!("for the test")).await;
        assert_eq!(looked, Err(crate::Closed));
        let ended = running.serve_until(std::future::pending()).await;
        assert_eq!(ended.unwrap_err().to_string(), "the node of the hub has failed: the log says where");
    }
}
