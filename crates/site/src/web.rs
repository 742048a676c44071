//! The door for people: forms in, pages out.
//!
//! # Map
//!
//! | to learn | open |
//! |---|---|
//! | which pages there are | [`router`] |
//! | what every request goes through | `visit`, `posted`, `cross_site`, `headers` |
//! | what every page has around it | `frame`, `templates/frame.html` |
//! | how a form comes back with what is wrong | `filled`, `typed`, `templates/forms.html` |
//! | the auction page | `auction`: its figures, the bid box, the history, the rules in words |
//! | how an auction of the network is checked | `proof` |
//! | what happens before a bid counts | `bid`, `check` |
//! | amounts, times, lengths in words | `written` |
//!
//! # Invariants
//!
//! * Every handler takes a [`visit::Visit`], which refuses what forms of other sites send.
//! * A page reads, and only actions write. What cannot be undone is asked twice.
//! * All words are keys of `locales/`. Everything works without a script.

mod account;
mod administrator;
mod assets;
mod auction;
mod bid;
mod browse;
mod check;
mod confirm;
mod cross_site;
mod filled;
mod forgotten;
mod frame;
mod headers;
mod lot;
mod manage;
mod moderate;
mod my;
mod network;
mod posted;
mod proof;
mod refused;
mod register;
mod sell;
mod session;
mod sign_in;
mod typed;
mod visit;
mod written;

#[cfg(test)]
mod tests;

pub use refused::{no_such_method, nothing_here, refused};

use crate::app::Shared;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::{get, post};

/// The routes of the pages.
pub fn router() -> Router<Shared> {
    Router::new().merge(accounts()).merge(auctions()).merge(managing()).layer(from_fn(headers::add))
}

fn accounts() -> Router<Shared> {
    Router::new()
        .route("/register", get(register::page).post(register::send))
        .route("/register/sent", get(register::sent))
        .route("/confirm", get(confirm::page).post(confirm::send))
        .route("/welcome", get(confirm::welcome))
        .route("/sign-in", get(sign_in::page).post(sign_in::send))
        .route("/sign-out", post(sign_in::out))
        .route("/forgot", get(forgotten::page).post(forgotten::send))
        .route("/forgot/sent", get(forgotten::sent))
        .route("/reset", get(forgotten::choose).post(forgotten::reset))
        .route("/administrator", get(administrator::page).post(administrator::send))
        .route("/my/account", get(account::page))
        .route("/my/account/tokens", post(account::create).get(account::page))
        .route("/my/account/tokens/{id}/revoke", post(account::revoke))
}

fn auctions() -> Router<Shared> {
    Router::new()
        .route("/", get(browse::page))
        .route("/auctions/{id}", get(auction::page))
        .route("/auctions/{id}/proof", get(proof::page))
        .route("/auctions/{id}/offer", post(bid::offer).get(bid::back))
        .route("/auctions/{id}/take", post(bid::take).get(bid::back))
        .route("/auctions/{id}/buy-now", post(bid::buy_now).get(bid::back))
        .route("/auctions/{id}/retract", post(bid::retract).get(bid::back))
        .route("/my/auctions", get(my::auctions))
        .route("/my/bids", get(my::bids))
        .route("/assets/{name}", get(assets::serve))
}

fn managing() -> Router<Shared> {
    Router::new()
        .route("/sell", get(sell::page).post(sell::send))
        .route("/auctions/{id}/edit", get(sell::edit).post(sell::revise))
        .route("/auctions/{id}/manage", get(manage::page))
        .route("/auctions/{id}/publish", post(manage::publish))
        .route("/auctions/{id}/add-text", post(manage::add_text))
        .route("/auctions/{id}/reserve", post(manage::lower_reserve))
        .route("/auctions/{id}/end-early", post(manage::end_early))
        .route("/auctions/{id}/withdraw", post(manage::withdraw))
        .route("/auctions/{id}/accept", post(manage::accept))
        .route("/auctions/{id}/cancel-bid", post(manage::cancel_bid))
        .route("/auctions/{id}/block", post(manage::block))
        .route("/moderate", get(moderate::page))
        .route("/moderate/{id}/approve", post(moderate::approve))
        .route("/moderate/{id}/disapprove", post(moderate::disapprove))
        .route("/network", get(network::page))
        .route("/network/approve", post(network::approve))
        .route("/network/block", post(network::block))
}
