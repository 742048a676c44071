//! Bids of guests on auctions of this site: what their sites sealed, and how these name them.

use crate::sites::bytes32;
use auction::{CommandId, Person, Time};
use journal::{Error, Row, Tx, args};

/// What came with a bid of a guest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestBid {
    /// Binds the offer before it is opened.
    pub commitment: [u8; 32],
    /// What makes the commitment unguessable.
    pub salt: [u8; 32],
    /// Name and address, sealed to the auction; opened for the winner alone.
    pub contact: Vec<u8>,
}

journal::statements! {
    /// Statements on `guest_bids`.
    pub STATEMENTS;
    KEEP = "INSERT INTO guest_bids (auction, person, command, commitment, salt, contact) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (auction, person, command) DO NOTHING";
    TURN_AWAY = "UPDATE guest_bids SET refusal = $1, refusal_data = $2
        WHERE auction = $3 AND person = $4 AND command = $5";
    TURNED_AWAY = "SELECT refusal, refusal_data FROM guest_bids
        WHERE auction = $1 AND person = $2 AND command = $3 AND refusal IS NOT NULL";
    TOLD = "UPDATE guest_bids SET told_at = $1
        WHERE auction = $2 AND person = $3 AND command = $4 AND (told_at IS NULL OR told_at <= $5)";
    ANY = "SELECT auction FROM guest_bids WHERE auction = $1 LIMIT 1";
    FIND = "SELECT commitment, salt, contact FROM guest_bids WHERE auction = $1 AND person = $2 AND command = $3";
}

/// Keeps what came with a bid; what stands under the id stays.
pub fn keep(
    tx: &mut Tx<'_>,
    auction: i64,
    guest: Person,
    command: CommandId,
    bid: &GuestBid,
) -> Result<(), Error> {
    let GuestBid { commitment, salt, contact } = bid;
    tx.run(&KEEP, args![auction, guest.0, &command.0, commitment, salt, contact]).map(drop)
}

/// A bid was refused before it was an entry: the stable code, and the amount that goes with it.
pub fn turn_away(
    tx: &mut Tx<'_>,
    auction: i64,
    guest: Person,
    command: CommandId,
    refusal: &(String, Option<i64>),
) -> Result<(), Error> {
    let (code, data) = refusal;
    tx.run(&TURN_AWAY, args![code, *data, auction, guest.0, &command.0]).map(drop)
}

/// Why a bid was refused before it was an entry, if it was.
pub fn turned_away(
    tx: &mut Tx<'_>,
    auction: i64,
    guest: Person,
    command: CommandId,
) -> Result<Option<(String, Option<i64>)>, Error> {
    tx.one(&TURNED_AWAY, args![auction, guest.0, &command.0], |row| Ok((row.text(0)?, row.opt_int(1)?)))
}

/// The site of the guest is told alone what became of a bid. False if it was told after `last`: once is enough then.
pub fn tell(
    tx: &mut Tx<'_>,
    auction: i64,
    guest: Person,
    command: CommandId,
    last: Time,
    now: Time,
) -> Result<bool, Error> {
    Ok(tx.run(&TOLD, args![now.0, auction, guest.0, &command.0, last.0])? == 1)
}

/// Whether anybody of another site has bid on an auction.
pub fn any(tx: &mut Tx<'_>, auction: i64) -> Result<bool, Error> {
    Ok(tx.one(&ANY, args![auction], |row| row.int(0))?.is_some())
}

/// What came with a bid.
pub fn find(
    tx: &mut Tx<'_>,
    auction: i64,
    guest: Person,
    command: CommandId,
) -> Result<Option<GuestBid>, Error> {
    tx.one(&FIND, args![auction, guest.0, &command.0], bid)
}

fn bid(row: &Row<'_>) -> Result<GuestBid, Error> {
    Ok(GuestBid {
        commitment: bytes32(row.blob_ref(0)?)?,
        salt: bytes32(row.blob_ref(1)?)?,
        contact: row.blob(2)?,
    })
}
