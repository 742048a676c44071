//! Who acts, and what an auction knows of a bidder.

use crate::{Deed, Entry, Span, Time, Verdict};

/// Somebody, by the number that the store gave. The rules only compare it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(pub i64);

/// In which capacity a command is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A person for herself: bidder or seller.
    Person(Person),
    /// A person with the right to moderate, acting as such.
    Moderator(Person),
    /// The site itself: the clock at the close, an outage, a suspension.
    Site,
}

impl Actor {
    /// The person behind it, if there is one.
    pub fn person(self) -> Option<Person> {
        match self {
            Actor::Person(person) | Actor::Moderator(person) => Some(person),
            Actor::Site => None,
        }
    }
}

/// What is known of one bidder in one auction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bidder {
    /// Who.
    pub person: Person,
    /// The site has suspended the account.
    pub suspended: bool,
    /// The seller has blocked this bidder.
    pub blocked: bool,
    /// At least one offer of this bidder stands.
    pub standing: bool,
    /// What this bidder has taken back here.
    pub taken_back: Option<TakenBack>,
}

/// A bidder's history of taking back in one auction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// How often.
    pub times: u32,
    /// When last.
    pub at: Time,
    /// An offer was made after the last time.
    pub returned: bool,
}

/// Who takes back may come back within this time: a typing error is mended at once.
const RETURN_WITHIN: Span = Span::hours(1);

impl Bidder {
    /// Somebody who has done nothing here yet.
    pub fn new(person: Person) -> Bidder {
        Bidder { person, suspended: false, blocked: false, standing: false, taken_back: None }
    }

    /// Whether an offer may be made at `now`, as far as earlier taking back is concerned.
    pub fn may_offer(&self, now: Time) -> bool {
        match self.taken_back {
            None => true,
            Some(TakenBack { times: 1, at, returned }) => returned || now - at <= RETURN_WITHIN,
            Some(_) => false,
        }
    }

    /// Takes note of an entry of the same auction. Refused entries change nothing.
    pub fn apply(&mut self, entry: &Entry) {
        if entry.verdict != Verdict::Accepted || entry.by.person() != Some(self.person) {
            return;
        }
        match entry.deed {
            Deed::Offer { .. } => {
                self.standing = true;
                if let Some(back) = &mut self.taken_back {
                    back.returned = true;
                }
            }
            Deed::Retract { .. } => {
                let times = self.taken_back.map_or(0, |back| back.times) + 1;
                self.taken_back = Some(TakenBack { times, at: entry.at, returned: false });
            }
            _ => {}
        }
    }
}
