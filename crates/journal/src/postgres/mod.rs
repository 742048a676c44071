//! The journal on PostgreSQL: threads that write, threads that read, each with a connection of its own.

pub(crate) mod cell;

mod connect;
mod errors;
mod link;
mod reader;
mod session;
mod value;
mod word;
mod writer;

pub(crate) use reader::look;

use std::sync::Arc;
use std::thread;

use ::postgres::Client;

use crate::desk::Desk;
use crate::journal::Duty;
use crate::migrate::{OWN, migrate};
use crate::{Dialect, Error, OpenError, Schema};

/// Any number that other programs in the same database are unlikely to lock.
const MIGRATION_LOCK: i64 = 0x006a_6f75_726e_616c;

/// Brings the tables up to date and gives what the threads have to do.
pub(crate) fn open(url: &str, schema: &Schema, desk: &Arc<Desk>) -> Result<Vec<Duty>, OpenError> {
    let config = connect::config(url)?;
    // On a thread of its own: the driver may not be used inside a runtime, and whoever opens may be in one.
    thread::scope(|scope| {
        let migration = scope.spawn(|| bring_up_to_date(&mut connect::connect(&config)?, schema));
        migration.join().unwrap_or(Err(OpenError::Database(Error::Panicked)))
    })?;

    let mut duties: Vec<Duty> = Vec::new();
    for _ in 0..desk.options.writers.max(1) {
        let (config, desk) = (config.clone(), Arc::clone(desk));
        duties.push(("journal-writer", Box::new(move || writer::write_all(config, &desk))));
    }
    for _ in 0..desk.options.readers.max(1) {
        let (config, desk) = (config.clone(), Arc::clone(desk));
        duties.push(("journal-reader", Box::new(move || reader::answer_all(config, &desk))));
    }
    let desk = Arc::clone(desk);
    duties.push(("journal-word", Box::new(move || word::pass_on(config, &desk))));
    Ok(duties)
}

/// Under a lock, because several processes may start at once. It ends with the connection.
fn bring_up_to_date(client: &mut Client, schema: &Schema) -> Result<(), OpenError> {
    let lock = client.execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK]);
    lock.map_err(|error| errors::explain(&error))?;
    migrate(client, &OWN, Dialect::Postgres)?;
    migrate(client, schema, Dialect::Postgres)?;
    Ok(())
}
