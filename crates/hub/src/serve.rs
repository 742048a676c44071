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
use crate::pages::{self, Pages};
use crate::settings::Settings;
use crate::{Clock, Hub, SystemChance, SystemClock};
use anyhow::Result;
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
    stop.await;
    running.stop().await;
    Ok(())
}

/// Opens key, hub and door. Whoever calls holds the folder.
pub async fn opened(settings: &Settings) -> Result<Opened> {
    let key = hub_folder::key_or_new(&settings.data, &SystemChance)?;
    let hub = Hub::open(hub_settings::of(settings)?, vec![key]).await?;
    hub_folder::protect(&settings.data)?;
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
    let pages = Pages { door: door.clone(), metrics, settings, started };
    applications::router(door).merge(pages::router(Arc::new(pages)))
}
