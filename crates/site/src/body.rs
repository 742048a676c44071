//! The body of a request, read to its end: neither too large nor too slow.

use crate::settings::LimitSettings;
use axum::body::{Body, Bytes, to_bytes};
use std::time::Duration;
use tokio::time::timeout;

/// All of a body, or the code of what is wrong with it. A connection whose body never comes would stay open for ever.
pub async fn read(body: Body, limits: &LimitSettings) -> Result<Bytes, &'static str> {
    let within = Duration::from_secs(limits.body_seconds.into());
    match timeout(within, to_bytes(body, limits.body_bytes as usize)).await {
        Ok(read) => read.map_err(|_| "too_large"),
        Err(_) => Err("too_slow"),
    }
}
