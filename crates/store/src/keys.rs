//! What opens a door: sessions, personal tokens and one-time links. Only their hashes are stored.

use auction::{Person, Time};
use journal::{Error, Row, Tx, args};

/// SHA-256 of a secret.
pub type Hash = [u8; 32];

/// Who holds a key, and what the account is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Whose.
    pub person: Person,
    /// The word of the role.
    pub role: String,
    /// Shown name.
    pub name: String,
    /// The account is suspended.
    pub suspended: bool,
    /// The token's scopes, or everything for a session.
    pub scopes: Option<String>,
    /// When a session ends.
    pub expires_at: Option<Time>,
}

/// A token as its owner sees it in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its number.
    pub id: i64,
    /// The owner's name for it.
    pub name: String,
    /// Words separated by spaces.
    pub scopes: String,
    /// When it was made.
    pub created_at: Time,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}

journal::statements! {
    /// Statements on `sessions`, `tokens` and `links`.
    pub STATEMENTS;
    OPEN_SESSION = "INSERT INTO sessions (hash, person, created_at, seen_at, expires_at, agent)
        VALUES ($1, $2, $3, $4, $5, $6)";
    SESSION = "SELECT p.id, p.role, p.name, p.suspended_at, s.expires_at FROM sessions s
        JOIN people p ON p.id = s.person WHERE s.hash = $1 AND s.expires_at > $2";
    CLOSE_SESSION = "DELETE FROM sessions WHERE hash = $1";
    CLOSE_SESSIONS = "DELETE FROM sessions WHERE person = $1";
    PURGE_SESSIONS = "DELETE FROM sessions WHERE expires_at <= $1";
    ADD_TOKEN = "INSERT INTO tokens (person, name, hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5)
        RETURNING id";
    TOKEN = "SELECT p.id, p.role, p.name, p.suspended_at, t.scopes FROM tokens t
        JOIN people p ON p.id = t.person WHERE t.hash = $1 AND t.revoked_at IS NULL";
    TOKENS = "SELECT id, name, scopes, created_at, revoked_at FROM tokens WHERE person = $1 AND id > $2
        ORDER BY id LIMIT $3";
    REVOKE_TOKEN = "UPDATE tokens SET revoked_at = $1 WHERE id = $2 AND person = $3 AND revoked_at IS NULL";
    TOKEN_OWNER = "SELECT person FROM tokens WHERE id = $1";
    ADD_LINK = "INSERT INTO links (hash, kind, person, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    USE_LINK = "UPDATE links SET used_at = $1 WHERE hash = $2 AND kind = $3 AND used_at IS NULL
        AND expires_at > $4 RETURNING person";
    LINK_WORKS = "SELECT used_at FROM links WHERE hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3";
    DROP_LINKS = "DELETE FROM links WHERE person = $1 AND kind = $2";
    DROP_UNOWNED_LINKS = "DELETE FROM links WHERE kind = $1 AND person IS NULL";
    PURGE_LINKS = "DELETE FROM links WHERE expires_at <= $1";
}

/// Opens a session until `expires_at`.
pub fn open_session(
    tx: &mut Tx<'_>,
    hash: &Hash,
    person: Person,
    agent: &str,
    now: Time,
    expires_at: Time,
) -> Result<(), Error> {
    tx.run(&OPEN_SESSION, args![hash, person.0, now.0, now.0, expires_at.0, agent]).map(drop)
}

/// Who holds this session, if it still runs.
pub fn session(tx: &mut Tx<'_>, hash: &Hash, now: Time) -> Result<Option<Holder>, Error> {
    tx.one(&SESSION, args![hash, now.0], |row| {
        let expires_at = row.opt_int(4)?.map(Time);
        holder(row, None, expires_at)
    })
}

/// Ends a session.
pub fn close_session(tx: &mut Tx<'_>, hash: &Hash) -> Result<(), Error> {
    tx.run(&CLOSE_SESSION, args![hash]).map(drop)
}

/// Ends all sessions of a person.
pub fn close_sessions(tx: &mut Tx<'_>, person: Person) -> Result<(), Error> {
    tx.run(&CLOSE_SESSIONS, args![person.0]).map(drop)
}

