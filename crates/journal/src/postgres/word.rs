//! The word from other processes: who has committed something.

use std::thread;
use std::time::Duration;

use ::postgres::Config;
use ::postgres::fallible_iterator::FallibleIterator;

use super::errors::explain;
use super::session::Session;
use crate::Error;
use crate::desk::Desk;

/// How long this process collects its own commits before it tells the others. Telling with every commit would cost
/// two thirds of the commits.
const PAUSE: Duration = Duration::from_millis(50);

/// Pauses without a word after which readers are woken all the same: a word may be lost, a second may not.
const PAUSES_BETWEEN_POLLS: u32 = 20;

/// How long to leave a server alone that cannot be reached.
const PAUSE_WHEN_DOWN: Duration = Duration::from_millis(500);

/// Tells and listens until the journal is closed.
pub(super) fn pass_on(config: Config, desk: &Desk) {
    let settings = "SET application_name = 'journal word'; LISTEN journal".to_owned();
    let mut session = Session::new(config, settings);
    let mut told = 0;
    let mut quiet = 0;
    while !desk.is_closed() {
        match exchange(&mut session, desk, &mut told) {
            Ok(true) => quiet = 0,
            Ok(false) => quiet += 1,
            Err(_) => {
                session.drop_connection();
                quiet = PAUSES_BETWEEN_POLLS;
                thread::sleep(PAUSE_WHEN_DOWN);
            }
        }
        if quiet >= PAUSES_BETWEEN_POLLS {
            quiet = 0;
            desk.wake_readers();
        }
    }
}

/// Waits for one pause; gives true when another process has sent word.
fn exchange(session: &mut Session, desk: &Desk, told: &mut u64) -> Result<bool, Error> {
    let client = &mut session.open()?.client;
    let commits = desk.own_commits();
    if commits != *told {
        let sent = client.batch_execute("NOTIFY journal");
        sent.map_err(|error| explain(&error))?;
        *told = commits;
    }
    let mut notifications = client.notifications();
    let heard = notifications.timeout_iter(PAUSE).next();
    let heard = heard.map_err(|error| explain(&error))?.is_some();
    // The echo of one's own word wakes once too often, which harms nobody.
    if heard {
        desk.wake_readers();
    }
    Ok(heard)
}
