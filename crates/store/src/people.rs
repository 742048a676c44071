//! Accounts.

use auction::{Person, Time};
use journal::{Error, Row, Tx, args};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number on this site.
    pub person: Person,
    /// As it was written.
    pub email: String,
    /// How others see it, where names are shown.
    pub name: String,
    /// Hash in PHC form; none while no password was set.
    pub password: Option<String>,
    /// The word of the role.
    pub role: String,
    /// The language of letters and pages.
    pub language: String,
    /// When it was registered.
    pub created_at: Time,
    /// When the mail address was confirmed.
    pub confirmed_at: Option<Time>,
    /// When it was suspended.
    pub suspended_at: Option<Time>,
    /// How often offers were taken back, on all auctions.
    pub taken_back: u32,
}

/// What a new account begins with.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// As it was written.
    pub email: &'a str,
    /// The form under which an address is the same address.
    pub email_key: &'a str,
    /// Shown name.
    pub name: &'a str,
    /// Hash in PHC form.
    pub password: Option<&'a str>,
    /// The word of the role.
    pub role: &'a str,
    /// The language of letters and pages.
    pub language: &'a str,
    /// Set where no confirmation by letter is needed.
    pub confirmed_at: Option<Time>,
}

macro_rules! columns {
    () => {
        "id, email, name, password, role, language, created_at, confirmed_at, suspended_at, taken_back"
    };
}

journal::statements! {
    /// Statements on `people`.
    pub STATEMENTS;
    INSERT = "INSERT INTO people (email, email_key, name, password, role, language, created_at, confirmed_at,
        taken_back) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0) ON CONFLICT (email_key) DO NOTHING RETURNING id";
    FIND = concat!("SELECT ", columns!(), " FROM people WHERE id = $1");
    BY_EMAIL = concat!("SELECT ", columns!(), " FROM people WHERE email_key = $1");
    PAGE = concat!("SELECT ", columns!(), " FROM people WHERE id > $1 ORDER BY id LIMIT $2");
    CONFIRM = "UPDATE people SET confirmed_at = $1 WHERE id = $2 AND confirmed_at IS NULL";
    SET_PASSWORD = "UPDATE people SET password = $1 WHERE id = $2";
    SET_ROLE = "UPDATE people SET role = $1 WHERE id = $2";
    SUSPEND = "UPDATE people SET suspended_at = $1 WHERE id = $2";
    COUNT_TAKEN_BACK = "UPDATE people SET taken_back = taken_back + 1 WHERE id = $1";
    RENEW = "UPDATE people SET name = $1, password = NULL WHERE id = $2 AND confirmed_at IS NULL";
    HAS_ROLE = "SELECT id FROM people WHERE role = $1 ORDER BY id LIMIT 1";
}

/// Enters an account and gives its number; `None` if the address is taken.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>, now: Time) -> Result<Option<Person>, Error> {
    let confirmed = new.confirmed_at.map(|at| at.0);
    tx.one(
        &INSERT,
        args![new.email, new.email_key, new.name, new.password, new.role, new.language, now.0, confirmed],
        |row| row.int(0).map(Person),
    )
}

/// The account with this number.
pub fn find(tx: &mut Tx<'_>, person: Person) -> Result<Option<Account>, Error> {
    tx.one(&FIND, args![person.0], account)
}

/// The account with this address, given in its key form.
pub fn by_email(tx: &mut Tx<'_>, email_key: &str) -> Result<Option<Account>, Error> {
    tx.one(&BY_EMAIL, args![email_key], account)
}

/// Accounts by number, behind one.
pub fn page(tx: &mut Tx<'_>, after: i64, limit: usize) -> Result<Vec<Account>, Error> {
    tx.all(&PAGE, args![after, limit], account)
}

/// Notes that the address was confirmed; false if it was before.
pub fn confirm(tx: &mut Tx<'_>, person: Person, now: Time) -> Result<bool, Error> {
    Ok(tx.run(&CONFIRM, args![now.0, person.0])? == 1)
}

/// Sets the password's hash.
pub fn set_password(tx: &mut Tx<'_>, person: Person, hash: &str) -> Result<(), Error> {
    tx.run(&SET_PASSWORD, args![hash, person.0]).map(drop)
}

/// Somebody registers again before confirming: the newer name, and no password. Leaves confirmed accounts alone.
pub fn renew(tx: &mut Tx<'_>, person: Person, name: &str) -> Result<(), Error> {
    tx.run(&RENEW, args![name, person.0]).map(drop)
}

/// Sets the role.
pub fn set_role(tx: &mut Tx<'_>, person: Person, role: &str) -> Result<(), Error> {
    tx.run(&SET_ROLE, args![role, person.0]).map(drop)
}

/// Suspends, or with `None` lets back in.
pub fn suspend(tx: &mut Tx<'_>, person: Person, at: Option<Time>) -> Result<(), Error> {
    tx.run(&SUSPEND, args![at.map(|at| at.0), person.0]).map(drop)
}

/// Counts a retraction, for the profile.
pub fn count_taken_back(tx: &mut Tx<'_>, person: Person) -> Result<(), Error> {
    tx.run(&COUNT_TAKEN_BACK, args![person.0]).map(drop)
}

/// Whether anybody has this role.
pub fn has_role(tx: &mut Tx<'_>, role: &str) -> Result<bool, Error> {
    Ok(tx.one(&HAS_ROLE, args![role], |row| row.int(0))?.is_some())
}

fn account(row: &Row<'_>) -> Result<Account, Error> {
    Ok(Account {
        person: Person(row.int(0)?),
        email: row.text(1)?,
        name: row.text(2)?,
        password: row.opt_text(3)?,
        role: row.text(4)?,
        language: row.text(5)?,
        created_at: Time(row.int(6)?),
        confirmed_at: row.opt_int(7)?.map(Time),
        suspended_at: row.opt_int(8)?.map(Time),
        taken_back: row.int(9)? as u32,
    })
}
