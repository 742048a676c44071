//! What people are told when something is broken here. None of it says what.

use crate::Story;
use crate::house::{ANNS_MAXIMUM, House, Told};

pub(crate) const STORIES: &[(&str, Story)] =
    &[("unknown", unknown), ("unavailable", unavailable), ("failed", failed)];

/// The commit fails: a row that only the commit looks at refers to nobody. Asked again under the same id, once the
/// disk is well, the bid is taken, once.
fn unknown(house: &House) -> Told {
    let (ann, lot) = (house.person("Ann"), house.lot(""));
    house.spoil(
        "CREATE TABLE broken (person INTEGER REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED);
         CREATE TRIGGER break AFTER INSERT ON entries BEGIN INSERT INTO broken VALUES (-1); END;",
    );
    let told = house.bid_under("mine", &ann, lot, ANNS_MAXIMUM);
    house.spoil("DROP TRIGGER break;");
    let again = house.bid_under("mine", &ann, lot, ANNS_MAXIMUM).done();
    assert_eq!(again.json()["entry"], 1);
    assert_eq!(house.bid_under("mine", &ann, lot, ANNS_MAXIMUM).done(), again);
    told
}

/// The journal is closed: the site is stopping.
fn unavailable(house: &House) -> Told {
    let (ann, lot) = (house.person("Ann"), house.lot(""));
    house.market.journal().close();
    house.bid(&ann, lot, "12.00")
}

/// A row that nobody can read.
fn failed(house: &House) -> Told {
    let ann = house.person("Ann");
    house.spoil("UPDATE people SET role = 'king'");
    house.get(&ann, "/api/v1/me")
}
