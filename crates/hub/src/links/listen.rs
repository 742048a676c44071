//! Being dialled: a WebSocket at `/hub`, for a router of whoever serves.

use super::desk::Desk;
use super::refusals::{TOO_MANY, VERSION};
use super::socket::Socket;
use super::strangers::Stranger;
use super::{greeting, link};
use crate::frame::{FRAME_MOST, SUB_PROTOCOL};
use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use http::{Extensions, StatusCode};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// From which address a request came: an extension of the request, for who serves behind a proxy. Without it the address
/// of the connection counts.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// The route at which hubs are dialled.
pub(crate) fn router(desk: Arc<Desk>) -> Router {
    Router::new().route("/hub", any(accept)).with_state(desk)
}

async fn accept(
    State(desk): State<Arc<Desk>>,
    extensions: Extensions,
    upgrade: WebSocketUpgrade,
) -> Response {
    if desk.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "this hub stops").into_response();
    }
    let upgrade = upgrade.protocols([SUB_PROTOCOL]).max_message_size(FRAME_MOST).max_frame_size(FRAME_MOST);
    if upgrade.selected_protocol().is_none() {
        desk.refusals.count(VERSION);
        return (StatusCode::BAD_REQUEST, "this is a hub: it speaks anuko-hub.1").into_response();
    }
    let Some(stranger) = desk.strangers.let_in(address(&extensions)) else {
        desk.refusals.count(TOO_MANY);
        return (StatusCode::TOO_MANY_REQUESTS, "too many at once have not said who they are")
            .into_response();
    };
    upgrade.on_upgrade(async move |socket| {
        // Not on the thread of who serves: it has others to serve.
        let runtime = desk.runtime.clone();
        runtime.spawn(accepted(desk, Socket::accepted(socket), stranger));
    })
}

fn address(extensions: &Extensions) -> IpAddr {
    let told = extensions.get::<ClientAddress>().map(|address| address.0);
    let seen = || extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    // Who serves without telling addresses has all his clients counted as one.
    told.or_else(seen).unwrap_or(Ipv4Addr::UNSPECIFIED.into())
}

async fn accepted(desk: Arc<Desk>, mut socket: Socket, stranger: Stranger) {
    match greeting::as_listener(&mut socket, &desk).await {
        Ok(hello) => {
            drop(stranger);
            link::keep(&desk, socket, hello, false).await;
        }
        Err(why) => {
            why.code().into_iter().for_each(|code| desk.refusals.count(code));
            tracing::info!(%why, "who dialled was turned away: {why}");
        }
    }
}
