//! What an origin seals to itself with its listings and rulings, so that its neighbours' logs are its backup: what was asked of it, and by
//! whom. No address and no name is in it.

use crate::sealing::{MemoAad, SealingKey, seal_memo};
use crate::wire::{BOX_MOST, BidId, Hash, SealedBox, Site};
use auction::{Actor, Amount, Auction, Command, CommandId, Currency, Deed, Entry, Person};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::auctions::Stored;
use store::encoding::{self, capacity, deed_detail};
use store::{Error, Tx, bidders, guests, sites};

/// The most bytes of a memo as JSON: what a box holds, with room for its padding, its key and its tag.
const BYTES_MOST: usize = BOX_MOST - 1024;

/// The memo of a listing, or of one message of rulings.
#[derive(Serialize, Deserialize)]
pub(crate) struct Memo {
    /// The seller's account.
    pub(crate) seller: i64,
    /// The reserve with which the auction began.
    pub(crate) reserve: Option<i64>,
    /// The secret of the auction.
    pub(crate) secret: Hash,
    /// Guests, named below by their places.
    guests: Vec<Guest>,
    /// What was asked, entry by entry.
    entries: Vec<Asked>,
}

/// Somebody of another site.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Guest {
    site: Site,
    number: Option<u32>,
    pseudonym: Hash,
}

/// A command, as the store writes one.
#[derive(Serialize, Deserialize)]
struct Asked {
    /// An account, or the place of a guest as a negative number from −1; none for the site itself.
    by: Option<i64>,
    moderates: bool,
    id: BidId,
    version: u32,
    deed: String,
    detail: Option<String>,
    amount: Option<i64>,
    /// The place of the guest whose offers are taken away.
    whose: Option<usize>,
}

impl Memo {
    /// The memo of a listing, which has no entries.
    pub(crate) fn of_none(auction: &Auction, secret: [u8; 32]) -> Memo {
        Memo {
            seller: auction.seller.0,
            reserve: auction.terms.reserve.map(|amount| amount.0),
            secret: Hash(secret),
            guests: Vec::new(),
            entries: Vec::new(),
        }
    }

    /// The memo of `count` entries, or of fewer if that is all that goes into one box.
    pub(crate) fn of_as_many(
        tx: &mut Tx<'_>,
        stored: &Stored,
        secret: [u8; 32],
        entries: &[Entry],
        count: &mut usize,
    ) -> Result<Memo, Error> {
        loop {
            let memo = Memo::of(tx, stored.id, &stored.auction, secret, &entries[..*count])?;
            if *count == 1 || memo.fits() {
                return Ok(memo);
            }
            *count = count.div_ceil(2);
        }
    }

    /// The memo of a run of entries.
    fn of(
        tx: &mut Tx<'_>,
        id: i64,
        auction: &Auction,
        secret: [u8; 32],
        run: &[Entry],
    ) -> Result<Memo, Error> {
        let mut people = People { auction: id, guests: Vec::new(), places: HashMap::new() };
        let mut entries = Vec::with_capacity(run.len());
        for entry in run {
            entries.push(asked(tx, &mut people, entry, auction.terms.currency)?);
        }
        Ok(Memo { guests: people.guests, entries, ..Memo::of_none(auction, secret) })
    }

    fn fits(&self) -> bool {
        serde_json::to_vec(self).is_ok_and(|bytes| bytes.len() <= BYTES_MOST)
    }

    /// Seals it. `random`: 32 fresh secret bytes.
    pub(crate) fn seal(&self, to: &SealingKey, aad: &MemoAad, random: [u8; 32]) -> Option<SealedBox> {
        seal_memo(self, to, aad, random).ok()
    }

    /// The commands again, with guests as they are numbered now.
    pub(crate) fn commands(
        &self,
        tx: &mut Tx<'_>,
        auction: i64,
        currency: Currency,
    ) -> Result<Vec<Command>, Error> {
        let mut known = Vec::with_capacity(self.guests.len());
        for guest in &self.guests {
            known.push(guest.person(tx, auction)?);
        }
        let commands = self.entries.iter().map(|asked| asked.command(&known, currency));
        commands.collect()
    }
}

impl Guest {
    fn person(&self, tx: &mut Tx<'_>, auction: i64) -> Result<Person, Error> {
        let site = sites::named(tx, self.site.0.bytes(), auction::Time(0))?;
        let person = guests::by_pseudonym(tx, site, &self.pseudonym.0)?;
        if let Some(number) = self.number {
            bidders::name_guest(tx, auction, person, number)?;
        }
        Ok(person)
    }
}

impl Asked {
    fn command(&self, guests: &[Person], currency: Currency) -> Result<Command, Error> {
        let unknown = || Error::Corrupt("a memo names a guest that is not in it".into());
        let guest = |place: usize| guests.get(place).copied().ok_or_else(unknown);
        let by = match self.by {
            None => Actor::Site,
            Some(account) if self.moderates => Actor::Moderator(Person(account)),
            Some(account) if account > 0 => Actor::Person(Person(account)),
            Some(place) => Actor::Person(guest(usize::try_from(-place - 1).map_err(|_| unknown())?)?),
        };
        let mut deed = encoding::deed(&self.deed, self.detail.as_deref(), self.amount, currency)?;
        if let (Deed::Cancel { whose, .. }, Some(place)) = (&mut deed, self.whose) {
            *whose = guest(place)?;
        }
        Ok(Command { id: CommandId(self.id.0), by, version: self.version, deed })
    }
}

fn asked(tx: &mut Tx<'_>, people: &mut People, entry: &Entry, currency: Currency) -> Result<Asked, Error> {
    let by = match entry.by.person() {
        Some(person) => Some(match people.place(tx, person)? {
            Some(place) => -i64::try_from(place).unwrap_or(0) - 1,
            None => person.0,
        }),
        None => None,
    };
    let whose = match entry.deed {
        Deed::Cancel { whose, .. } => people.place(tx, whose)?,
        _ => None,
    };
    Ok(Asked {
        by,
        moderates: capacity(entry.by) == 1,
        id: BidId(entry.id.0),
        version: entry.version,
        deed: entry.deed.word().to_owned(),
        detail: deed_detail(&entry.deed, entry.amount, currency),
        amount: entry.amount.map(|Amount(amount)| amount),
        whose,
    })
}

/// Guests of one auction and their places in a memo.
struct People {
    auction: i64,
    guests: Vec<Guest>,
    places: HashMap<Person, usize>,
}

impl People {
    /// The place of a guest; none of an account of this site.
    fn place(&mut self, tx: &mut Tx<'_>, person: Person) -> Result<Option<usize>, Error> {
        if !guests::is_guest(person) {
            return Ok(None);
        }
        if let Some(place) = self.places.get(&person) {
            return Ok(Some(*place));
        }
        let unknown = || Error::Corrupt("a guest without a site".into());
        let (site, pseudonym) = guests::pseudonym_of(tx, person)?.ok_or_else(unknown)?;
        let key = sites::find(tx, site)?.ok_or_else(unknown)?.key;
        let site = Site(hub::PublicKey::new(key).map_err(|_| unknown())?);
        let number = bidders::find(tx, self.auction, person)?.and_then(|stored| stored.number);
        self.guests.push(Guest { site, number, pseudonym: Hash(pseudonym) });
        self.places.insert(person, self.guests.len() - 1);
        Ok(Some(self.guests.len() - 1))
    }
}
