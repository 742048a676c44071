//! Personal tokens.

use super::body::{Asked, Json, Number, Numbered};
use super::caller::Caller;
use super::cursor::{Page, Rows, behind};
use super::problem::{Problem, Refused};
use super::shapes::moment;
use crate::app::Shared;
use axum::extract::State;
use axum::http::StatusCode;
use market::{Refusal, Scopes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct TokenShape {
    id: i64,
    name: String,
    scopes: Vec<String>,
    created_at: String,
    revoked_at: Option<String>,
}

/// The caller's tokens.
#[utoipa::path(get, path = "/api/v1/tokens", tag = "tokens", params(Page), security(("key" = [])), responses(
    (status = 200, body = Rows<TokenShape>),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn list(
    State(app): State<Shared>,
    Caller(who): Caller,
    Asked(page): Asked<Page>,
) -> Result<axum::Json<Rows<TokenShape>>, Refused> {
    let limit = page.limit()?;
    let tokens = app.market.tokens(&who, page.number()?.unwrap_or(0), limit).await?;
    let rows = tokens.into_iter().map(|token| {
        let place = behind(token.id);
        let shape = TokenShape {
            id: token.id,
            name: token.name,
            scopes: token.scopes.split(' ').map(str::to_owned).collect(),
            created_at: moment(token.created_at),
            revoked_at: token.revoked_at.map(moment),
        };
        (shape, place)
    });
    Ok(axum::Json(Rows::new(rows.collect(), limit)))
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewTokenShape {
    /// The owner's name for it, at most 60 characters.
    #[schema(
        min_length = 1,
        max_length = 60,
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    #[schema(example = "phone")]
    name: String,
    /// What it may be used for.
    #[schema(value_type = Vec<ScopeShape>, min_items = 1)]
    scopes: Vec<String>,
}

/// One thing that a token may be used for.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "`Scope` reads the words; this describes them")]
enum ScopeShape {
    Read,
    Bid,
    Sell,
    Account,
    Moderate,
}

/// A token that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct TokenKeyShape {
    id: i64,
    /// The key. It is shown this once.
    token: String,
}

/// Make a token with some of the caller's own scopes.
#[utoipa::path(post, path = "/api/v1/tokens", tag = "tokens", request_body = NewTokenShape,
    security(("key" = [])), responses(
    (status = 201, body = TokenKeyShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn create(
    State(app): State<Shared>,
    Caller(who): Caller,
    Json(asked): Json<NewTokenShape>,
) -> Result<(StatusCode, axum::Json<TokenKeyShape>), Refused> {
    let is_one = |word: &String| !word.is_empty() && !word.contains(char::is_whitespace);
    let scopes = Scopes::parse(&asked.scopes.join(" ")).filter(|_| asked.scopes.iter().all(is_one));
    let scopes = scopes.ok_or_else(|| Refusal::field("scopes", "unknown"))?;
    let token = app.market.create_token(&who, &asked.name, scopes).await?;
    Ok((StatusCode::CREATED, axum::Json(TokenKeyShape { id: token.id, token: token.key })))
}

/// Revoke a token; at once.
#[utoipa::path(delete, path = "/api/v1/tokens/{id}", tag = "tokens", params(Numbered),
    security(("key" = [])), responses(
    (status = 204, description = "It opens nothing any more."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn revoke(
    State(app): State<Shared>,
    Caller(who): Caller,
    Number(id): Number,
) -> Result<StatusCode, Refused> {
    app.market.revoke_token(&who, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
