//! What the database file says, read beside the site by somebody who trusts nobody.

#![allow(dead_code, unreachable_pub, reason = "each test needs some of it")]

use crate::town::Place;
use rusqlite::{Connection, OpenFlags};
use std::collections::HashMap;

/// The database, open for reading.
pub struct Books(Connection);

/// An auction that was closed.
#[derive(Debug)]
pub struct Closed {
    pub title: String,
    pub seller: String,
    /// The winner's address, and the price.
    pub sold: Option<(String, i64)>,
}

/// Published, as the store writes it.
const PUBLISHED: i64 = 3;

impl Books {
    pub fn open(place: &Place) -> Books {
        Books(Connection::open_with_flags(place.database(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap())
    }

    /// The id of the command and the amount of every accepted offer, by auction and number.
    pub fn offers(&self) -> HashMap<(i64, i64), (Vec<u8>, i64)> {
        let sql = "SELECT auction, number, command, amount FROM entries
            WHERE refusal IS NULL AND amount IS NOT NULL";
        let mut statement = self.0.prepare(sql).unwrap();
        let rows =
            statement.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?))));
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// How many auctions that end soon are still open.
    pub fn open_short_lots(&self) -> i64 {
        let sql = "SELECT count(*) FROM auctions JOIN listings ON auction = id
            WHERE phase = ?1 AND title LIKE 'Short%'";
        self.0.query_row(sql, [PUBLISHED], |row| row.get(0)).unwrap()
    }

    /// Letters about an end that have not left; those that readers of the entries have yet to write count, too.
    pub fn letters_about_ends_that_wait(&self) -> i64 {
        let sql = "SELECT (SELECT count(*) FROM letters WHERE done_at IS NULL AND kind <> 'outbid')
            + (SELECT count(*) FROM entries WHERE deed = 'close'
               AND sequence > (SELECT sequence FROM positions WHERE reader = 'letters'))";
        self.0.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Auctions with more than one end.
    pub fn closed_more_than_once(&self) -> usize {
        let sql = "SELECT auction FROM entries WHERE deed = 'close' GROUP BY auction HAVING count(*) > 1";
        self.0.prepare(sql).unwrap().query_map([], |_| Ok(())).unwrap().count()
    }

    /// All auctions that were closed.
    pub fn closed(&self) -> Vec<Closed> {
        let sql = "SELECT title, seller.email, winner.email, sold_price FROM auctions
            JOIN listings ON auction = auctions.id JOIN people seller ON seller.id = seller
            LEFT JOIN people winner ON winner.id = auctions.winner
            WHERE auctions.id IN (SELECT e.auction FROM entries e WHERE e.deed = 'close')";
        let mut statement = self.0.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| {
            let (winner, price): (Option<String>, Option<i64>) = (row.get(2)?, row.get(3)?);
            Ok(Closed { title: row.get(0)?, seller: row.get(1)?, sold: winner.zip(price) })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// Does something to the database that no site would do.
    pub fn spoil(place: &Place, sql: &str) {
        let connection = Connection::open(place.database()).unwrap();
        connection.execute_batch(sql).unwrap();
    }
}
