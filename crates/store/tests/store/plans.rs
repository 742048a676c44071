//! No statement reads a whole table, except the few that have to.

use crate::place::Place;
use store::STATEMENTS;

/// Statements that may look at every row, and why.
const SCANS: &[(&str, &str)] = &[
    ("WITHOUT_WORDS", "db check"),
    ("GAPS", "db check"),
    ("LOST_ENTRIES", "db check"),
    ("SEQUENCES", "db check"),
    ("BROKEN_CHAINS", "db check"),
    ("DECIDED_TWICE", "db check"),
    ("ALL", "one history"),
    ("ACCEPTED", "one history"),
    ("NUMBERED", "one history, from its end"),
    ("BEHIND", "the end of one history"),
    ("PAGE", "one history, from a place on, until the page is full"),
    ("OWN_OR_TAKEN", "one history, from its end"),
    ("OF_AUCTION", "one history, once"),
    ("ENDING_BETWEEN", "after an outage"),
    ("NEWEST", "stops at the first row"),
    ("NEXT_DUE", "stops at the first row"),
    ("COUNT_WAITING", "an index of what waits, and no more"),
    ("COUNT_OUTCOME", "figures for the webmaster"),
    ("SUSPENDED_AND_STANDING", "once at a start: all people"),
    ("AWAITING", "the list of a moderator"),
    ("HAS_ROLE", "once at a start, and few rows"),
    ("PURGE", "once an hour"),
    ("PURGE_SESSIONS", "once an hour"),
    ("PURGE_LINKS", "once an hour"),
    ("DROP_UNOWNED_LINKS", "once at a start"),
    ("LIVING", "with each pulse: all that is open"),
    ("TELL_ALL", "every ten minutes at most: all that is open"),
    ("UNLEVEL", "once a second: all sites, of which there are few"),
];

#[test]
fn every_statement_finds_its_rows_through_an_index() {
    let place = Place::sqlite();
    place.open().close();
    let connection = place.sqlite_connection();
    let mut complaints = Vec::new();
    for statement in STATEMENTS.iter().copied().flatten() {
        let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get(3).unwrap();
            let reads_all = step.starts_with("SCAN") || step.contains("TEMP B-TREE");
            let allowed = SCANS.iter().any(|(name, _)| *name == statement.name);
            // What an INSERT "scans" are the children of its table, and that only while the transaction has broken
            // a foreign key.
            if reads_all && !allowed && !statement.sql.starts_with("INSERT") {
                complaints.push(format!("{}: {step}", statement.name));
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// The statement and the index (or key) that it has to use.
const HOT: &[(&str, &str)] = &[
    ("PRIOR", "USING INTEGER PRIMARY KEY (rowid=?)"),
    ("SINCE", "USING INTEGER PRIMARY KEY (rowid>?)"),
    ("OF_AUCTION", "USING INTEGER PRIMARY KEY (rowid=?)"),
    ("PAGE", "USING INTEGER PRIMARY KEY (rowid=?)"),
    ("NEWS", "USING INTEGER PRIMARY KEY (rowid>?)"),
    ("DUE", "auctions_by_end (phase=? AND ends_at<?)"),
    ("OPEN", "USING INDEX auctions_by_end (phase=? AND ends_at>?)"),
    ("SCHEDULED", "USING INDEX auctions_by_opening (phase=? AND opens_at>?)"),
    ("CLOSED", "USING INDEX auctions_by_end (phase=? AND ends_at<?)"),
    ("OF_SELLER", "USING INDEX auctions_of_seller (seller=? AND id<?)"),
    ("BY_PERSON", "bidders_by_person (person=? AND auction<?)"),
    ("TOKEN", "(hash=?)"),
    ("SESSION", "(hash=?)"),
];

#[test]
fn what_runs_with_every_bid_every_close_and_every_page_uses_the_index_made_for_it() {
    let place = Place::sqlite();
    place.open().close();
    let connection = place.sqlite_connection();
    for (name, expected) in HOT {
        let named = STATEMENTS.iter().copied().flatten().filter(|statement| statement.name == *name);
        let plans: Vec<String> = named
            .map(|statement| {
                let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {}", statement.sql)).unwrap();
                let mut rows = plan.raw_query();
                let mut steps = String::new();
                while let Some(row) = rows.next().unwrap() {
                    steps.push_str(&row.get::<_, String>(3).unwrap());
                    steps.push('\n');
                }
                steps
            })
            .collect();
        assert!(plans.iter().any(|plan| plan.contains(expected)), "{name}: {plans:#?}");
    }
}
