//! Which bidder of an auction is meant: each site numbers its own, so a number alone names nobody of another site.

use crate::secret;
use auction::Person;
use std::fmt;
use std::str::FromStr;
use store::{Error, Tx, bidders, guests, sites};

/// A bidder of an auction, as `3` or `3@<key of the site>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BidderName {
    /// The number of the invented name.
    pub number: u32,
    /// The key of a guest's site; none for an account of this one.
    pub site: Option<[u8; 32]>,
}

/// The text names no bidder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoBidderName;

impl BidderName {
    /// How this person is named among the bidders.
    pub(crate) fn of(tx: &mut Tx<'_>, person: Person, number: u32) -> Result<BidderName, Error> {
        let site = match guests::site_of(tx, person)? {
            Some(site) => sites::find(tx, site)?.map(|site| site.key),
            None => None,
        };
        Ok(BidderName { number, site })
    }

    /// Who that is in this auction.
    pub(crate) fn find(self, tx: &mut Tx<'_>, auction: i64) -> Result<Option<Person>, Error> {
        let numbers = bidders::numbers(tx, auction)?;
        for (person, number) in numbers.into_iter().filter(|(_, number)| *number == self.number) {
            if BidderName::of(tx, person, number)? == self {
                return Ok(Some(person));
            }
        }
        Ok(None)
    }
}

impl From<u32> for BidderName {
    fn from(number: u32) -> BidderName {
        BidderName { number, site: None }
    }
}

impl fmt::Display for BidderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.site {
            None => write!(f, "{}", self.number),
            Some(key) => write!(f, "{}@{}", self.number, secret::hex(key)),
        }
    }
}

impl FromStr for BidderName {
    type Err = NoBidderName;

    fn from_str(text: &str) -> Result<BidderName, NoBidderName> {
        let (number, site) = match text.split_once('@') {
            None => (text, None),
            Some((number, key)) => (number, Some(secret::unhex(key).ok_or(NoBidderName)?)),
        };
        let number = number.parse().map_err(|_| NoBidderName)?;
        Ok(BidderName { number, site })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_is_read_as_it_was_written_and_nothing_else_is_one() {
        for name in [BidderName::from(3), BidderName { number: 3, site: Some([0xa5; 32]) }] {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        for text in ["", "@", "-1", "3@", "3@a5", &format!("3@{}", "é".repeat(32)), &"x".repeat(66)] {
            assert_eq!(text.parse::<BidderName>(), Err(NoBidderName), "{text}");
        }
    }
}
