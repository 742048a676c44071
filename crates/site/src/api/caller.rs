//! Who calls, and under which id.

use super::problem::Refused;
use crate::app::Shared;
use auction::CommandId;
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use market::{Identity, Refusal};
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

/// Somebody who has shown a key: `Authorization: Bearer …`, a personal token or a session's key.
pub(super) struct Caller(pub(super) Identity);

impl FromRequestParts<Shared> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Caller, Refused> {
        let key = key(&parts.headers)?.ok_or(Refusal::SignInNeeded)?;
        Ok(Caller(app.market.identify(key).await?))
    }
}

impl OptionalFromRequestParts<Shared> for Caller {
    type Rejection = Refused;

    /// Strangers are welcome; a key that opens nothing is still an error, so that nobody reads as a stranger
    /// without noticing.
    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Option<Caller>, Refused> {
        match key(&parts.headers)? {
            Some(key) => Ok(Some(Caller(app.market.identify(key).await?))),
            None => Ok(None),
        }
    }
}

/// The key of a request.
pub(super) fn key(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Refusal::SignInNeeded)?;
    let (scheme, key) = text.split_once(' ').ok_or(Refusal::SignInNeeded)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(Some(key.trim())) } else { Err(Refusal::SignInNeeded) }
}

/// The header that goes with a command.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub(super) struct Once {
    /// A key of the caller's own choice, in visible ASCII, such as a UUID: the same key with the same content has
    /// no second effect.
    #[param(rename = "Idempotency-Key", value_type = String, required = false)]
    #[param(min_length = 1, max_length = 255, pattern = "^[!-~]+$")]
    #[allow(dead_code, reason = "it is read by `Id`; this describes it")]
    idempotency_key: Option<String>,
}

/// The id of a command, from `Idempotency-Key`; a fresh one without.
pub(super) struct Id(pub(super) CommandId);

impl FromRequestParts<Shared> for Id {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Id, Refused> {
        Ok(Id(id(&parts.headers)?.unwrap_or_else(|| app.market.fresh_id())))
    }
}

/// Longest `Idempotency-Key`.
const KEY_LONGEST: usize = 255;

fn id(headers: &HeaderMap) -> Result<Option<CommandId>, Refusal> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let bytes = value.as_bytes();
    match bytes.len() {
        0 => return Err(Refusal::field("Idempotency-Key", "missing")),
        n if n > KEY_LONGEST => return Err(Refusal::field("Idempotency-Key", "too_long")),
        _ if bytes.iter().all(u8::is_ascii_graphic) => {}
        _ => return Err(Refusal::field("Idempotency-Key", "control_characters")),
    }
    Ok(Some(CommandId(uuid(bytes).unwrap_or_else(|| digest(bytes)))))
}

/// A key in the form of a UUID is its own id.
fn uuid(bytes: &[u8]) -> Option<[u8; 16]> {
    if bytes.len() != 36 {
        return None;
    }
    let mut id = [0; 16];
    let mut digits = 0;
    for (place, byte) in bytes.iter().enumerate() {
        if matches!(place, 8 | 13 | 18 | 23) {
            if *byte != b'-' {
                return None;
            }
            continue;
        }
        // Only lower case: "A" and "a" are different keys.
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'f' => byte - b'a' + 10,
            _ => return None,
        };
        id[digits / 2] |= digit << (4 * (1 - digits % 2));
        digits += 1;
    }
    Some(id)
}

/// Any other key, shortened: 128 bits of SHA-256 do not collide by accident, and a key belongs to its asker.
fn digest(bytes: &[u8]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&Sha256::digest(bytes)[..16]);
    id
}
