//! Serving: everything is opened in order, and closed in the opposite one.

mod behind;
mod listen;
mod signals;
mod tls;

pub use tls::certificate;

use crate::applications::{self, Door, Parts, Policy};
use crate::control::Socket;
use crate::hub_folder;
use crate::metrics::Metrics;
use crate::outgoing::Network;
use crate::pages::{self, Pages};
use crate::settings::Settings;
use crate::{Clock, SystemChance, SystemClock};
use anyhow::{Result, bail};
use axum::Router;
use journal::{DataLock, Journal};
use listen::Listeners;
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// A hub whose database is open.
pub struct Opened {
    /// The door for applications.
    pub door: Arc<Door>,
    metrics: Metrics,
    journal: Journal,
}

/// A hub that serves.
pub struct Running {
    door: Arc<Door>,
    journal: Journal,
    listeners: Listeners,
    socket: JoinHandle<()>,
    patience: Duration,
    /// Held for as long as the hub runs.
    _lock: DataLock,
}

/// Serves until the process is told to stop.
pub async fn serve(settings: Settings) -> Result<()> {
    // Before anybody can know that it runs: who is told to stop early still closes in order.
    let stop = signals::told_to_stop();
    let name = settings.name.clone();
    let running = Running::start(settings).await?;
    writeln!(std::io::stdout(), "{name} is open at {}", running.listeners.address())?;
    stop.await;
    running.stop().await
}

/// Opens folder, key and database. Whoever calls holds the folder.
pub async fn opened(settings: &Settings) -> Result<Opened> {
    let key = hub_folder::key_or_new(&settings.data, &SystemChance)?;
    let opening = settings.clone();
    let journal = tokio::task::spawn_blocking(move || hub_folder::open(&opening)).await??;
    let carrier = behind::carrier(settings, key).await?;
    let metrics = Metrics::default();
    let caller = Network {
        allow_private: settings.allow_private_addresses,
        patience: Duration::from_secs(settings.webhooks.timeout_seconds),
    };
    let parts = Parts {
        carrier,
        journal: journal.clone(),
        clock: Arc::new(SystemClock),
        chance: Arc::new(SystemChance),
        caller: Arc::new(caller),
        policy: policy(settings),
        delivery_seconds: metrics.delivery_seconds.clone(),
    };
    Ok(Opened { door: Door::open(parts).await?, metrics, journal })
}

impl Opened {
    /// Closes the database.
    pub async fn close(self) -> Result<()> {
        self.door.close();
        close(self.journal).await
    }
}

async fn close(journal: Journal) -> Result<()> {
    Ok(tokio::task::spawn_blocking(move || journal.close()).await?)
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
    /// Opens everything: folder, listeners, database, doors.
    pub async fn start(settings: Settings) -> Result<Running> {
        for (key, says) in settings.warnings() {
            tracing::warn!(key, "{key}: {says}");
        }
        hub_folder::make(&settings.data)?;
        let Some(lock) = hub_folder::hold(&settings.data)? else {
            let folder = settings.data.display();
            bail!("another process serves from {folder}: stop it first, or choose another folder");
        };
        let listeners = Listeners::bind(&settings)?;
        let Opened { door, metrics, journal } = opened(&settings).await?;
        door.start().await?;
        let socket = tokio::spawn(Socket::open(&settings.data)?.answer(door.clone()));
        let patience = Duration::from_secs(settings.shutdown_seconds);
        let listeners = listeners.serve(doors(door.clone(), metrics, settings));
        Ok(Running { door, journal, listeners, socket, patience, _lock: lock })
    }

    /// Finishes what was promised, then closes.
    pub async fn stop(self) -> Result<()> {
        tracing::info!("stopping");
        self.door.close();
        self.listeners.finish(self.patience).await;
        self.socket.abort();
        close(self.journal).await?;
        tracing::info!("stopped");
        Ok(())
    }
}

fn doors(door: Arc<Door>, metrics: Metrics, settings: Settings) -> Router {
    let started = SystemClock.now();
    let pages = Pages { door: door.clone(), metrics, settings, started };
    applications::router(door).merge(pages::router(Arc::new(pages)))
}
