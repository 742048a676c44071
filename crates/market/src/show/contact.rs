//! How the other side of a sale is reached.

use super::origin::site_name;
use auction::Person;
use store::{Error, Tx, guest_winners, guests, people, sites};

/// Name and mail address of seller or winner. Of a guest, what was sealed in the winning bid: none before it was opened;
/// where it does not open, whom to ask at the guest's site.
pub(crate) fn contact(
    tx: &mut Tx<'_>,
    auction: i64,
    person: Person,
) -> Result<Option<(String, String)>, Error> {
    if !guests::is_guest(person) {
        return Ok(people::find(tx, person)?.map(|account| (account.name, account.email)));
    }
    match guest_winners::find(tx, auction)?.filter(|winner| winner.person == person) {
        None => return Ok(None),
        Some(winner) if winner.is_reached() => return Ok(Some((winner.name, winner.email))),
        Some(_) => {}
    }
    let Some(site) = guests::site_of(tx, person)? else { return Ok(None) };
    let site = sites::find(tx, site)?.filter(|site| !site.contact.is_empty());
    Ok(site.map(|site| (site_name(&site), site.contact)))
}
