//! Sites that were heard of. This one is not among them.

use auction::Time;
use journal::{Error, Row, Tx, args};

/// The number of a site in this database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SiteId(pub i64);

/// A site as it has introduced itself, and as the webmaster treats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its number here.
    pub id: SiteId,
    /// Its key.
    pub key: [u8; 32],
    /// What it calls itself; empty before its card has come.
    pub name: String,
    /// Its public address; may be empty.
    pub address: String,
    /// Whom to ask there.
    pub contact: String,
    /// Program and version.
    pub software: String,
    /// What it says of its rules.
    pub policy: String,
    /// What is meant for it alone is sealed to this key.
    pub sealing_key: Option<[u8; 32]>,
    /// The word of what the webmaster has decided about it.
    pub treatment: String,
    /// When it was first heard.
    pub first_heard: Time,
    /// When it was last heard.
    pub last_heard: Time,
    /// When it last said that it is there.
    pub last_pulse: Option<Time>,
}

/// What a site says of itself.
#[derive(Clone, Debug)]
pub struct Card<'a> {
    /// What it calls itself.
    pub name: &'a str,
    /// Its public address; may be empty.
    pub address: &'a str,
    /// Whom to ask there.
    pub contact: &'a str,
    /// Program and version.
    pub software: &'a str,
    /// What it says of its rules.
    pub policy: &'a str,
    /// What is meant for it alone is sealed to this key.
    pub sealing_key: &'a [u8; 32],
}

macro_rules! columns {
    () => {
        "id, key, name, address, contact, software, policy, sealing_key, treatment, first_heard, last_heard, last_pulse"
    };
}

journal::statements! {
    /// Statements on `sites`.
    pub STATEMENTS;
    HEARD = "INSERT INTO sites (key, name, address, contact, software, policy, treatment, first_heard, last_heard)
        VALUES ($1, '', '', '', '', '', 'show', $2, $2)
        ON CONFLICT (key) DO UPDATE SET last_heard = CASE WHEN sites.last_heard < excluded.last_heard
        THEN excluded.last_heard ELSE sites.last_heard END RETURNING id";
    ID = "SELECT id FROM sites WHERE key = $1";
    SET_CARD = "UPDATE sites SET name = $1, address = $2, contact = $3, software = $4, policy = $5, sealing_key = $6
        WHERE id = $7";
    TREAT = "UPDATE sites SET treatment = $1 WHERE id = $2";
    FIND = concat!("SELECT ", columns!(), " FROM sites WHERE id = $1");
    BY_KEY = concat!("SELECT ", columns!(), " FROM sites WHERE key = $1");
    PAGE = concat!("SELECT ", columns!(), " FROM sites WHERE id > $1 ORDER BY id LIMIT $2");
}

/// A message of a site came that was signed at a time: gives the site's number, new at its first message.
pub fn heard(tx: &mut Tx<'_>, key: &[u8; 32], at: Time) -> Result<SiteId, Error> {
    let id = tx.one(&HEARD, args![key, at.0], |row| row.int(0))?;
    id.map(SiteId).ok_or(Error::Unknown)
}

/// A site was named in a message of another one: gives its number, new when nobody has named it before.
pub fn named(tx: &mut Tx<'_>, key: &[u8; 32], at: Time) -> Result<SiteId, Error> {
    match tx.one(&ID, args![key], |row| row.int(0))? {
        Some(id) => Ok(SiteId(id)),
        None => heard(tx, key, at),
    }
}

/// A site has introduced itself.
pub fn set_card(tx: &mut Tx<'_>, site: SiteId, card: &Card<'_>) -> Result<(), Error> {
    let Card { name, address, contact, software, policy, sealing_key } = *card;
    tx.run(&SET_CARD, args![name, address, contact, software, policy, sealing_key, site.0]).map(drop)
}

/// The webmaster has decided how a site is treated.
pub fn treat(tx: &mut Tx<'_>, site: SiteId, treatment: &str) -> Result<(), Error> {
    tx.run(&TREAT, args![treatment, site.0]).map(drop)
}

/// The site with this number.
pub fn find(tx: &mut Tx<'_>, site: SiteId) -> Result<Option<Site>, Error> {
    tx.one(&FIND, args![site.0], self::site)
}

/// The site with this key.
pub fn by_key(tx: &mut Tx<'_>, key: &[u8; 32]) -> Result<Option<Site>, Error> {
    tx.one(&BY_KEY, args![key], site)
}

/// Sites by number, behind one.
pub fn page(tx: &mut Tx<'_>, after: SiteId, limit: usize) -> Result<Vec<Site>, Error> {
    tx.all(&PAGE, args![after.0, limit], site)
}

fn site(row: &Row<'_>) -> Result<Site, Error> {
    Ok(Site {
        id: SiteId(row.int(0)?),
        key: bytes32(row.blob_ref(1)?)?,
        name: row.text(2)?,
        address: row.text(3)?,
        contact: row.text(4)?,
        software: row.text(5)?,
        policy: row.text(6)?,
        sealing_key: row.opt_blob_ref(7)?.map(bytes32).transpose()?,
        treatment: row.text(8)?,
        first_heard: Time(row.int(9)?),
        last_heard: Time(row.int(10)?),
        last_pulse: row.opt_int(11)?.map(Time),
    })
}

/// A key, hash or salt.
pub(crate) fn bytes32(bytes: &[u8]) -> Result<[u8; 32], Error> {
    bytes.try_into().map_err(|_| crate::encoding::unreadable("key", "not 32 bytes"))
}
