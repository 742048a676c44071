//! The bid path: loads what a batch of commands needs, appends what was decided.

use crate::decided::{Committed, Decided};
use crate::{auctions, bidders, entries, listings, people};
use auction::{Auction, Case, Command, CommandId, Currency, Deed, Entry, Person, Standing};
use journal::{Error, Mark, Tx};
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

/// What is loaded comes from these tables.
const LOADED_FROM: &[&str] = &["auctions", "bidders", "guests", "people"];

/// More than this is not kept from batch to batch: auctions of about 1 KiB, bidders of about 100 bytes.
const AUCTIONS_KEPT_MOST: usize = 16_384;
const BIDDERS_KEPT_MOST: usize = 131_072;

/// Everything that deciding a batch needs, loaded once and changed in memory. What one batch has loaded and written
/// serves the next ones, for as long as nobody else changes those tables. After a transaction that failed it must be
/// begun anew.
#[derive(Debug, Default)]
pub struct Ledger {
    auctions: HashMap<i64, Option<Opened>>,
    bidders: HashMap<(i64, Person), Option<Held>>,
    /// When everything here was as it is in the tables.
    as_of: Option<Mark>,
    /// What this batch has changed, each once.
    changed_auctions: Vec<i64>,
    changed_bidders: Vec<(i64, Person)>,
    /// Auctions whose history this batch has loaded.
    read: Vec<i64>,
    /// Where in `new` the entry of a command is.
    written: HashMap<(i64, Person, CommandId), usize>,
    new: Vec<New>,
}

/// An auction as it stands after the commands so far.
#[derive(Debug)]
struct Opened {
    now: auctions::Stored,
    /// How it stood when it was loaded, and its last entry then.
    before: (Standing, u32),
    history: Option<Vec<Entry>>,
}

#[derive(Debug)]
struct Held {
    stored: bidders::Stored,
    changed: bool,
}

/// An entry of this batch.
#[derive(Debug)]
struct New {
    auction: i64,
    currency: Currency,
    displaced: Option<Person>,
    entry: Entry,
    /// Given when it is written.
    sequence: i64,
    previous: Option<i64>,
}

impl Ledger {
    /// Begins a batch. Forgets what somebody may have changed since the last one.
    pub fn begin(&mut self, tx: &Tx<'_>) {
        let unchanged = self.as_of.take().is_some_and(|then| tx.mark(LOADED_FROM) == Some(then));
        let fits = self.auctions.len() <= AUCTIONS_KEPT_MOST && self.bidders.len() <= BIDDERS_KEPT_MOST;
        if unchanged && fits {
            self.settle();
        } else {
            *self = Ledger::default();
        }
    }

    /// What the last batch has written is where this one starts from.
    fn settle(&mut self) {
        for id in self.read.drain(..) {
            self.auctions.remove(&id);
        }
        for id in self.changed_auctions.drain(..) {
            if let Some(Some(opened)) = self.auctions.get_mut(&id) {
                opened.before = standing_and_last(&opened.now);
            }
        }
        for key in self.changed_bidders.drain(..) {
            if let Some(Some(held)) = self.bidders.get_mut(&key) {
                held.changed = false;
            }
        }
        self.written.clear();
        self.new.clear();
    }

    /// Loads what deciding this command needs and is not here yet. Gives the auction's currency; `None` if there
    /// is no such auction.
    pub fn load(
        &mut self,
        tx: &mut Tx<'_>,
        auction: i64,
        command: &Command,
    ) -> Result<Option<Currency>, Error> {
        let opened = match self.auctions.entry(auction) {
            Slot::Occupied(slot) => slot.into_mut(),
            Slot::Vacant(slot) => slot.insert(auctions::find(tx, auction)?.map(opened)),
        };
        let Some(opened) = opened else { return Ok(None) };
        let terms = &opened.now.auction.terms;
        let (currency, sealed) = (terms.currency, terms.is_sealed());
        let asker = command.by.person();
        for person in [asker, command.deed.takes_from(asker)].into_iter().flatten() {
            self.load_bidder(tx, auction, person)?;
        }
        if command.deed.needs_history(sealed) {
            self.load_history(tx, auction)?;
        }
        Ok(Some(currency))
    }

