//! Holds the writer up, so that everything asked meanwhile is decided in one batch.

use std::sync::mpsc;
use store::{Error, Failure, Job, Journal, Tx};

pub(crate) struct Gate {
    reached: mpsc::Sender<()>,
    opened: mpsc::Receiver<()>,
}

impl Gate {
    /// Closed until what it gives is dropped.
    pub(crate) fn close(journal: &Journal) -> mpsc::Sender<()> {
        let (open, opened) = mpsc::channel();
        let (reached, is_reached) = mpsc::channel();
        journal.submit(Box::new(Gate { reached, opened }));
        is_reached.recv().unwrap();
        open
    }
}

impl Job for Gate {
    fn run(&mut self, _: &mut Tx<'_>) -> Result<(), Failure> {
        let _ = self.reached.send(());
        let _ = self.opened.recv();
        Ok(())
    }

    fn done(self: Box<Self>, _: Result<(), Error>) {}
}
