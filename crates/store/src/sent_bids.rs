//! Bids of people of this site on auctions of other sites.

use crate::sites::bytes32;
use auction::{Amount, CommandId, Person, Refusal, Time};
use journal::{Error, Row, Tx, args};

/// A bid on its way.
#[derive(Clone, Debug)]
pub struct New<'a> {
    /// The auction's number here.
    pub replica: i64,
    /// Who bids.
    pub person: Person,
    /// The asker's id of the command.
    pub command: CommandId,
    /// The id under which other sites know it.
    pub bid: [u8; 16],
    /// The word of what is asked: `offer`, `take` or `buy_now`.
    pub kind: &'a str,
    /// How much.
    pub amount: Amount,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// The bidder's number in this auction.
    pub number: u32,
    /// What makes the commitment unguessable.
    pub salt: [u8; 32],
}

/// A bid that was sent, with what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its place among all that were sent.
    pub id: i64,
    /// The auction's number here.
    pub replica: i64,
    /// Who bids.
    pub person: Person,
    /// The id under which other sites know it.
    pub bid: [u8; 16],
    /// The word of what is asked: `offer`, `take` or `buy_now`.
    pub kind: String,
    /// How much.
    pub amount: Amount,
    /// The version of the listing that was looked at.
    pub version: u32,
    /// The bidder's number in this auction.
    pub number: u32,
    /// What makes the commitment unguessable.
    pub salt: [u8; 32],
    /// When it was made.
    pub at: Time,
    /// How often it was sent.
    pub times: u32,
    /// What its site has ruled; none while it is on its way.
    pub ruling: Option<Ruling>,
}

/// What the site of an auction has ruled on a bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Number of the entry; none where it was refused before it concerned the auction.
    pub entry: Option<u32>,
    /// When that was heard.
    pub at: Time,
    /// Why it was refused: the stable code, and the amount that goes with it. None if it took effect.
    pub refusal: Option<(String, Option<i64>)>,
}

macro_rules! columns {
    () => {
        "id, replica, person, bid, kind, amount, version, number, salt, at, verdict, entry, ruled_at, refusal, \
         refusal_data, times"
    };
}

macro_rules! find {
    ($rest:expr) => {
        concat!("SELECT ", columns!(), " FROM sent_bids ", $rest)
    };
}

journal::statements! {
    /// Statements on `sent_bids`.
    pub STATEMENTS;
    INSERT = "INSERT INTO sent_bids (replica, person, command, bid, kind, amount, version, number, salt, at, times, known,
        again_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, $10) RETURNING id";
    BY_COMMAND = find!("WHERE replica = $1 AND person = $2 AND command = $3");
    BY_BID = find!("WHERE bid = $1");
    // Again only when its site has decided something else since, or has said that it is there.
    DUE = find!("WHERE again_at <= $1 AND (times = 0 OR EXISTS (
        SELECT 1 FROM replicas r JOIN sites o ON o.id = r.site WHERE r.id = sent_bids.replica
        AND (r.last_number > sent_bids.known OR o.last_pulse >= sent_bids.again_at))) ORDER BY again_at, id LIMIT $2");
    LEFT = "UPDATE sent_bids SET times = times + 1, again_at = $1, known = (
        SELECT r.last_number FROM replicas r WHERE r.id = sent_bids.replica) WHERE id = $2 AND verdict IS NULL";
    OF_PERSON = find!("WHERE person = $1 AND replica = $2 ORDER BY id DESC LIMIT $3");
    REPLICAS_OF = "SELECT DISTINCT replica FROM sent_bids WHERE person = $1 AND replica < $2 ORDER BY replica DESC LIMIT $3";
    WAITING = find!("WHERE replica = $1 AND verdict IS NULL ORDER BY id LIMIT $2");
    NUMBER = "SELECT number FROM sent_bids WHERE person = $1 AND replica = $2 LIMIT 1";
    RENUMBER = "UPDATE sent_bids SET number = $1 WHERE replica = $2 AND person = $3";
    BY_NUMBER = "SELECT person FROM sent_bids WHERE replica = $1 AND number = $2 LIMIT 1";
    // Writes nothing new; the row is held until the transaction ends.
    HOLD = "UPDATE replicas SET id = id WHERE id = $1";
    RULE = "UPDATE sent_bids SET verdict = $1, entry = $2, ruled_at = $3, refusal = $4, refusal_data = $5,
        again_at = NULL WHERE id = $6 AND verdict IS NULL";
}

/// Nobody else records a bid on this auction until the transaction ends: numbers are given once.
pub fn hold(tx: &mut Tx<'_>, replica: i64) -> Result<(), Error> {
    tx.run(&HOLD, args![replica]).map(drop)
}

