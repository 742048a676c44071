//! How the hub stood a moment ago. Anybody may ask, and to find out costs the node, the log and the disk something.

use crate::applications::Door;
use crate::status::Status;
use crate::time::{Span, Time};
use journal::Error;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What is younger is shown again.
const FRESH: Span = Span::seconds(1);

/// The newest status that was shown. Who asks while another one finds out waits for him.
#[derive(Default)]
pub struct Recent(Mutex<Option<(Time, Arc<Status>)>>);

impl Recent {
    pub(super) async fn status(&self, door: &Door) -> Result<Arc<Status>, Error> {
        let (mut kept, now) = (self.0.lock().await, door.now());
        if let Some((at, status)) = &*kept
            && *at <= now
            && now.since(*at) < FRESH
        {
            return Ok(Arc::clone(status));
        }
        let status = Arc::new(door.carrier.status().await?);
        *kept = Some((now, Arc::clone(&status)));
        Ok(status)
    }
}
