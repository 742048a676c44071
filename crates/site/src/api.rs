//! The door for programs: JSON in, JSON out, problem details for every no. It calls the same actions as the
//! pages.

mod accounts;
mod auctions;
mod bids;
mod body;
mod caller;
mod cursor;
mod document;
mod events;
mod lists;
mod managing;
mod moderation;
mod problem;
mod receipts;
mod shapes;
mod tokens;
mod whole;

pub use document::document;
pub use problem::{Problem, no_such_method, nothing_here, refused};
pub use shapes::{AuctionShape, moment};

use crate::app::Shared;
use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// All routes of the API with their documentation.
fn documented() -> OpenApiRouter<Shared> {
    OpenApiRouter::with_openapi(document::frame())
        .routes(routes!(accounts::register))
        .routes(routes!(accounts::confirm))
        .routes(routes!(accounts::sign_in))
        .routes(routes!(accounts::sign_out))
        .routes(routes!(accounts::ask_for_reset))
        .routes(routes!(accounts::reset_password))
        .routes(routes!(accounts::me))
        .routes(routes!(tokens::list, tokens::create))
        .routes(routes!(tokens::revoke))
        .routes(routes!(lists::list, auctions::create))
        .routes(routes!(lists::mine))
        .routes(routes!(lists::my_bids))
        .routes(routes!(auctions::one, auctions::revise))
        .routes(routes!(auctions::history))
        .routes(routes!(receipts::receipts))
        .routes(routes!(events::events))
        .routes(routes!(bids::place))
        .routes(routes!(bids::take))
        .routes(routes!(bids::buy))
        .routes(routes!(bids::retract))
        .routes(routes!(managing::publish))
        .routes(routes!(managing::add_text))
        .routes(routes!(managing::lower_reserve))
        .routes(routes!(managing::end_early))
        .routes(routes!(managing::withdraw))
        .routes(routes!(managing::accept))
        .routes(routes!(managing::cancel_bid))
        .routes(routes!(managing::block, managing::unblock))
        .routes(routes!(moderation::awaiting))
        .routes(routes!(moderation::approve))
        .routes(routes!(moderation::disapprove))
        .routes(routes!(moderation::people))
        .routes(routes!(moderation::suspend, moderation::unsuspend))
        .routes(routes!(document::serve))
        .routes(routes!(document::refusals))
}

/// The routes of the API.
pub fn router() -> Router<Shared> {
    documented().split_for_parts().0
}