    fn load_bidder(&mut self, tx: &mut Tx<'_>, auction: i64, person: Person) -> Result<(), Error> {
        if let Slot::Vacant(slot) = self.bidders.entry((auction, person)) {
            let found = bidders::find(tx, auction, person)?;
            slot.insert(found.map(|stored| Held { stored, changed: false }));
        }
        Ok(())
    }

    /// Accepted entries so far: those of this batch are not in the table yet.
    fn load_history(&mut self, tx: &mut Tx<'_>, auction: i64) -> Result<(), Error> {
        let Some(opened) = self.auctions.get_mut(&auction).and_then(Option::as_mut) else { return Ok(()) };
        if opened.history.is_none() {
            let mut history = entries::accepted(tx, &opened.now)?;
            let of_batch = self.new.iter().filter(|new| new.auction == auction && new.entry.accepted());
            history.extend(of_batch.map(|new| new.entry.clone()));
            opened.history = Some(history);
            self.read.push(auction);
        }
        Ok(())
    }

    /// The entry that this command already caused, in this batch or before.
    pub fn prior(
        &self,
        tx: &mut Tx<'_>,
        decided: &mut Decided,
        auction: i64,
        command: &Command,
    ) -> Result<Option<Entry>, Error> {
        let (Some(person), Some(Some(opened))) = (command.by.person(), self.auctions.get(&auction)) else {
            return Ok(None);
        };
        if let Some(place) = self.written.get(&(auction, person, command.id)) {
            return Ok(Some(self.new[*place].entry.clone()));
        }
        let stored = &opened.now;
        let Some(place) = decided.find(tx, stored, person, command.id)? else { return Ok(None) };
        entries::prior(tx, place, auction, person, command.id, stored.auction.terms.currency)
    }

    /// What was loaded, as the rules want to see it.
    pub fn case<'a>(&'a self, id: i64, command: &Command, prior: Option<&'a Entry>) -> Option<Case<'a>> {
        let opened = self.auctions.get(&id)?.as_ref()?;
        let bidder = command.by.person().and_then(|person| self.held(id, person));
        let history: &[Entry] = match &opened.history {
            Some(history) if command.deed.needs_history(opened.now.auction.terms.is_sealed()) => history,
            _ => &[],
        };
        let auction = &opened.now.auction;
        Some(Case { auction, bidder: bidder.map(|held| &held.stored.bidder), history, prior })
    }

    /// The auction as it stands after the commands so far, if it was loaded.
    pub fn auction(&self, id: i64) -> Option<&Auction> {
        Some(&self.auctions.get(&id)?.as_ref()?.now.auction)
    }

    /// The number of a bidder's invented name after the commands so far.
    pub fn number(&self, auction: i64, person: Person) -> Option<u32> {
        self.held(auction, person)?.stored.number
    }

    fn held(&self, auction: i64, person: Person) -> Option<&Held> {
        self.bidders.get(&(auction, person))?.as_ref()
    }

    /// Takes a new entry into auction and bidders. `standing`: whether those whose offers it took away still have
    /// others.
    pub fn take(&mut self, auction: i64, entry: Entry, standing: Option<(Person, bool)>) {
        let Some(opened) = self.auctions.get_mut(&auction).and_then(Option::as_mut) else { return };
        if opened.before.1 == opened.now.auction.last {
            self.changed_auctions.push(auction);
        }
        let led = opened.now.auction.standing.leader.map(|leader| leader.person);
        opened.now.auction.apply(&entry);
        let leads = opened.now.auction.standing.leader.map(|leader| leader.person);
        let outbid = entry.accepted() && entry.deed.is_bid() && led != leads;
        if let Some(history) = opened.history.as_mut().filter(|_| entry.accepted()) {
            history.push(entry.clone());
        }
        let currency = opened.now.auction.terms.currency;
        let asker = entry.by.person();
        if let Some(person) = asker
            && let Some(Some(held)) = self.bidders.get_mut(&(auction, person))
            && held.take(&entry, &mut opened.now.bidders)
        {
            self.changed_bidders.push((auction, person));
        }
        if let Some((person, standing)) = standing
            && let Some(Some(held)) = self.bidders.get_mut(&(auction, person))
            && held.set_standing(standing)
        {
            self.changed_bidders.push((auction, person));
        }
        if let Some(person) = asker {
            self.written.insert((auction, person, entry.id), self.new.len());
        }
        let displaced = led.filter(|_| outbid);
        self.new.push(New { auction, currency, displaced, entry, sequence: 0, previous: None });
    }

