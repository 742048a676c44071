//! Serving: everything is opened in order, and closed in the opposite one.

mod bench_route;
mod listen;
mod network;
mod routes;
mod threads;

use crate::app::{App, Shared};
use crate::backup::Mark;
use crate::control::{self, Asked};
use crate::live::Live;
use crate::mail::Mailer;
use crate::metrics::Metrics;
use crate::network::SiteHub;
use crate::post_office::PostOffice;
use crate::rates::Rates;
use crate::settings::{PublicUrl, Settings};
use crate::site_folder;
use anyhow::{Result, anyhow};
use axum::Router;
use hub::Hub;
use listen::Listeners;
use market::Market;
use market::jobs::Jobs;
use network::Network;
use process::control::Socket;
use process::{DataLock, folder};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// A site that runs.
pub struct Running {
    app: Shared,
    listeners: Listeners,
    jobs: Jobs,
    tasks: Vec<JoinHandle<()>>,
    network: Option<Network>,
    /// Held for as long as the site runs.
    _lock: DataLock,
}

/// Serves until the process is told to stop.
pub async fn serve(settings: Settings) -> Result<()> {
    // Before anybody can know that it runs: who is told to stop early still closes in order.
    let stop = process::told_to_stop();
    let running = Running::start(settings).await?;
    running.greet().await?;
    stop.await;
    running.stop().await
}

/// All doors over a market, without listeners and jobs: for who asks without a network, at a time of his own.
pub fn doors(settings: Settings, market: Market) -> Router {
    routes::router(app(settings, market, None))
}

fn app(settings: Settings, market: Market, hub: Option<SiteHub>) -> Shared {
    Arc::new(App {
        rates: Rates::new(&settings.limits),
        language: settings.language,
        live: Live::default(),
        metrics: Metrics::default(),
        market,
        settings,
        hub,
    })
}

/// Waits until the process is told to stop, or this time has passed.
pub async fn until_told_or(length: Option<Duration>) {
    match length {
        Some(length) => drop(tokio::time::timeout(length, process::told_to_stop()).await),
        None => process::told_to_stop().await,
    }
}

impl Running {
    /// Opens everything: folder, database, listeners, jobs.
    pub async fn start(mut settings: Settings) -> Result<Running> {
        for (key, says) in settings.warnings() {
            tracing::warn!(key, "{key}: {says}");
        }
        folder::make(&settings.data)?;
        let lock = folder::hold_to_serve(&settings.data)?;
        let listeners = Listeners::bind(&settings)?;
        settings.public_url = with_real_port(settings.public_url, &listeners);
        let opening = settings.clone();
        let journal = tokio::task::spawn_blocking(move || site_folder::open(&opening)).await??;
        let market = site_folder::market(&settings, journal);
        let postman = PostOffice::new(Mailer::new(&settings)?, &settings, settings.public_url.as_str());
        network::hold_if_old(&market, &settings).await?;
        let moved = told(market.notice_outage().await)?;
        if moved > 0 {
            tracing::warn!(moved, "the site was away; {moved} auctions get more time");
        }
        if !market.is_held() {
            told(market.finish_suspensions().await)?;
        }
        let hub = network::open(&settings).await?;
        let socket = Socket::open(&settings.data)?;
        let jobs = Jobs::start(&market, Arc::new(postman));
        let app = app(settings, market, hub);
        let network = match &app.hub {
            Some(hub) => Some(
                Network::start(hub.hub(), &app.market, &app.settings, Mark::of(&app.settings.data)?).await?,
            ),
            None => None,
        };
        let tasks = vec![
            tokio::spawn(app.live.clone().run(app.market.clone())),
            tokio::spawn(answer_commands(socket, app.clone())),
            tokio::spawn(forget_strangers(app.clone())),
        ];
        let links = app.settings.network.downstreams;
        let tell_address = app.rates.counts_addresses() || links;
        let router = routes::router(app.clone());
        let listeners = listeners.serve(router, app.settings.workers, tell_address, links)?;
        Ok(Running { app, listeners, jobs, tasks, network, _lock: lock })
    }

    /// The market, for who fills it from inside.
    pub fn market(&self) -> &Market {
        &self.app.market
    }

    /// All its doors, for who asks from inside.
    pub fn router(&self) -> Router {
        routes::router(self.app.clone())
    }

    /// The hub of a networked site.
    pub fn hub(&self) -> Option<&Hub> {
        self.app.hub.as_ref().map(SiteHub::hub)
    }

    /// Where people find the site.
    pub fn address(&self) -> &PublicUrl {
        &self.app.settings.public_url
    }

    /// Tells who started it where it is and, at the first start, how to become its administrator.
    pub async fn greet(&self) -> Result<()> {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{} is open at {}", self.app.settings.name, self.address())?;
        drop(out);
        if let Some(key) = told(self.app.market.first_start_link().await)? {
            let link = self.address().page(&format!("/administrator?key={key}"));
            let mut out = std::io::stdout().lock();
            writeln!(
                out,
                "It has no administrator yet. Whoever opens this link becomes it, once:\n  {link}"
            )?;
        }
        Ok(())
    }

    /// Finishes what was promised, then closes.
    pub async fn stop(self) -> Result<()> {
        tracing::info!("stopping");
        self.app.live.end();
        let patience = Duration::from_secs(u64::from(self.app.settings.shutdown_seconds));
        // Links go on through the threads of the listeners, until the hub has said BYE.
        let _threads = self.listeners.finish(patience).await;
        for task in &self.tasks {
            task.abort();
        }
        self.jobs.finish().await;
        if let Some(network) = self.network {
            network.stop().await;
        }
        let journal = self.app.market.journal().clone();
        tokio::task::spawn_blocking(move || journal.close()).await?;
        tracing::info!("stopped");
        Ok(())
    }
}

async fn answer_commands(socket: Socket, app: Shared) {
    let answer = move |request| {
        let app = app.clone();
        async move {
            let site = Asked { market: &app.market, settings: &app.settings, hub: app.hub.as_ref() };
            control::answer(site, request).await
        }
    };
    socket.answer(answer).await;
}

/// With port 0 the system chooses one, and links should have that.
fn with_real_port(url: PublicUrl, listeners: &Listeners) -> PublicUrl {
    match listeners.port() {
        Some(port) if url.as_str().ends_with(":0") => PublicUrl::local(port),
        _ => url,
    }
}

fn told<T>(result: Result<T, market::Refusal>) -> Result<T> {
    result.map_err(|refusal| anyhow!("{refusal:?}"))
}

/// Limits remember addresses; every few minutes those are forgotten that have rested.
async fn forget_strangers(app: Shared) {
    let mut ticks = tokio::time::interval(Duration::from_secs(300));
    loop {
        ticks.tick().await;
        app.rates.forget();
    }
}
