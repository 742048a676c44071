//! The table `webhooks`.

use super::schedule::Retry;
use super::signature::Secret;
use crate::applications::messages::{Filter, Spot};
use crate::time::Time;
use journal::{Error, Row, Tx, args};

/// Where events are delivered to, and how that goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its number.
    pub id: i64,
    /// Of which token.
    pub token: i64,
    /// Where.
    pub url: String,
    /// Signs the deliveries.
    pub secret: Secret,
    /// Which events.
    pub filter: Filter,
    /// The most events of one delivery.
    pub batch: u16,
    /// Whether it may be used.
    pub state: State,
    /// SHA-256 of the key in the callback of the handshake.
    pub confirm: [u8; 32],
    /// Requests a minute.
    pub rate: Option<u32>,
    /// What was delivered: everything before.
    pub spot: Spot,
    /// The events of the delivery that failed last; 0 if none did.
    pub tried: u16,
    /// When it is tried next.
    pub retry: Retry,
    /// Events that were delivered.
    pub delivered: u64,
    /// What went wrong last, in words, and when.
    pub error: Option<(Time, String)>,
    /// When it was registered.
    pub created_at: Time,
}

/// Whether a webhook may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The receiver has not given permission yet.
    Asked,
    /// It has.
    Active,
    /// All attempts have failed.
    Deactivated,
    /// The receiver wants no more.
    Gone,
}

impl State {
    /// As it is stored and shown.
    pub fn word(self) -> &'static str {
        match self {
            State::Asked => "asked",
            State::Active => "active",
            State::Deactivated => "deactivated",
            State::Gone => "gone",
        }
    }

    fn read(word: &str) -> Option<State> {
        let all = [State::Asked, State::Active, State::Deactivated, State::Gone];
        all.into_iter().find(|state| state.word() == word)
    }
}

journal::statements! {
    /// Statements on `webhooks`.
    pub STATEMENTS;
    ADD = "INSERT INTO webhooks (token, url, secret, filter, batch, state, confirm, rate, after, messages, tried, attempts,
        due, delivered, error, error_at, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING id";
    CHANGE = "UPDATE webhooks SET filter = $1, batch = $2, state = $3, confirm = $4, rate = $5, after = $6, messages = $7,
        tried = $8, attempts = $9, due = $10, delivered = $11, error = $12, error_at = $13 WHERE id = $14";
    FIND = "SELECT id, token, url, secret, filter, batch, state, confirm, rate, after, messages, tried, attempts, due,
        delivered, error, error_at, created_at FROM webhooks WHERE id = $1";
    OF_TOKEN = "SELECT id, token, url, secret, filter, batch, state, confirm, rate, after, messages, tried, attempts, due,
        delivered, error, error_at, created_at FROM webhooks WHERE token = $1 ORDER BY id";
    ACTIVE = "SELECT id, token, url, secret, filter, batch, state, confirm, rate, after, messages, tried, attempts, due,
        delivered, error, error_at, created_at FROM webhooks WHERE state = 'active' ORDER BY id";
    DELETE = "DELETE FROM webhooks WHERE id = $1";
}

/// Adds a webhook, and gives its number.
pub(super) fn add(tx: &mut Tx<'_>, webhook: &Webhook) -> Result<i64, Error> {
    let filter = serde_json::to_string(&webhook.filter).unwrap_or_default();
    let error = webhook.error.as_ref();
    let args = args![
        webhook.token,
        &webhook.url,
        &webhook.secret.0,
        &filter,
        webhook.batch,
        webhook.state.word(),
        &webhook.confirm,
        webhook.rate,
        webhook.spot.after as i64,
        webhook.spot.messages,
        webhook.tried,
        webhook.retry.attempts,
        webhook.retry.due.0 as i64,
        webhook.delivered as i64,
        error.map(|(_, words)| words),
        error.map(|(at, _)| at.0 as i64),
        webhook.created_at.0 as i64
    ];
    tx.one(&ADD, args, |row| row.int(0))?.ok_or(Error::Unknown)
}

/// Writes everything down that can change. `false`: it is not there any more.
pub(super) fn change(tx: &mut Tx<'_>, webhook: &Webhook) -> Result<bool, Error> {
    let filter = serde_json::to_string(&webhook.filter).unwrap_or_default();
    let error = webhook.error.as_ref();
    let args = args![
        &filter,
        webhook.batch,
        webhook.state.word(),
        &webhook.confirm,
        webhook.rate,
        webhook.spot.after as i64,
        webhook.spot.messages,
        webhook.tried,
        webhook.retry.attempts,
        webhook.retry.due.0 as i64,
        webhook.delivered as i64,
        error.map(|(_, words)| words),
        error.map(|(at, _)| at.0 as i64),
        webhook.id
    ];
    Ok(tx.run(&CHANGE, args)? > 0)
}

/// The webhook with this number.
pub(super) fn find(tx: &mut Tx<'_>, id: i64) -> Result<Option<Webhook>, Error> {
    tx.one(&FIND, args![id], read)
}

/// All webhooks of a token.
pub(super) fn of_token(tx: &mut Tx<'_>, token: i64) -> Result<Vec<Webhook>, Error> {
    tx.all(&OF_TOKEN, args![token], read)
}

/// All webhooks that may be used.
pub(super) fn active(tx: &mut Tx<'_>) -> Result<Vec<Webhook>, Error> {
    tx.all(&ACTIVE, args![], read)
}

/// Forgets a webhook.
pub(super) fn delete(tx: &mut Tx<'_>, id: i64) -> Result<(), Error> {
    tx.run(&DELETE, args![id]).map(drop)
}

fn read(row: &Row<'_>) -> Result<Webhook, Error> {
    let corrupt = || Error::Corrupt("a webhook is not as it was written".into());
    let retry = Retry { attempts: row.int(12)? as u32, due: Time(row.int(13)? as u64) };
    let error_at = row.opt_int(16)?.map(|at| Time(at as u64));
    Ok(Webhook {
        id: row.int(0)?,
        token: row.int(1)?,
        url: row.text(2)?,
        secret: Secret(row.blob(3)?),
        filter: serde_json::from_str(row.text_ref(4)?).map_err(|_| corrupt())?,
        batch: row.int(5)? as u16,
        state: State::read(row.text_ref(6)?).ok_or_else(corrupt)?,
        confirm: row.blob_ref(7)?.try_into().map_err(|_| corrupt())?,
        rate: row.opt_int(8)?.map(|rate| rate as u32),
        spot: Spot { after: row.int(9)? as u64, messages: row.int(10)? as u16 },
        tried: row.int(11)? as u16,
        retry,
        delivered: row.int(14)? as u64,
        error: error_at.zip(row.opt_text(15)?),
        created_at: Time(row.int(17)? as u64),
    })
}
