//! Bidders as the rules number them.

use crate::wire::Bidder;
use auction::Person;
use std::collections::HashMap;

/// Who sells; nobody else has this number.
pub(super) const SELLER: Person = Person(0);

/// Bidders, numbered as they come.
#[derive(Default)]
pub(super) struct People {
    known: HashMap<Bidder, Person>,
    order: Vec<Bidder>,
}

impl People {
    /// The person behind a bidder.
    pub(super) fn person(&mut self, bidder: Bidder) -> Person {
        *self.known.entry(bidder).or_insert_with(|| {
            self.order.push(bidder);
            Person(self.order.len() as i64)
        })
    }

    /// The bidder that a person is.
    pub(super) fn bidder(&self, person: Person) -> Option<Bidder> {
        let place = usize::try_from(person.0).ok()?.checked_sub(1)?;
        self.order.get(place).copied()
    }
}