/// Records a bid; gives its place.
pub fn insert(tx: &mut Tx<'_>, new: &New<'_>, now: Time) -> Result<i64, Error> {
    let New { replica, person, command, ref bid, kind, amount, version, number, ref salt } = *new;
    let found = tx.one(
        &INSERT,
        args![replica, person.0, &command.0, bid, kind, amount.0, version, number, salt, now.0],
        |row| row.int(0),
    )?;
    found.ok_or(Error::Unknown)
}

/// The bid that this person made under this id.
pub fn by_command(
    tx: &mut Tx<'_>,
    replica: i64,
    person: Person,
    command: CommandId,
) -> Result<Option<Sent>, Error> {
    tx.one(&BY_COMMAND, args![replica, person.0, &command.0], sent)
}

/// The bid that other sites know under this id.
pub fn by_bid(tx: &mut Tx<'_>, bid: &[u8; 16]) -> Result<Option<Sent>, Error> {
    tx.one(&BY_BID, args![bid], sent)
}

/// Bids that are to be sent by `now`, in their order: new ones, and those that nobody has ruled on though their site could
/// have.
pub fn due(tx: &mut Tx<'_>, now: Time, limit: usize) -> Result<Vec<Sent>, Error> {
    tx.all(&DUE, args![now.0, limit], sent)
}

/// A bid was sent; it may be sent again at `again`, or never.
pub fn left(tx: &mut Tx<'_>, id: i64, again: Option<Time>) -> Result<(), Error> {
    tx.run(&LEFT, args![again.map(|at| at.0), id]).map(drop)
}

/// What a person has sent in an auction, newest first.
pub fn of_person(tx: &mut Tx<'_>, person: Person, replica: i64, limit: usize) -> Result<Vec<Sent>, Error> {
    tx.all(&OF_PERSON, args![person.0, replica, limit], sent)
}

/// Auctions of other sites in which a person has bid, highest number first, below one.
pub fn replicas_of(tx: &mut Tx<'_>, person: Person, below: i64, limit: usize) -> Result<Vec<i64>, Error> {
    tx.all(&REPLICAS_OF, args![person.0, below, limit], |row| row.int(0))
}

/// Bids on an auction that were not ruled on yet, oldest first.
pub fn waiting(tx: &mut Tx<'_>, replica: i64, limit: usize) -> Result<Vec<Sent>, Error> {
    tx.all(&WAITING, args![replica, limit], sent)
}

/// The number of a person in an auction, if there is one already.
pub fn number_of(tx: &mut Tx<'_>, replica: i64, person: Person) -> Result<Option<u32>, Error> {
    tx.one(&NUMBER, args![person.0, replica], |row| row.int(0).map(|number| number as u32))
}

/// The site of the auction knows a person under this number.
pub fn renumber(tx: &mut Tx<'_>, replica: i64, person: Person, number: u32) -> Result<(), Error> {
    tx.run(&RENUMBER, args![number, replica, person.0]).map(drop)
}

/// Who of this site has this number in an auction.
pub fn by_number(tx: &mut Tx<'_>, replica: i64, number: u32) -> Result<Option<Person>, Error> {
    tx.one(&BY_NUMBER, args![replica, number], |row| row.int(0).map(Person))
}

/// Notes what was ruled; false if that was known.
pub fn rule(tx: &mut Tx<'_>, id: i64, ruling: &Ruling) -> Result<bool, Error> {
    let (code, data) = match &ruling.refusal {
        Some((code, data)) => (Some(code.as_str()), *data),
        None => (None, None),
    };
    let accepted = ruling.refusal.is_none();
    Ok(tx.run(&RULE, args![accepted, ruling.entry, ruling.at.0, code, data, id])? == 1)
}

impl Sent {
    /// Why it was refused, in the rules' own words; none if it was not, or for a code that this version does not know.
    pub fn refusal(&self) -> Option<Refusal> {
        let (code, data) = self.ruling.as_ref()?.refusal.as_ref()?;
        crate::encoding::refusal(code, *data).or_else(|| Refusal::before_entry(code))
    }
}

fn sent(row: &Row<'_>) -> Result<Sent, Error> {
    let bid = row.blob_ref(3)?;
    let ruling = match (row.opt_int(10)?, row.opt_int(12)?) {
        (Some(_), at) => Some(Ruling {
            entry: row.opt_int(11)?.map(|number| number as u32),
            at: Time(at.unwrap_or(0)),
            refusal: row.opt_text(13)?.map(|code| Ok::<_, Error>((code, row.opt_int(14)?))).transpose()?,
        }),
        _ => None,
    };
    Ok(Sent {
        id: row.int(0)?,
        replica: row.int(1)?,
        person: Person(row.int(2)?),
        bid: bid.try_into().map_err(|_| crate::encoding::unreadable("bid", "not 16 bytes"))?,
        kind: row.text(4)?,
        amount: Amount(row.int(5)?),
        version: row.int(6)? as u32,
        number: row.int(7)? as u32,
        salt: bytes32(row.blob_ref(8)?)?,
        at: Time(row.int(9)?),
        times: row.int(15)? as u32,
        ruling,
    })
}
