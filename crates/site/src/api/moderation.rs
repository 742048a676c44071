//! What moderators do.

use super::bids::SeenShape;
use super::body::{Asked, Json, Number, Numbered};
use super::caller::Caller;
use super::cursor::{Page, Rows, behind};
use super::lists::rows;
use super::problem::{Problem, Refused};
use super::shapes::RowShape;
use crate::app::Shared;
use auction::Person;
use axum::extract::State;
use axum::http::StatusCode;
use market::show::Listing;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Listings that wait for approval.
#[utoipa::path(get, path = "/api/v1/moderation/auctions", tag = "moderation", params(Page),
    security(("key" = [])), responses(
    (status = 200, body = Rows<RowShape>),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn awaiting(
    State(app): State<Shared>,
    Caller(who): Caller,
    Asked(page): Asked<Page>,
) -> Result<axum::Json<Rows<RowShape>>, Refused> {
    Ok(rows(&app, Some(&who), Listing::Awaiting, &page).await?)
}

/// Approve a listing as it was looked at.
#[utoipa::path(post, path = "/api/v1/moderation/auctions/{id}/approval", tag = "moderation",
    request_body = SeenShape, params(Numbered), security(("key" = [])), responses(
    (status = 204, description = "It is public."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn approve(
    State(app): State<Shared>,
    Caller(who): Caller,
    Number(auction): Number,
    Json(seen): Json<SeenShape>,
) -> Result<StatusCode, Refused> {
    app.market.approve(&who, auction, seen.version).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why something was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhyShape {
    /// In at most 500 characters.
    #[schema(min_length = 1, max_length = 500, pattern = "[^\\s\\x00-\\x1f\\x7f-\\x9f]")]
    #[schema(example = "Counterfeit")]
    reason: String,
}

/// Why somebody was suspended, if that is to be said.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SuspensionShape {
    /// In at most 500 characters; may be empty.
    #[schema(max_length = 500, example = "Does not pay")]
    pub(super) reason: String,
}

/// Do not approve a listing; its seller may edit it and try again.
#[utoipa::path(post, path = "/api/v1/moderation/auctions/{id}/disapproval", tag = "moderation",
    request_body = WhyShape, params(Numbered), security(("key" = [])), responses(
    (status = 204, description = "The seller reads why."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn disapprove(
    State(app): State<Shared>,
    Caller(who): Caller,
    Number(auction): Number,
    Json(why): Json<WhyShape>,
) -> Result<StatusCode, Refused> {
    app.market.disapprove(&who, auction, &why.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An account, as moderators see it.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonShape {
    id: i64,
    name: String,
    email: String,
    role: String,
    confirmed: bool,
    suspended: bool,
    /// How often offers were taken back.
    taken_back: u32,
}

/// Accounts, by number.
#[utoipa::path(get, path = "/api/v1/moderation/people", tag = "moderation", params(Page),
    security(("key" = [])), responses(
    (status = 200, body = Rows<PersonShape>),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn people(
    State(app): State<Shared>,
    Caller(who): Caller,
    Asked(page): Asked<Page>,
) -> Result<axum::Json<Rows<PersonShape>>, Refused> {
    let limit = page.limit()?;
    let accounts = app.market.people(&who, page.number()?.unwrap_or(0), limit).await?;
    let rows = accounts.into_iter().map(|account| {
        let place = behind(account.person.0);
        let shape = PersonShape {
            id: account.person.0,
            name: account.name,
            email: account.email,
            role: account.role,
            confirmed: account.confirmed_at.is_some(),
            suspended: account.suspended_at.is_some(),
            taken_back: account.taken_back,
        };
        (shape, place)
    });
    Ok(axum::Json(Rows::new(rows.collect(), limit)))
}

/// Suspend somebody; standing offers are cancelled.
#[utoipa::path(put, path = "/api/v1/moderation/people/{id}/suspension", tag = "moderation",
    request_body = SuspensionShape, params(Numbered), security(("key" = [])), responses(
    (status = 204, description = "The account may read, nothing else."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn suspend(
    State(app): State<Shared>,
    Caller(who): Caller,
    Number(person): Number,
    Json(why): Json<SuspensionShape>,
) -> Result<StatusCode, Refused> {
    app.market.suspend(&who, Person(person), &why.reason).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let somebody back in. Cancelled offers stay cancelled.
#[utoipa::path(delete, path = "/api/v1/moderation/people/{id}/suspension", tag = "moderation",
    params(Numbered), security(("key" = [])), responses(
    (status = 204, description = "The account is as before."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn unsuspend(
    State(app): State<Shared>,
    Caller(who): Caller,
    Number(person): Number,
) -> Result<StatusCode, Refused> {
    app.market.unsuspend(&who, Person(person)).await?;
    Ok(StatusCode::NO_CONTENT)
}
