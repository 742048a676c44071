//! Connecting to PostgreSQL, and again after a connection was lost.

use std::thread;
use std::time::Duration;

use ::postgres::{Client, Config, NoTls};

use super::errors::explain;
use crate::Error;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Pauses between attempts to connect: two seconds together, the time a server takes to restart.
const PAUSES_MS: [u64; 6] = [20, 60, 120, 300, 500, 1000];

/// Reads the URL. The error does not repeat it: it may hold a password.
pub(super) fn config(url: &str) -> Result<Config, Error> {
    let mut config: Config =
        url.parse().map_err(|_| Error::database("the PostgreSQL URL cannot be understood"))?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT_TIMEOUT);
    }
    Ok(config)
}

/// One attempt.
pub(super) fn connect(config: &Config) -> Result<Client, Error> {
    config.connect(NoTls).map_err(|error| explain(&error))
}

/// Several attempts, for when a connection that worked was lost.
pub(super) fn connect_patiently(config: &Config) -> Result<Client, Error> {
    for pause in PAUSES_MS {
        if let Ok(client) = connect(config) {
            return Ok(client);
        }
        thread::sleep(Duration::from_millis(pause));
    }
    connect(config)
}
