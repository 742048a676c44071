//! `db check`: nothing in a healthy database, and the auction by its number where a row was tampered with.

use crate::place::{Place, everywhere, read, write};
use crate::scene::{NOON, bid_on, decide_all, list, offer, people, terms};
use auction::{Actor, Deed, Span};
use store::Journal;

/// Three auctions; the second is the one that will be tampered with.
fn healthy(place: &Place) -> Journal {
    let journal = place.open();
    write(&journal, |tx| {
        people(tx)?;
        let first = list(tx, terms())?;
        decide_all(tx, first, &[offer(1, 5, 1500)], NOON)?;
        assert_eq!(bid_on(tx)?, 2);
        let third = list(tx, terms())?;
        let close = crate::scene::command(9, Actor::Site, Deed::Close);
        decide_all(tx, third, &[offer(1, 5, 1500), offer(2, 6, 1600)], NOON)?;
        decide_all(tx, third, &[close], NOON + Span::days(3))
    });
    journal
}

/// What is done, and what must be found.
const TAMPERED: &[(&str, &[&str])] = &[
    (
        "DELETE FROM entries WHERE auction = 2 AND number = 3",
        &["auction 2 has a gap", "auction 2 counts other"],
    ),
    ("DELETE FROM entries WHERE auction = 2 AND number = 5", &["auction 2 counts other entries"]),
    ("DELETE FROM entries WHERE auction = 2", &["auction 2 counts other entries"]),
    (
        "UPDATE entries SET price = price + 1 WHERE auction = 2 AND number = 2",
        &["auction 2, entry 2: wrong state"],
    ),
    ("UPDATE entries SET amount = 2500 WHERE auction = 2 AND number = 1", &["auction 2, entry 1: wrong"]),
    ("UPDATE entries SET leader = 3 WHERE auction = 2 AND number = 5", &["auction 2, entry 5: wrong state"]),
    (
        "UPDATE entries SET removed = NULL WHERE auction = 2 AND number = 4",
        &["auction 2, entry 4: wrong state"],
    ),
    ("UPDATE entries SET at = 0 WHERE auction = 2 AND number = 2", &["auction 2, entry 2: wrong arrival"]),
    ("UPDATE entries SET number = 7 WHERE auction = 2 AND number = 5", &["auction 2 has a gap"]),
    ("UPDATE auctions SET price = price + 1 WHERE id = 2", &["auction 2 does not stand as its entries say"]),
    ("UPDATE auctions SET leader_limit = leader_limit + 1 WHERE id = 2", &["auction 2 does not stand as"]),
    ("UPDATE auctions SET leader = 9 WHERE id = 2", &["auction 2 does not stand as its entries say"]),
    ("UPDATE auctions SET last_number = 4 WHERE id = 2", &["auction 2 counts other entries than it has"]),
    (
        "UPDATE entries SET sequence = 99 WHERE auction = 2 AND number = 5",
        &["9 entries, but the last sequence"],
    ),
    (
        "UPDATE entries SET previous = previous - 1 WHERE auction = 2 AND number = 4",
        &["auction 2 has an entry that"],
    ),
    ("UPDATE entries SET previous = NULL WHERE auction = 2 AND number = 4", &["auction 2 has an entry that"]),
    ("UPDATE entries SET previous = 1 WHERE auction = 2 AND number = 1", &["auction 2 has an entry that"]),
    (
        "UPDATE entries SET command = (SELECT command FROM entries WHERE auction = 2 AND number = 1) \
         WHERE auction = 2 AND number = 5",
        &["auction 2 has a command that was decided twice"],
    ),
    ("DELETE FROM listings WHERE auction = 2", &["auction 2 has no title"]),
];

#[test]
fn nothing_is_found_in_a_healthy_database() {
    for place in everywhere() {
        let journal = healthy(&place);
        assert_eq!(read(&journal, store::check), [""; 0]);
        assert_eq!(journal.check().unwrap(), [""; 0]);
    }
}

#[test]
fn whatever_was_tampered_with_is_named() {
    for (tampering, expected) in TAMPERED {
        for place in everywhere() {
            let journal = healthy(&place);
            place.tamper(tampering);
            let found = read(&journal, store::check);
            for sentence in *expected {
                assert!(found.iter().any(|one| one.starts_with(sentence)), "{tampering}: {found:?}");
            }
            let others = found.iter().filter(|one| one.starts_with("auction"));
            let others = others.filter(|one| !one.starts_with("auction 2"));
            assert_eq!(others.count(), 0, "{tampering}: {found:?}");
        }
    }
}
