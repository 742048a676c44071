//! Which commands were decided already, so that a repeated one has no second effect.
//!
//! Ids of commands are chosen outside and come in any order: an index of them in the database would change a page for
//! every bid. So the commands of an auction are remembered once somebody asks it something, read from its history then
//! and kept up to date from what is appended since. Nothing is remembered that was not read.

use crate::auctions::Stored;
use crate::encoding::unreadable;
use crate::entries;
use auction::{CommandId, Person};
use journal::{Error, Row, Tx, args};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

journal::statements! {
    /// Statements that look for commands.
    pub STATEMENTS;
    SINCE = "SELECT sequence, person, command, auction FROM entries WHERE sequence > $1 ORDER BY sequence";
    OF_AUCTION = "WITH RECURSIVE chain (sequence, previous) AS (
            SELECT sequence, previous FROM entries WHERE sequence = $1
            UNION ALL SELECT e.sequence, e.previous FROM chain c JOIN entries e ON e.sequence = c.previous)
        SELECT e.sequence, e.person, e.command FROM chain c JOIN entries e ON e.sequence = c.sequence
        WHERE e.person IS NOT NULL";
}

/// So many commands are remembered, at some 25 bytes each; auctions that rest are forgotten first. One auction with
/// more is remembered all the same.
const REMEMBERED_MOST: usize = 4_000_000;

/// What was decided in auctions that somebody asked something. After a transaction that failed it must be begun anew.
#[derive(Debug, Default)]
pub struct Decided {
    auctions: HashMap<i64, Known>,
    /// Of all auctions together.
    commands: usize,
    /// Up to here entries have been taken in; none before the first look.
    read_to: Option<i64>,
    /// Counts looks.
    looks: u64,
    hash: RandomState,
}

/// An entry that was committed: where it is, in which auction, and whose command it was.
#[derive(Clone, Copy, Debug)]
pub struct Committed {
    /// Its place among all entries of the site.
    pub place: i64,
    /// The auction.
    pub auction: i64,
    /// The person and the id of the command; none of the site's own.
    pub by: Option<(Person, CommandId)>,
}

/// The commands of one auction: where each was decided.
#[derive(Debug, Default)]
struct Known {
    /// By 64 bits of a keyed hash of person and id. Two of a million commands share them once in 37 million auctions.
    places: HashMap<u64, i64>,
    last_look: u64,
}

impl Decided {
    /// Takes in what was appended since the last look, also by other processes.
    pub fn follow(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        self.looks += 1;
        let Some(read_to) = self.read_to else {
            self.read_to = Some(entries::newest(tx)?);
            return Ok(());
        };
        let since = tx.all(&SINCE, args![read_to], |row| {
            let by = row.opt_int(1)?.map(|_| command(row)).transpose()?;
            let by = by.map(|(_, person, id)| (person, id));
            Ok(Committed { place: row.int(0)?, auction: row.int(3)?, by })
        })?;
        self.committed(since.into_iter());
        Ok(())
    }

    /// Takes in what this process itself has appended and committed, so that it need not be read again. Nothing may have
    /// been appended in between.
    pub fn committed(&mut self, entries: impl Iterator<Item = Committed>) {
        for Committed { place, auction, by } in entries {
            self.read_to = Some(place.max(self.read_to.unwrap_or(0)));
            if let (Some(known), Some((person, id))) = (self.auctions.get_mut(&auction), by) {
                let new = known.places.insert(self.hash.hash_one((person, id)), place).is_none();
                self.commands += usize::from(new);
            }
        }
    }

    /// Whether an entry at this place is the next one: nobody has appended any since the last look.
    pub fn is_next(&self, place: i64) -> bool {
        self.read_to.is_some_and(|read_to| place == read_to + 1)
    }

    /// The place of the entry that this person may already have caused under this id.
    pub fn find(
        &mut self,
        tx: &mut Tx<'_>,
        of: &Stored,
        person: Person,
        id: CommandId,
    ) -> Result<Option<i64>, Error> {
        if !self.auctions.contains_key(&of.id) {
            self.load(tx, of)?;
        }
        let Some(known) = self.auctions.get_mut(&of.id) else { return Ok(None) };
        known.last_look = self.looks;
        Ok(known.places.get(&self.hash.hash_one((person, id))).copied())
    }

    fn load(&mut self, tx: &mut Tx<'_>, of: &Stored) -> Result<(), Error> {
        let read = tx.all(&OF_AUCTION, args![of.last_sequence], command)?;
        let places = read.into_iter().map(|(place, person, id)| (self.hash.hash_one((person, id)), place));
        let known = Known { places: places.collect(), last_look: self.looks };
        self.commands += known.places.len();
        self.auctions.insert(of.id, known);
        if self.commands > REMEMBERED_MOST {
            self.forget_half();
        }
        Ok(())
    }

    /// Forgets the half of the auctions that has rested longest.
    fn forget_half(&mut self) {
        let mut looks: Vec<u64> = self.auctions.values().map(|known| known.last_look).collect();
        let middle = looks.len() / 2;
        let (_, middle, _) = looks.select_nth_unstable(middle);
        let (middle, now) = (*middle, self.looks);
        self.auctions.retain(|_, known| known.last_look > middle || known.last_look == now);
        self.commands = self.auctions.values().map(|known| known.places.len()).sum();
    }
}

fn command(row: &Row<'_>) -> Result<(i64, Person, CommandId), Error> {
    let id = row.blob_ref(2)?.try_into().map_err(|_| unreadable("command", "not 16 bytes"))?;
    Ok((row.int(0)?, Person(row.int(1)?), CommandId(id)))
}
