//! A batch of the node, as a job of the writer.

use super::Shared;
use super::changes::{Changes, Changing};
use crate::node::Batch;
use journal::{Error, Failure, Job, Tx};
use std::sync::Arc;

/// Writes a batch and tells how that went.
pub(super) struct Apply<F> {
    batch: Batch,
    shared: Arc<Shared>,
    changes: Changes,
    told: F,
}

impl<F: FnOnce(Result<(), Error>) + Send> Apply<F> {
    pub(super) fn new(batch: Batch, shared: Arc<Shared>, told: F) -> Apply<F> {
        Apply { batch, shared, changes: Changes::default(), told }
    }
}

impl<F: FnOnce(Result<(), Error>) + Send> Job for Apply<F> {
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        let mut changing = Changing::new(tx, &self.shared)?;
        self.batch.steps.iter().try_for_each(|step| changing.step(step))?;
        self.batch.steps.iter().try_for_each(|step| changing.prove(step))?;
        self.changes = changing.done();
        Ok(())
    }

    fn done(self: Box<Self>, outcome: Result<(), Error>) {
        let Apply { batch: _, shared, changes, told } = *self;
        match &outcome {
            Ok(()) => remember(&shared, changes),
            Err(_) => doubt(&shared),
        }
        told(outcome);
    }
}

fn remember(shared: &Shared, changes: Changes) {
    let mut index = shared.index();
    changes.dropped.into_iter().for_each(|stream| index.forget(stream));
    changes.forgotten.into_iter().for_each(|(stream, number)| index.leave(stream, number));
    changes.learned.into_iter().for_each(|(stream, number)| index.learn(stream, number));
    changes.added.iter().for_each(|placed| index.add(&placed.envelope));
    index.next_place = changes.next_place;
    index.is_sure = true;
    drop(index);
    let mut newest = shared.newest();
    changes.added.into_iter().for_each(|placed| newest.add(placed));
    drop(newest);
    shared.news.send_if_modified(|place| std::mem::replace(place, changes.next_place - 1) != *place);
}

/// Nobody knows what the file holds.
fn doubt(shared: &Shared) {
    shared.index().is_sure = false;
    shared.newest().doubt();
}