    /// Writes everything that changed: bidders, auctions, and last the entries. In the order of their keys, so
    /// that two processes never wait for each other's rows.
    pub fn write(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        if !self.new.is_empty() {
            self.write_changed(tx)?;
        }
        self.as_of = tx.mark(LOADED_FROM);
        Ok(())
    }

    fn write_changed(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.changed_bidders.sort_unstable();
        for key in &self.changed_bidders {
            if let Some(Some(held)) = self.bidders.get(key) {
                bidders::save(tx, key.0, &held.stored)?;
            }
        }
        self.give_places(tx)?;
        self.changed_auctions.sort_unstable();
        for id in &self.changed_auctions {
            if let Some(Some(opened)) = self.auctions.get(id) {
                let (standing, last) = &opened.before;
                auctions::update(tx, standing, *last, &opened.now)?;
            }
        }
        self.new.iter().try_for_each(|new| new.write_beside(tx))?;
        self.new.iter().try_for_each(|new| entries::append(tx, &new.to_append()))
    }

    fn give_places(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let first = entries::take_places(tx, self.new.len())?;
        for (new, sequence) in self.new.iter_mut().zip(first..) {
            let opened = self.auctions.get_mut(&new.auction).and_then(Option::as_mut);
            new.sequence = sequence;
            new.previous = opened.and_then(|opened| opened.now.last_sequence.replace(sequence));
        }
        Ok(())
    }

    /// The place of the first new entry; none without any.
    pub fn first_place(&self) -> Option<i64> {
        self.new.first().map(|new| new.sequence)
    }

    /// The new entries, for who remembers them once they are committed.
    pub fn appended(&self) -> impl Iterator<Item = Committed> + '_ {
        self.new.iter().map(|new| Committed {
            place: new.sequence,
            auction: new.auction,
            by: new.entry.by.person().map(|person| (person, new.entry.id)),
        })
    }

    /// The auctions that have new entries.
    pub fn touched(&self) -> impl Iterator<Item = i64> + '_ {
        self.changed_auctions.iter().copied()
    }
}

impl Held {
    /// Takes the asker's own entry; `numbers` counts the invented names of the auction. Says whether this is the first
    /// change of its batch.
    fn take(&mut self, entry: &Entry, numbers: &mut u32) -> bool {
        let had_changed = self.changed;
        let bidder = &self.stored.bidder;
        let (standing, taken_back) = (bidder.standing, bidder.taken_back);
        self.stored.bidder.apply(entry);
        if entry.accepted() && entry.deed.is_bid() && self.stored.number.is_none() {
            *numbers += 1;
            self.stored.number = Some(*numbers);
            self.changed = true;
        }
        let bidder = &self.stored.bidder;
        self.changed |= (bidder.standing, bidder.taken_back) != (standing, taken_back);
        self.changed && !had_changed
    }

    /// Sets whether this bidder still has an offer. Says whether this is the first change of its batch.
    fn set_standing(&mut self, standing: bool) -> bool {
        let had_changed = self.changed;
        self.changed |= self.stored.bidder.standing != standing;
        self.stored.bidder.standing = standing;
        self.changed && !had_changed
    }
}

impl New {
    /// What an accepted entry changes beside auction and bidder: in the same transaction, so that neither is
    /// without the other.
    fn write_beside(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        match (&self.entry.deed, self.entry.by.person()) {
            _ if !self.entry.accepted() => Ok(()),
            (Deed::Retract { .. }, Some(person)) => people::count_taken_back(tx, person),
            (Deed::Withdraw { reason }, _) => listings::set_reason(tx, self.auction, reason),
            _ => Ok(()),
        }
    }

    fn to_append(&self) -> entries::New<'_> {
        let New { auction, currency, displaced, ref entry, sequence, previous } = *self;
        entries::New { sequence, previous, auction, currency, displaced, entry }
    }
}

fn opened(found: auctions::Stored) -> Opened {
    Opened { before: standing_and_last(&found), now: found, history: None }
}

fn standing_and_last(stored: &auctions::Stored) -> (Standing, u32) {
    (stored.auction.standing.clone(), stored.auction.last)
}
