//! A log in a folder of its own, and an origin that signs for it.

use crate::envelope::{Draft, Envelope, Message, StreamId};
use crate::key::SecretKey;
use crate::log::{Log, LogName};
use crate::node::{Batch, Restored, Step};
use crate::time::Time;
use journal::Error;
use std::ops::RangeInclusive;
use std::sync::{Arc, mpsc};
use tempfile::TempDir;

pub(super) const DAY: u64 = 86_400_000_000;

pub(super) struct Scene {
    pub(super) folder: TempDir,
    pub(super) log: Log,
    pub(super) key: SecretKey,
    runtime: tokio::runtime::Runtime,
}

impl Scene {
    pub(super) fn new() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let (log, _) = Log::open(folder.path(), LogName(1), 2).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Scene { folder, log, key: SecretKey::from_seed([7; 32]), runtime }
    }

    /// Closes the log and opens it under the next name.
    pub(super) fn reopen(&mut self, name: u64) -> Restored {
        self.log.close();
        let (log, restored) = Log::open(self.folder.path(), LogName(name), 2).unwrap();
        self.log = log;
        restored
    }

    pub(super) fn stream(&self, epoch: u64) -> StreamId {
        StreamId { origin: self.key.public(), epoch }
    }

    /// Signed on the day of its number.
    pub(super) fn envelope(&self, epoch: u64, number: u64) -> Arc<Envelope> {
        let messages = [Message { media_type: "text/plain".to_owned(), body: vec![b'x'; 100].into() }];
        let (time, previous) = (Time(number * DAY), [u8::from(number > 1); 32]);
        let draft = Draft { epoch, number, previous, predecessor: None, time, ttl: 0, messages: &messages };
        Arc::new(draft.sign(&self.key).unwrap())
    }

    pub(super) fn appends(&self, epoch: u64, numbers: RangeInclusive<u64>) -> Vec<Step> {
        numbers.map(|number| Step::Append(self.envelope(epoch, number))).collect()
    }

    pub(super) fn early(&self, epoch: u64, numbers: RangeInclusive<u64>) -> Vec<Step> {
        numbers.map(|number| Step::Early(self.envelope(epoch, number))).collect()
    }

    pub(super) fn try_commit(&self, steps: Vec<Step>) -> Result<(), Error> {
        let (told, outcome) = mpsc::channel();
        self.log.apply(Batch { steps }, move |outcome| told.send(outcome).unwrap());
        outcome.recv().unwrap()
    }

    pub(super) fn commit(&self, steps: Vec<Step>) {
        self.try_commit(steps).unwrap();
    }

    pub(super) fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.block_on(future)
    }

    /// What applications see after a place: place, epoch and number.
    pub(super) fn seen(&self, after: u64) -> Vec<(u64, u64, u64)> {
        let placed = self.wait(self.log.read_after(after, 100)).unwrap();
        let row = |placed: crate::log::Placed| {
            (placed.place, placed.envelope.stream().epoch, placed.envelope.number())
        };
        placed.into_iter().map(row).collect()
    }
}