/// Forgets a person's links of a kind.
pub fn drop_links(tx: &mut Tx<'_>, person: Person, kind: &str) -> Result<(), Error> {
    tx.run(&DROP_LINKS, args![person.0, kind]).map(drop)
}

/// Adds a token and gives its number.
pub fn add_token(
    tx: &mut Tx<'_>,
    hash: &Hash,
    person: Person,
    name: &str,
    scopes: &str,
    now: Time,
) -> Result<i64, Error> {
    let id = tx.one(&ADD_TOKEN, args![person.0, name, hash, scopes, now.0], |row| row.int(0))?;
    id.ok_or(Error::Unknown)
}

/// Who holds this token, if it was not revoked.
pub fn token(tx: &mut Tx<'_>, hash: &Hash) -> Result<Option<Holder>, Error> {
    tx.one(&TOKEN, args![hash], |row| {
        let scopes = row.opt_text(4)?;
        holder(row, scopes, None)
    })
}

/// A person's tokens by number, behind one.
pub fn tokens(tx: &mut Tx<'_>, person: Person, after: i64, limit: usize) -> Result<Vec<Token>, Error> {
    tx.all(&TOKENS, args![person.0, after, limit], |row| {
        Ok(Token {
            id: row.int(0)?,
            name: row.text(1)?,
            scopes: row.text(2)?,
            created_at: Time(row.int(3)?),
            revoked_at: row.opt_int(4)?.map(Time),
        })
    })
}

/// Revokes a token of this person; false if there is none such.
pub fn revoke_token(tx: &mut Tx<'_>, person: Person, id: i64, now: Time) -> Result<bool, Error> {
    Ok(tx.run(&REVOKE_TOKEN, args![now.0, id, person.0])? == 1)
}

/// Whose token it is.
pub fn token_owner(tx: &mut Tx<'_>, id: i64) -> Result<Option<Person>, Error> {
    tx.one(&TOKEN_OWNER, args![id], |row| row.int(0).map(Person))
}

/// Adds a one-time link. Earlier ones of the same kind for the same person stop working.
pub fn add_link(
    tx: &mut Tx<'_>,
    hash: &Hash,
    kind: &str,
    person: Option<Person>,
    now: Time,
    expires_at: Time,
) -> Result<(), Error> {
    match person {
        Some(person) => tx.run(&DROP_LINKS, args![person.0, kind])?,
        None => tx.run(&DROP_UNOWNED_LINKS, args![kind])?,
    };
    let person = person.map(|person| person.0);
    tx.run(&ADD_LINK, args![hash, kind, person, now.0, expires_at.0]).map(drop)
}

/// Uses a link up. `None` if it is unknown, used or too old; else whose it is.
pub fn use_link(
    tx: &mut Tx<'_>,
    hash: &Hash,
    kind: &str,
    now: Time,
) -> Result<Option<Option<Person>>, Error> {
    tx.one(&USE_LINK, args![now.0, hash, kind, now.0], |row| Ok(row.opt_int(0)?.map(Person)))
}

/// Whether a link could be used now.
pub fn link_works(tx: &mut Tx<'_>, hash: &Hash, kind: &str, now: Time) -> Result<bool, Error> {
    Ok(tx.one(&LINK_WORKS, args![hash, kind, now.0], |row| row.opt_int(0))?.is_some())
}

/// Deletes what has expired.
pub fn purge(tx: &mut Tx<'_>, now: Time) -> Result<(), Error> {
    tx.run(&PURGE_SESSIONS, args![now.0])?;
    tx.run(&PURGE_LINKS, args![now.0]).map(drop)
}

fn holder(row: &Row<'_>, scopes: Option<String>, expires_at: Option<Time>) -> Result<Holder, Error> {
    Ok(Holder {
        person: Person(row.int(0)?),
        role: row.text(1)?,
        name: row.text(2)?,
        suspended: row.opt_int(3)?.is_some(),
        scopes,
        expires_at,
    })
}
