//! Accounts: register, confirm, sign in and out, a forgotten password, oneself.

use super::body::Json;
use super::caller::{Caller, key};
use super::problem::{Problem, Refused};
use super::shapes::moment;
use crate::app::Shared;
use axum::extract::State;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use market::Refusal;
use market::actions::{Register, SignIn, SignedIn};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person gives to register.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterShape {
    #[schema(
        max_length = 254,
        pattern = "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
        example = "ann@example.org"
    )]
    email: String,
    /// What others see, at most 60 characters.
    #[schema(
        min_length = 1,
        max_length = 60,
        pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+( [^\\s\\x00-\\x1f\\x7f-\\x9f]+)*$"
    )]
    #[schema(example = "Ann")]
    name: String,
    /// 8 characters or more.
    #[schema(min_length = 8, max_length = 256, example = "correct horse")]
    password: String,
}

/// Register.
///
/// The answer is the same whether or not the address has an account; its owner learns it from the letter.
#[utoipa::path(post, path = "/api/v1/people", tag = "accounts", request_body = RegisterShape, responses(
    (status = 202, description = "A letter is on its way."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn register(
    State(app): State<Shared>,
    Json(asked): Json<RegisterShape>,
) -> Result<StatusCode, Refused> {
    let RegisterShape { email, name, password } = asked;
    app.market.register(Register { email, name, password }).await?;
    Ok(StatusCode::ACCEPTED)
}

/// The key of a one-time link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyShape {
    /// What stands behind `key=` in the link of the letter.
    key: String,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionShape {
    /// Goes into `Authorization: Bearer …`. Known to nobody else.
    key: String,
    /// When it stops working.
    expires_at: String,
}

impl From<SignedIn> for SessionShape {
    fn from(session: SignedIn) -> SessionShape {
        SessionShape { expires_at: moment(session.expires_at), key: session.key }
    }
}

fn agent(headers: &HeaderMap) -> &str {
    headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or("")
}

/// Confirm a mail address by the key of the letter; opens a session.
#[utoipa::path(post, path = "/api/v1/confirmations", tag = "accounts", request_body = KeyShape, responses(
    (status = 201, body = SessionShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn confirm(
    State(app): State<Shared>,
    headers: HeaderMap,
    Json(asked): Json<KeyShape>,
) -> Result<(StatusCode, axum::Json<SessionShape>), Refused> {
    let session = app.market.confirm(&asked.key, agent(&headers)).await?;
    Ok((StatusCode::CREATED, axum::Json(session.into())))
}

/// What a person gives to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInShape {
    email: String,
    password: String,
    /// Keep the session for 30 days instead of one.
    #[serde(default)]
    remember: bool,
}

/// Sign in: opens a session.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "accounts", request_body = SignInShape, responses(
    (status = 201, body = SessionShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sign_in(
    State(app): State<Shared>,
    headers: HeaderMap,
    Json(asked): Json<SignInShape>,
) -> Result<(StatusCode, axum::Json<SessionShape>), Refused> {
    let SignInShape { email, password, remember } = asked;
    let request = SignIn { email, password, remember, agent: agent(&headers).to_owned() };
    let session = app.market.sign_in(request).await?;
    Ok((StatusCode::CREATED, axum::Json(session.into())))
}

/// Sign out: ends the session whose key is shown.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "accounts", security(("key" = [])), responses(
    (status = 204, description = "The session has ended."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn sign_out(
    State(app): State<Shared>,
    headers: HeaderMap,
    _caller: Caller,
) -> Result<StatusCode, Refused> {
    let key = key(&headers)?.ok_or(Refusal::SignInNeeded)?;
    app.market.sign_out(key).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// An account's mail address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EmailShape {
    #[schema(
        max_length = 254,
        pattern = "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?([.][A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$",
        example = "ann@example.org"
    )]
    email: String,
}

/// Ask for a letter with a link to set a new password.
#[utoipa::path(post, path = "/api/v1/password-resets", tag = "accounts", request_body = EmailShape, responses(
    (status = 202, description = "If there is such an account, a letter is on its way."),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ask_for_reset(
    State(app): State<Shared>,
    Json(asked): Json<EmailShape>,
) -> Result<StatusCode, Refused> {
    app.market.ask_for_reset(&asked.email).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetShape {
    /// What stands behind `key=` in the link of the letter.
    key: String,
    /// 8 characters or more.
    #[schema(min_length = 8, max_length = 256, example = "correct horse")]
    password: String,
}

/// Set a new password by the key of the letter; ends all sessions and opens one.
#[utoipa::path(post, path = "/api/v1/passwords", tag = "accounts", request_body = ResetShape, responses(
    (status = 201, body = SessionShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn reset_password(
    State(app): State<Shared>,
    headers: HeaderMap,
    Json(asked): Json<ResetShape>,
) -> Result<(StatusCode, axum::Json<SessionShape>), Refused> {
    let session = app.market.reset_password(&asked.key, asked.password, agent(&headers)).await?;
    Ok((StatusCode::CREATED, axum::Json(session.into())))
}

/// One's own account.
#[derive(Serialize, ToSchema)]
pub(super) struct MeShape {
    id: i64,
    email: String,
    name: String,
    /// user, moderator or administrator.
    role: String,
    language: String,
    suspended: bool,
    /// How often offers were taken back.
    taken_back: u32,
    /// What the key that was shown may be used for.
    scopes: Vec<String>,
}

/// One's own account.
#[utoipa::path(get, path = "/api/v1/me", tag = "accounts", security(("key" = [])), responses(
    (status = 200, body = MeShape),
    (status = "4XX", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn me(
    State(app): State<Shared>,
    Caller(who): Caller,
) -> Result<axum::Json<MeShape>, Refused> {
    let account = app.market.own_account(&who).await?;
    Ok(axum::Json(MeShape {
        id: account.person.0,
        email: account.email,
        name: account.name,
        role: account.role,
        language: account.language,
        suspended: account.suspended_at.is_some(),
        taken_back: account.taken_back,
        scopes: who.scopes.to_string().split(' ').map(str::to_owned).collect(),
    }))
}
