//! A thread that reads from PostgreSQL.

use ::postgres::{Client, Config, IsolationLevel, Transaction};

use super::connect;
use super::errors::explain;
use super::link::{PostgresLink, Statements};
use super::session::{Open, Session};
use crate::deadline::Deadline;
use crate::desk::Desk;
use crate::job::Reading;
use crate::{Error, Tx};

/// One question on a connection of its own, for as long as it takes.
pub(crate) fn look<T>(url: &str, question: impl FnOnce(&mut Tx<'_>) -> T) -> Result<T, Error> {
    let mut client = connect::connect(&connect::config(url)?)?;
    let mut transaction = snapshot(&mut client)?;
    let statements = &mut Statements::default();
    let mut link = PostgresLink { transaction: &mut transaction, statements, deadline: None };
    Ok(question(&mut Tx::new(&mut link)))
}

/// A reader's life: one question after the other, each in a snapshot of its own.
pub(super) fn answer_all(config: Config, desk: &Desk) {
    let limit = desk.options.read_limit;
    // The server cuts a statement; the link cuts a read of many short ones.
    let settings = format!(
        "SET application_name = 'journal reader'; SET statement_timeout = {}",
        limit.as_millis().max(1)
    );
    let deadline = Deadline::new(limit);
    let mut session = Session::new(config, settings);
    while let Some(question) = desk.reads.next() {
        if !question.abandoned() {
            answer(question, &mut session, &deadline);
        }
    }
}

fn answer(question: Box<dyn Reading>, session: &mut Session, deadline: &Deadline) {
    // A lost connection shows only when it is used, so the first failure is not yet an answer.
    if session.open().is_ok_and(|open| snapshot(&mut open.client).is_err()) {
        session.drop_connection();
    }
    let Open { client, statements } = match session.open() {
        Ok(open) => open,
        Err(error) => return question.answer(Err(error)),
    };
    let mut transaction = match snapshot(client) {
        Ok(transaction) => transaction,
        Err(error) => return question.answer(Err(error)),
    };
    let mut link = PostgresLink { transaction: &mut transaction, statements, deadline: Some(deadline) };
    deadline.begin();
    question.answer(Ok(&mut Tx::new(&mut link)));
    deadline.lift();
    let _ = transaction.commit();
}

fn snapshot(client: &mut Client) -> Result<Transaction<'_>, Error> {
    let mut begin = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead);
    begin = begin.read_only(true);
    begin.start().map_err(|error| explain(&error))
}
