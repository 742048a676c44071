//! `GET /v1/identity`: under which key an application sends.

use super::Door;
use super::caller::Caller;
use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) async fn identity(State(door): State<Arc<Door>>, Caller(application): Caller) -> Json<Value> {
    Json(json!({
        "key": application.key.to_string(),
        "name": application.name,
        "hub": { "key": door.carrier.identity().to_string(), "name": door.policy.name },
    }))
}
