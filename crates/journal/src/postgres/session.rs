//! One connection with the statements that were prepared on it.

use ::postgres::{Client, Config};

use super::connect::{connect, connect_patiently};
use super::errors::explain;
use super::link::Statements;
use crate::Error;

/// A connection that is made when it is needed, and made anew when it was lost.
pub(super) struct Session {
    config: Config,
    /// Run on every new connection.
    settings: String,
    open: Option<Open>,
    /// The last attempt to connect failed, so the next is a single one: those who wait are answered quickly.
    down: bool,
}

pub(super) struct Open {
    pub(super) client: Client,
    pub(super) statements: Statements,
}

impl Session {
    pub(super) fn new(config: Config, settings: String) -> Session {
        Session { config, settings, open: None, down: false }
    }

    /// The connection, after as many attempts as are reasonable.
    pub(super) fn open(&mut self) -> Result<&mut Open, Error> {
        if self.open.as_ref().is_some_and(|open| open.client.is_closed()) {
            self.open = None;
        }
        let open = match self.open.take() {
            Some(open) => open,
            None => self.connect()?,
        };
        Ok(self.open.insert(open))
    }

    /// Forgets the connection: after an error that leaves it in doubt.
    pub(super) fn drop_connection(&mut self) {
        self.open = None;
    }

    fn connect(&mut self) -> Result<Open, Error> {
        let attempt = if self.down { connect(&self.config) } else { connect_patiently(&self.config) };
        if let Err(error) = &attempt
            && !self.down
        {
            tracing::error!(%error, "no connection to PostgreSQL: {error}");
        }
        self.down = attempt.is_err();
        let mut client = attempt?;
        let settled = client.batch_execute(&self.settings);
        settled.map_err(|error| explain(&error))?;
        Ok(Open { client, statements: Statements::default() })
    }
}
