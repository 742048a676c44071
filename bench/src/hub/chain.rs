//! Publisher, server A, server B, consumer: what everybody has to be able to do.

use super::keeper::Kept;
use super::meter::Meter;
use anyhow::Result;
use std::sync::Arc;
use std::time::Duration;

/// So many messages of a publisher may wait for their answers, everywhere about the same.
pub(crate) const WINDOW: usize = 1024;

/// How fast is published.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// As fast as answers come, from one origin.
    One,
    /// As fast as answers come, from 64 origins, each of which has one message on its way.
    Many,
    /// One message after each such time.
    Every(Duration),
}

/// Two servers that are linked, and a consumer that listens at the second one for as long as the value lives.
pub(crate) trait Chain: Sync {
    /// What the consumer has received is told to this one.
    fn meter(&self) -> &Arc<Meter>;

    /// Publishes until the meter is over and all answers have come. Fails where something was not taken.
    fn publish(&self, pace: Pace) -> Result<()>;

    /// The processes of both servers.
    fn servers(&self) -> [&Kept; 2];
}
