//! The journal on SQLite: one writer thread, a few readers.

pub(crate) mod cell;

mod backup;
mod batch;
mod check;
mod checkpoint;
mod connect;
mod errors;
mod link;
mod reader;
mod writer;

use std::path::Path;
use std::sync::Arc;

use checkpoint::Log;

use crate::desk::Desk;
use crate::journal::Duty;
use crate::migrate::{OWN, migrate};
use crate::{Dialect, OpenError, Schema};

pub(crate) use backup::backup;
pub(crate) use check::check;
pub(crate) use reader::look;

/// Opens the file, brings its tables up to date and gives what the threads have to do.
pub(crate) fn open(file: &Path, schema: &Schema, desk: &Arc<Desk>) -> Result<Vec<Duty>, OpenError> {
    connect::refuse_old_version()?;
    let log = Arc::new(Log::default());
    let mut connection = connect::writer(file, &log)?;
    connect::without_foreign_keys(&mut connection, |connection| {
        let steps =
            migrate(connection, &OWN, Dialect::Sqlite)? + migrate(connection, schema, Dialect::Sqlite)?;
        if steps > 0 { check::after_migration(connection) } else { Ok(()) }
    })?;

    let mut duties: Vec<Duty> = Vec::new();
    for _ in 0..desk.options.readers.max(1) {
        let connection = connect::reader(file)?;
        let desk = Arc::clone(desk);
        duties.push(("journal-reader", Box::new(move || reader::answer_all(connection, &desk))));
    }
    let (copier, copied) = (connect::copier(file)?, Arc::clone(&log));
    duties.push(("journal-copier", Box::new(move || checkpoint::copy_when_asked(&copier, &copied))));
    let (file, desk) = (file.to_owned(), Arc::clone(desk));
    duties.push(("journal-writer", Box::new(move || writer::write_all(connection, &file, &log, &desk))));
    Ok(duties)
}
