//! Letting go of what is too old or too much.

use crate::links::{Desk, FromLink};
use crate::log::Retention;
use crate::node::Input;
use std::sync::Arc;
use std::time::Duration;

/// How often is looked. At full speed a quarter of a gigabyte comes in meanwhile.
const EVERY: Duration = Duration::from_secs(10);

/// Looks now and then, until the hub stops.
pub(super) async fn keep(desk: Arc<Desk>, retention: Retention) {
    loop {
        tokio::select! {
            () = desk.stopped() => return,
            () = tokio::time::sleep(EVERY) => trim(&desk, retention).await,
        }
    }
}

/// Chunk by chunk, so that commits come in between.
async fn trim(desk: &Desk, retention: Retention) {
    while !desk.is_stopping() {
        match desk.log.trim(retention, desk.clock.now()).await {
            Ok(Some(gone)) => {
                let input = Input::Trimmed { stream: gone.stream, to: gone.to };
                (desk.to_node)(FromLink { input, room: None });
            }
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%error, "the log could not be trimmed: {error}");
                return;
            }
        }
    }
}
