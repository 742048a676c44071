//! A thread that reads from SQLite.

use std::path::Path;

use rusqlite::Connection;

use super::connect;
use super::errors::explain;
use super::link::SqliteLink;
use crate::deadline::Deadline;
use crate::desk::Desk;
use crate::job::Reading;
use crate::tx::Link;
use crate::{Error, Tx};

crate::statements! {
    ALL;
    BEGIN = "BEGIN";
    END = "COMMIT";
}

/// Steps of SQLite's machine between two looks at the clock: some tens of microseconds.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

/// One question on a connection of its own, for as long as it takes.
pub(crate) fn look<T>(file: &Path, question: impl FnOnce(&mut Tx<'_>) -> T) -> Result<T, Error> {
    let connection = connect::reader(file)?;
    let mut link = SqliteLink::new(&connection, None);
    link.run(&BEGIN, &[])?;
    Ok(question(&mut Tx::new(&mut link)))
}

/// A reader's life: one question after the other, each in a snapshot of its own.
pub(super) fn answer_all(mut connection: Connection, desk: &Desk) {
    let deadline = Deadline::new(desk.options.read_limit);
    if let Err(error) = watch(&mut connection, &deadline) {
        tracing::error!(%error, "reads will not be cut: {error}");
    }
    let mut link = SqliteLink::new(&connection, Some(deadline.clone()));
    if let Err(error) = ALL.iter().try_for_each(|statement| link.keep_ready(statement)) {
        tracing::error!(%error, "a reader cannot begin: {error}");
    }
    while let Some(question) = desk.reads.next() {
        if !question.abandoned() {
            answer(question, &mut link, &deadline);
        }
    }
}

fn watch(connection: &mut Connection, deadline: &Deadline) -> Result<(), Error> {
    let deadline = deadline.clone();
    connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || deadline.is_over())).map_err(explain)
}

fn answer(question: Box<dyn Reading>, link: &mut SqliteLink<'_>, deadline: &Deadline) {
    if let Err(error) = link.run(&BEGIN, &[]) {
        return question.answer(Err(error));
    }
    deadline.begin();
    question.answer(Ok(&mut Tx::new(link)));
    deadline.lift();
    // An interrupted statement may already have ended the transaction.
    if !link.is_autocommit()
        && let Err(error) = link.run(&END, &[])
    {
        tracing::error!(%error, "a snapshot could not be ended: {error}");
    }
}
