//! The bid path: loads what a batch of commands needs, appends what was decided.

use crate::{auctions, bidders, entries};
use auction::{Command, CommandId, Currency, Entry, Person};
use journal::{Error, Tx};
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

/// Everything that deciding a batch needs, loaded once and changed in memory.
#[derive(Debug, Default)]
pub struct Ledger {
    auctions: HashMap<i64, Option<Opened>>,
    bidders: HashMap<(i64, Person), Option<Held>>,
    written: HashMap<(i64, Person, CommandId), Entry>,
    new: Vec<(i64, Currency, Option<Person>, Entry)>,
}

/// An auction as loaded and as it stands after the commands so far.
#[derive(Debug)]
struct Opened {
    before: auctions::Stored,
    now: auctions::Stored,
    history: Option<Vec<Entry>>,
}

#[derive(Debug)]
struct Held {
    stored: bidders::Stored,
    changed: bool,
}

impl Ledger {
    /// The auction as it stands after the commands so far.
    pub fn auction(&mut self, tx: &mut Tx<'_>, id: i64) -> Result<Option<&auctions::Stored>, Error> {
        if let Slot::Vacant(slot) = self.auctions.entry(id) {
            let found = auctions::find(tx, id)?;
            slot.insert(found.map(|found| Opened { before: found.clone(), now: found, history: None }));
        }
        Ok(self.auctions.get(&id).and_then(Option::as_ref).map(|opened| &opened.now))
    }

    /// The bidder as of the commands so far; `None` if there is no such person.
    pub fn bidder(
        &mut self,
        tx: &mut Tx<'_>,
        auction: i64,
        person: Person,
    ) -> Result<Option<&bidders::Stored>, Error> {
        if let Slot::Vacant(slot) = self.bidders.entry((auction, person)) {
            let found = bidders::find(tx, auction, person)?;
            slot.insert(found.map(|stored| Held { stored, changed: false }));
        }
        Ok(self.bidders.get(&(auction, person)).and_then(Option::as_ref).map(|held| &held.stored))
    }

    /// The entry that this command already caused, in this batch or before.
    pub fn prior(
        &mut self,
        tx: &mut Tx<'_>,
        auction: i64,
        command: &Command,
    ) -> Result<Option<Entry>, Error> {
        let (Some(person), Some(currency)) = (command.by.person(), self.currency(auction)) else {
            return Ok(None);
        };
        if let Some(entry) = self.written.get(&(auction, person, command.id)) {
            return Ok(Some(entry.clone()));
        }
        entries::prior(tx, auction, person, command.id, currency)
    }

    /// Accepted entries so far, those of this batch included.
    pub fn history(&mut self, tx: &mut Tx<'_>, auction: i64) -> Result<Vec<Entry>, Error> {
        let Some(opened) = self.auctions.get_mut(&auction).and_then(Option::as_mut) else {
            return Ok(Vec::new());
        };
        if opened.history.is_none() {
            let currency = opened.now.auction.terms.currency;
            let mut history = entries::accepted(tx, auction, currency)?;
            let of_batch = self.new.iter().filter(|(id, ..)| *id == auction);
            history.extend(of_batch.map(|(.., entry)| entry.clone()).filter(Entry::accepted));
            opened.history = Some(history);
        }
        Ok(opened.history.clone().unwrap_or_default())
    }

    /// Takes a new entry into auction and bidder. `standing`: whether those whose offers it took away still have
    /// others.
    pub fn take(&mut self, auction: i64, entry: Entry, standing: Option<(Person, bool)>) {
        let Some(opened) = self.auctions.get_mut(&auction).and_then(Option::as_mut) else { return };
        let led = opened.now.auction.standing.leader.map(|leader| leader.person);
        opened.now.auction.apply(&entry);
        let leads = opened.now.auction.standing.leader.map(|leader| leader.person);
        let outbid = entry.accepted() && entry.deed.is_bid() && led != leads;
        if let Some(history) = opened.history.as_mut().filter(|_| entry.accepted()) {
            history.push(entry.clone());
        }
        let currency = opened.now.auction.terms.currency;
        let asker = entry.by.person();
        if let Some(held) = asker.and_then(|person| held(&mut self.bidders, auction, person)) {
            let before = held.stored.clone();
            held.stored.bidder.apply(&entry);
            if entry.accepted() && entry.deed.is_bid() && held.stored.number.is_none() {
                opened.now.bidders += 1;
                held.stored.number = Some(opened.now.bidders);
            }
            held.changed |= held.stored != before;
        }
        if let Some((person, standing)) = standing
            && let Some(held) = held(&mut self.bidders, auction, person)
        {
            held.changed |= held.stored.bidder.standing != standing;
            held.stored.bidder.standing = standing;
        }
        if let Some(person) = asker {
            self.written.insert((auction, person, entry.id), entry.clone());
        }
        self.new.push((auction, currency, led.filter(|_| outbid), entry));
    }

    /// Writes everything that changed: bidders, auctions, and last the entries.
    pub fn write(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        for ((auction, _), held) in &self.bidders {
            if let Some(held) = held.as_ref().filter(|held| held.changed) {
                bidders::save(tx, *auction, &held.stored)?;
            }
        }
        for opened in self.auctions.values().flatten() {
            if opened.before.auction.last != opened.now.auction.last {
                auctions::update(tx, &opened.before, &opened.now)?;
            }
        }
        let new: Vec<entries::New<'_>> = self
            .new
            .iter()
            .map(|(auction, currency, displaced, entry)| entries::New {
                auction: *auction,
                currency: *currency,
                displaced: *displaced,
                entry,
            })
            .collect();
        entries::append(tx, &new)
    }

    /// The auctions that have new entries.
    pub fn touched(&self) -> impl Iterator<Item = i64> + '_ {
        let changed = |opened: &&Opened| opened.before.auction.last != opened.now.auction.last;
        self.auctions.values().flatten().filter(changed).map(|opened| opened.now.id)
    }

    fn currency(&self, auction: i64) -> Option<Currency> {
        let opened = self.auctions.get(&auction)?.as_ref()?;
        Some(opened.now.auction.terms.currency)
    }
}

fn held(
    bidders: &mut HashMap<(i64, Person), Option<Held>>,
    auction: i64,
    person: Person,
) -> Option<&mut Held> {
    bidders.get_mut(&(auction, person))?.as_mut()
}
