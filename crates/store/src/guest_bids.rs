//! Bids of guests on auctions of this site: what their sites sealed, and how these name them.

use crate::sites::bytes32;
use auction::{CommandId, Person};
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
