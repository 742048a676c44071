//! What a networked site serves, starts and stops beside everything else. A site that stands alone has none of it.

use crate::app::Shared;
use crate::backup::Mark;
use crate::network::SiteHub;
use crate::network::introduction;
use crate::rates;
use crate::settings::Settings;
use anyhow::{Result, anyhow};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use federation::Federation;
use hub::{ClientAddress, Hub};
use market::Market;
use market::jobs::Jobs;
use std::sync::Arc;

/// What runs for the network.
pub(super) struct Network {
    hub: Hub,
    jobs: Jobs,
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
        let federation = Federation::open(market.clone(), Arc::new(hub.clone()), introduction(settings));
        let federation = federation.await.map_err(failed)?;
        federation.introduce().await.map_err(failed)?;
        Ok(Network { hub: hub.clone(), jobs: federation.start_jobs() })
    }

    /// Stops that, once nothing can be asked of the market any more; then the hub says BYE to its neighbours.
    pub(super) async fn stop(self) {
        self.jobs.finish().await;
        self.hub.close().await;
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
