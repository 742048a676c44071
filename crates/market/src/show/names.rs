//! Invented names: stable for a bidder in one auction, telling nothing across auctions.

use super::origin::site_name;
use auction::Person;
use std::collections::HashMap;
use store::replicas::Replica;
use store::sites::{self, SiteId};
use store::{Error, Tx, bidders, guests, sent_bids};

const MANNERS: [&str; 32] = [
    "Amber", "Bold", "Brisk", "Calm", "Clever", "Copper", "Daring", "Eager", "Early", "Fair", "Gentle",
    "Golden", "Hidden", "Ivory", "Jolly", "Keen", "Lucky", "Mellow", "Merry", "Nimble", "Olive", "Patient",
    "Proud", "Quick", "Quiet", "Ruby", "Silver", "Steady", "Sunny", "Velvet", "Wise", "Witty",
];

const ANIMALS: [&str; 32] = [
    "Badger", "Beaver", "Bison", "Crane", "Curlew", "Dolphin", "Egret", "Falcon", "Finch", "Fox", "Gull",
    "Hare", "Heron", "Ibis", "Jay", "Kestrel", "Lark", "Lynx", "Marten", "Newt", "Otter", "Owl", "Plover",
    "Puffin", "Raven", "Robin", "Seal", "Stork", "Swan", "Tern", "Wolf", "Wren",
];

/// The invented name of the bidder with this number in this auction. The first 1,024 bidders get different
/// pairs of words; later ones get a number behind.
pub fn invented_name(auction: i64, number: u32) -> String {
    let places = (MANNERS.len() * ANIMALS.len()) as u64;
    // An odd factor runs through all pairs before it repeats one.
    let index = u64::from(number).wrapping_mul(421).wrapping_add((auction as u64).wrapping_mul(577)) % places;
    let (manner, animal) = (MANNERS[index as usize / 32], ANIMALS[index as usize % 32]);
    match u64::from(number.saturating_sub(1)) / places {
        0 => format!("{manner} {animal}"),
        round => format!("{manner} {animal} {}", round + 1),
    }
}

/// What the site of a guest is called; none of an account of this site.
pub(crate) fn guest_site(tx: &mut Tx<'_>, guest: Person) -> Result<Option<String>, Error> {
    let Some(site) = guests::site_of(tx, guest)? else { return Ok(None) };
    Ok(sites::find(tx, site)?.map(|site| site_name(&site)))
}

/// Gives the bidders of one auction their names.
pub(super) struct Names {
    /// Its number at its origin, from which names follow on every site alike.
    auction: i64,
    /// Its number here, if it is one of another site.
    replica: Option<i64>,
    numbers: HashMap<Person, u32>,
    known: HashMap<Person, Option<String>>,
}

impl Names {
    /// For an auction of this site.
    pub(super) fn here(auction: i64) -> Names {
        Names { auction, replica: None, numbers: HashMap::new(), known: HashMap::new() }
    }

    /// For an auction of another site.
    pub(super) fn elsewhere(replica: &Replica) -> Names {
        Names { replica: Some(replica.id), ..Names::here(replica.remote) }
    }

    /// Reads the numbers of all bidders at once, where many are asked for.
    pub(super) fn read_all(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.numbers.extend(bidders::numbers(tx, self.auction)?);
        Ok(())
    }

    /// The name of a bidder, with the site behind it where that is another one.
    pub(super) fn of(&mut self, tx: &mut Tx<'_>, person: Option<Person>) -> Result<Option<String>, Error> {
        let Some(person) = person else { return Ok(None) };
        if let Some(name) = self.known.get(&person) {
            return Ok(name.clone());
        }
        let name = self.find(tx, person)?;
        self.known.insert(person, name.clone());
        Ok(name)
    }

    fn find(&self, tx: &mut Tx<'_>, person: Person) -> Result<Option<String>, Error> {
        let Some((number, site)) = self.number_and_site(tx, person)? else { return Ok(None) };
        let name = invented_name(self.auction, number);
        let Some(site) = site else { return Ok(Some(name)) };
        let site = sites::find(tx, site)?.map_or_else(String::new, |site| site_name(&site));
        Ok(Some(format!("{name} of {site}")))
    }

    fn number_and_site(
        &self,
        tx: &mut Tx<'_>,
        person: Person,
    ) -> Result<Option<(u32, Option<SiteId>)>, Error> {
        let guest = guests::is_guest(person);
        if guest && self.replica.is_some() {
            return Ok(guests::number_of(tx, person)?.map(|(site, number)| (number, Some(site))));
        }
        let number = match (self.replica, self.numbers.get(&person)) {
            (Some(replica), _) => sent_bids::number_of(tx, replica, person)?,
            (None, Some(number)) => Some(*number),
            (None, None) => bidders::find(tx, self.auction, person)?.and_then(|stored| stored.number),
        };
        let site = if guest { guests::site_of(tx, person)? } else { None };
        Ok(number.map(|number| (number, site)))
    }
}
