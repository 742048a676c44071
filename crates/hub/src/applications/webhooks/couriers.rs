//! All couriers, each a task of its own: a receiver that does not answer costs the others nothing.

use super::super::Door;
use super::courier::{Courier, Step};
use super::table::{self, Webhook};
use journal::Error;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// When the database fails, everything waits so long.
const BREATHER: Duration = Duration::from_secs(1);

/// The couriers that are on their way, by webhook.
#[derive(Default)]
pub struct Couriers(Mutex<HashMap<i64, JoinHandle<()>>>);

impl Couriers {
    /// Sends out a courier for every webhook that may be used.
    pub async fn start_all(&self, door: &Arc<Door>) -> Result<(), Error> {
        let webhooks = door.journal.read(table::active).await?;
        webhooks.into_iter().for_each(|webhook| self.start(door, webhook));
        Ok(())
    }

    /// Sends out a courier, in place of the one before.
    pub(super) fn start(&self, door: &Arc<Door>, webhook: Webhook) {
        let id = webhook.id;
        let task = tokio::spawn(go(Courier::new(door, webhook), door.clone()));
        self.replace(id, Some(task));
    }

    /// Calls a courier back.
    pub(super) fn stop(&self, id: i64) {
        self.replace(id, None);
    }

    /// Calls all back. What they carried is delivered again another time.
    pub fn stop_all(&self) {
        let mut tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.drain().for_each(|(_, task)| task.abort());
    }

    fn replace(&self, id: i64, task: Option<JoinHandle<()>>) {
        let mut tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = match task {
            Some(task) => tasks.insert(id, task),
            None => tasks.remove(&id),
        };
        if let Some(before) = before {
            before.abort();
        }
    }
}

async fn go(mut courier: Courier, door: Arc<Door>) {
    let mut news = door.carrier.news();
    loop {
        news.mark_unchanged();
        match courier.step().await {
            Ok(Step::Again) => {}
            Ok(Step::Idle) if news.changed().await.is_err() => return,
            Ok(Step::Idle) => {}
            Ok(Step::Until(due)) => {
                let wait = due.since(door.clock.now());
                sleep(Duration::from_micros(wait.0)).await;
            }
            Ok(Step::Over) => return,
            Err(error) => {
                tracing::error!(%error, "a webhook waits, because the database failed: {error}");
                sleep(BREATHER).await;
            }
        }
    }
}
