//! Guests who have won auctions of this site: how they are reached, opened after the close.

use auction::{Person, Time};
use journal::{Error, Tx, args};

/// Somebody of another site who has won.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestWinner {
    /// The auction.
    pub auction: i64,
    /// Who: a guest.
    pub person: Person,
    /// The name; empty where it does not open, as the address is.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// The language of letters.
    pub language: String,
    /// When that was opened.
    pub opened_at: Time,
}

impl GuestWinner {
    /// Whether the winner can be written to: what came with the bid did open.
    pub fn is_reached(&self) -> bool {
        !self.email.is_empty()
    }
}

journal::statements! {
    /// Statements on `guest_winners`.
    pub STATEMENTS;
    INSERT = "INSERT INTO guest_winners (auction, person, name, email, language, opened_at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (auction) DO NOTHING";
    FIND = "SELECT auction, person, name, email, language, opened_at FROM guest_winners WHERE auction = $1";
}

/// Notes how the winner is reached; what is known of the auction stays.
pub fn insert(tx: &mut Tx<'_>, winner: &GuestWinner) -> Result<(), Error> {
    let GuestWinner { auction, person, name, email, language, opened_at } = winner;
    tx.run(&INSERT, args![*auction, person.0, name, email, language, opened_at.0]).map(drop)
}

/// The winner of an auction, if it is a guest whose contact was opened.
pub fn find(tx: &mut Tx<'_>, auction: i64) -> Result<Option<GuestWinner>, Error> {
    tx.one(&FIND, args![auction], |row| {
        Ok(GuestWinner {
            auction: row.int(0)?,
            person: Person(row.int(1)?),
            name: row.text(2)?,
            email: row.text(3)?,
            language: row.text(4)?,
            opened_at: Time(row.int(5)?),
        })
    })
}
