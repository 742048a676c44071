//! To whom a letter goes.

use auction::Person;
use store::letters::Waiting;
use store::{Error, Tx, guest_winners, guests, people};

/// An account of this site, or a guest who has won.
pub(super) struct Recipient {
    pub(super) person: Person,
    pub(super) address: String,
    pub(super) name: String,
    pub(super) language: String,
}

impl Recipient {
    /// None if there is nobody who could be reached.
    pub(super) fn of(tx: &mut Tx<'_>, letter: &Waiting) -> Result<Option<Recipient>, Error> {
        let person = letter.person;
        if !guests::is_guest(person) {
            let account = people::find(tx, person)?;
            return Ok(account.map(|account| Recipient {
                person,
                address: account.email,
                name: account.name,
                language: account.language,
            }));
        }
        let Some(auction) = letter.auction else { return Ok(None) };
        let winner = guest_winners::find(tx, auction)?.filter(|winner| winner.person == person);
        Ok(winner.map(|winner| Recipient {
            person,
            address: winner.email,
            name: winner.name,
            language: winner.language,
        }))
    }
}
