//! Asks a hub to do something: the running one, or the folder itself.

use super::{Request, answer};
use crate::serve::opened;
use crate::settings::Settings;
use anyhow::Result;
use process::{control, folder};
use serde_json::Value;

/// Has a request answered.
pub async fn call(settings: &Settings, request: Request) -> Result<Value> {
    folder::make(&settings.data)?;
    let Some(_lock) = folder::hold(&settings.data)? else {
        return control::ask(&settings.data, &request, "hub");
    };
    // Nobody is dialled for a command.
    let settings = Settings { upstreams: Vec::new(), ..settings.clone() };
    let hub = opened(&settings).await?;
    let result = answer(&hub.door, request).await;
    hub.close().await;
    result
}
