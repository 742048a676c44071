//! What a networked site serves, starts and stops beside everything else. A site that stands alone has none of it.

use crate::app::Shared;
use crate::backup::{self, Mark};
use crate::network::SiteHub;
use crate::network::introduction;
use crate::rates;
use crate::settings::{Memo, Settings};
use anyhow::{Result, anyhow};
use auction::Span;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use federation::{Federation, Limits, Options};
use hub::{ClientAddress, Hub};
use market::Market;
use market::jobs::Jobs;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::task::JoinHandle;

/// What runs for the network.
pub(super) struct Network {
    hub: Hub,
    jobs: Jobs,
    /// Waits until the mark of a copy can go.
    mark: Option<JoinHandle<()>>,
}

/// Opens the hub, if the site is networked.
pub(super) async fn open(settings: &Settings) -> Result<Option<SiteHub>> {
    if settings.network.is_networked() { Ok(Some(SiteHub::open(settings).await?)) } else { Ok(None) }
}

impl Network {
    /// Joins the market to the hub: the site introduces itself, then tells what it decides and hears what others do.
    /// `mark`: the database is a copy, and others may know what it does not.
    pub(super) async fn start(
        hub: &Hub,
        market: &Market,
        settings: &Settings,
        mark: Option<Mark>,
    ) -> Result<Network> {
        tracing::info!(key = %hub.identity(), "this site is a node of the network, {}", hub.identity());
        if let Some(Mark { copied_at }) = mark {
            tracing::warn!(%copied_at, "this site was restored from a copy made at {copied_at}");
        }
        let failed = |refusal| anyhow!("{refusal:?}");
        let federation = Federation::open(
            market.clone(),
            Arc::new(hub.clone()),
            introduction(settings),
            options(settings),
        );
        let federation = federation.await.map_err(failed)?;
        federation.introduce().await.map_err(failed)?;
        let jobs = federation.start_jobs();
        let mark = mark.map(|_| tokio::spawn(forget_mark(federation, settings.data.clone())));
        Ok(Network { hub: hub.clone(), jobs, mark })
    }

    /// Stops that, once nothing can be asked of the market any more; then the hub says BYE to its neighbours.
    pub(super) async fn stop(self) {
        self.jobs.finish().await;
        self.mark.inspect(JoinHandle::abort);
        self.hub.close().await;
    }
}

fn options(settings: &Settings) -> Options {
    let network = &settings.network;
    let limits = Limits {
        listings_per_minute: network.listings_per_minute,
        auctions_per_site: network.auctions_per_site,
        bids_per_minute: network.bids_per_minute,
    };
    Options { limits, memo: network.memo == Memo::On }
}

/// A site that was silent for longer may have been restored from a copy that carries no mark.
const SILENCE: Span = Span::minutes(10);

/// Before anything is decided: if the database may be older than what others were told, nothing is until these were heard.
pub(super) async fn hold_if_old(market: &Market, settings: &Settings) -> Result<()> {
    let network = &settings.network;
    if !network.is_networked() || network.memo == Memo::Off {
        return Ok(());
    }
    let beat = market.last_beat().await.map_err(|refusal| anyhow!("{refusal:?}"))?;
    let silent = beat.is_some_and(|beat| market.now() - beat > SILENCE);
    if silent || Mark::of(&settings.data)?.is_some() {
        tracing::warn!(
            "this database may be older than what others were told: they are asked first, for a minute at most"
        );
        market.hold();
    }
    Ok(())
}

/// The mark of a copy is taken away once the site has heard from others what it had missed.
async fn forget_mark(federation: Federation, data: PathBuf) {
    if federation.level().wait_for(|level| *level).await.is_ok()
        && let Err(error) = backup::forget(&data)
    {
        tracing::error!(%error, "the mark of the copy cannot be taken away: {error}");
    }
}

/// What other hubs and sites ask for. They are not counted with visitors: the hub has limits of its own.
pub(super) fn router(app: &Shared) -> Router {
    let Some(hub) = &app.hub else { return Router::new() };
    let card = hub.card().clone();
    let router = Router::new().route("/.well-known/anuko-hub", get(async move || Json(card)));
    if !app.settings.network.downstreams {
        return router;
    }
    router.merge(hub.hub().router().layer(from_fn_with_state(app.clone(), tell_address)))
}

/// Behind a proxy all hubs would come from one address.
async fn tell_address(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    if let Some(address) = rates::address(&request, &app.settings) {
        request.extensions_mut().insert(ClientAddress(address));
    }
    next.run(request).await
}
