//! What the rules do not know of an auction's people and bids, looked up before a message is made.

use crate::commitment;
use crate::sealing::{Code, CodeAad, SealingKey};
use crate::wire::{BidId, Bidder, Hash, Money, Pledge, Register, SealedBox, Site};
use auction::{Amount, Auction, Deed, Entry, Person};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use store::{Error, Tx, bidders, guest_bids, guests, sites};

/// An auction of this site with everybody whom a message about it names.
pub(crate) struct Book {
    here: Site,
    auction: i64,
    secret: [u8; 32],
    /// Chance for this message, drawn before.
    seed: [u8; 32],
    names: HashMap<Person, Bidder>,
    pledges: HashMap<u32, Pledge>,
    keys: HashMap<Site, SealingKey>,
}

impl Book {
    /// `secret`: the auction's; it also gives the ids and salts of own people's bids. `seed`: 32 fresh random bytes.
    pub(crate) fn new(here: Site, auction: i64, secret: [u8; 32], seed: [u8; 32]) -> Book {
        let (names, pledges, keys) = Default::default();
        Book { here, auction, secret, seed, names, pledges, keys }
    }

    /// Looks up who leads or has won.
    pub(crate) fn look_up_shown(&mut self, tx: &mut Tx<'_>, auction: &Auction) -> Result<(), Error> {
        let shown = auction::shown::auction(auction, auction.last_at);
        shown.leader.map_or(Ok(()), |leader| self.look_up(tx, leader))
    }

    /// Looks up everybody whom these entries name, and under what their bids were made.
    pub(crate) fn look_up_entries(
        &mut self,
        tx: &mut Tx<'_>,
        auction: &Auction,
        entries: &[Entry],
    ) -> Result<(), Error> {
        for entry in entries {
            let leader = entry.after.leader.map(|leader| leader.person);
            let asker = entry.by.person().filter(|_| entry.deed.takes_from(entry.by.person()).is_some());
            let bidder = entry.by.person().filter(|_| entry.deed.is_bid());
            let whose = entry.deed.takes_from(None);
            for person in [leader, asker, bidder, whose].into_iter().flatten() {
                self.look_up(tx, person)?;
            }
            if entry.deed.is_bid()
                && let Some(pledge) = self.pledge_of(tx, auction, entry)?
            {
                self.pledges.insert(entry.number, pledge);
            }
        }
        Ok(())
    }

    fn look_up(&mut self, tx: &mut Tx<'_>, person: Person) -> Result<(), Error> {
        if self.names.contains_key(&person) {
            return Ok(());
        }
        let Some(number) = bidders::find(tx, self.auction, person)?.and_then(|stored| stored.number) else {
            return Ok(());
        };
        let site = self.site_of(tx, person)?;
        self.names.insert(person, Bidder { site, number });
        Ok(())
    }

    /// The site of a guest; none of own people.
    fn site_of(&mut self, tx: &mut Tx<'_>, person: Person) -> Result<Option<Site>, Error> {
        if !guests::is_guest(person) {
            return Ok(None);
        }
        let Some(id) = guests::site_of(tx, person)? else { return Ok(None) };
        let Some(found) = sites::find(tx, id)? else { return Ok(None) };
        let Ok(key) = hub::PublicKey::new(found.key) else { return Ok(None) };
        if let Some(sealing) = found.sealing_key {
            self.keys.insert(Site(key), SealingKey::new(sealing));
        }
        Ok(Some(Site(key)))
    }

    fn pledge_of(&self, tx: &mut Tx<'_>, auction: &Auction, entry: &Entry) -> Result<Option<Pledge>, Error> {
        let Some(person) = entry.by.person() else { return Ok(None) };
        if guests::is_guest(person) {
            let sent = guest_bids::find(tx, self.auction, person, entry.id)?;
            return Ok(sent.map(|sent| Pledge { bid: BidId(entry.id.0), commitment: Hash(sent.commitment) }));
        }
        let Some(amount) = bound(auction, entry).and_then(|amount| Money::try_from(amount).ok()) else {
            return Ok(None);
        };
        let bid = self.own_bid(entry);
        let number = self.auction.cast_unsigned();
        let commitment = commitment::offer(self.here, number, bid, amount, self.own_salt(entry));
        Ok(Some(Pledge { bid, commitment }))
    }

    /// The id under which others know a bid of somebody of this site.
    fn own_bid(&self, entry: &Entry) -> BidId {
        let mut bid = [0; 16];
        bid.copy_from_slice(&self.drawn("bid", entry.number)[..16]);
        BidId(bid)
    }

    /// The salt of a bid of somebody of this site.
    fn own_salt(&self, entry: &Entry) -> Hash {
        Hash(self.drawn("salt", entry.number))
    }

    /// The salt of any accepted bid, for who shows it after the close.
    pub(super) fn salts(&self, tx: &mut Tx<'_>, entries: &[Entry]) -> Result<HashMap<u32, Hash>, Error> {
        let mut salts = HashMap::new();
        for entry in entries.iter().filter(|entry| entry.deed.is_bid() && entry.accepted()) {
            let Some(person) = entry.by.person() else { continue };
            let salt = if guests::is_guest(person) {
                guest_bids::find(tx, self.auction, person, entry.id)?.map(|sent| Hash(sent.salt))
            } else {
                Some(self.own_salt(entry))
            };
            salts.extend(salt.map(|salt| (entry.number, salt)));
        }
        Ok(salts)
    }

    /// Chance for something of this message, drawn before.
    pub(super) fn drawn_for(&self, what: &str, number: u32) -> [u8; 32] {
        follows(&self.seed, what, number)
    }

    /// What follows from the auction's secret for an entry: the same each time, and nobody else's to guess.
    fn drawn(&self, what: &str, number: u32) -> [u8; 32] {
        follows(&self.secret, what, number)
    }
}

/// SHA-256 over a tag, a secret and a number.
fn follows(secret: &[u8; 32], what: &str, number: u32) -> [u8; 32] {
    let hash = Sha256::new_with_prefix("anuko-own-bid-1").chain_update(what).chain_update(secret);
    hash.chain_update(number.to_be_bytes()).finalize().into()
}

/// The amount that a bid was bound to: of a take the price that was seen.
fn bound(auction: &Auction, entry: &Entry) -> Option<Amount> {
    match entry.deed {
        Deed::Take { seen } => auction.terms.currency.minor(seen),
        Deed::BuyNow => auction.terms.buy_now,
        _ => entry.amount,
    }
}

impl Register for Book {
    fn bidder(&self, person: Person) -> Option<Bidder> {
        self.names.get(&person).copied()
    }

    fn pledge(&self, entry: &Entry) -> Option<Pledge> {
        self.pledges.get(&entry.number).copied()
    }

    fn seal(&mut self, to: Site, entry: &Entry, code: &Code) -> Option<SealedBox> {
        let key = self.keys.get(&to)?;
        let bid = self.pledges.get(&entry.number).map(|pledge| pledge.bid).filter(|_| entry.deed.is_bid());
        let auction = self.auction.cast_unsigned();
        let aad = CodeAad { origin: self.here, auction, n: entry.number, bid };
        // A site that gave no usable key learns the verdict, and not why.
        code.seal(key, &aad, follows(&self.seed, "code", entry.number)).ok()
    }
}
