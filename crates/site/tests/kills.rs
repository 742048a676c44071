//! The plug is pulled at random moments while people bid over HTTP: no answered bid is lost, nothing closes twice,
//! no letter is lost, and a kill doubles at most one.
//!
//! Here 8 kills and 20,000 bids; with `ANUKO_LONG=1` 60 and 100,000.

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

mod bidding;
mod books;
mod town;

use bidding::{Crew, Receipt};
use books::Books;
use std::collections::{BTreeMap, BTreeSet};
use town::{Dice, Mail, MailServer, Place, Site, offer, short_lot, until};

/// At least so many of both.
struct Plan {
    kills: usize,
    bids: usize,
}

fn plan() -> Plan {
    if std::env::var_os("ANUKO_LONG").is_some() {
        Plan { kills: 60, bids: 100_000 }
    } else {
        Plan { kills: 8, bids: 20_000 }
    }
}

/// A receipt is for ever: the entry is there as it was answered.
fn assert_all_are_in(books: &Books, receipts: &[Receipt]) {
    let offers = books.offers();
    for receipt in receipts {
        let found = offers.get(&(receipt.auction, receipt.entry));
        assert_eq!(found, Some(&(receipt.key_bytes(), receipt.cents)), "{receipt:?}");
    }
}

/// Asking again gets the same answer, and says that it is one.
fn assert_asked_again_is_the_same(site: &Site, receipts: &[Receipt]) {
    for receipt in receipts {
        let path = format!("/api/v1/auctions/{}/bids", receipt.auction);
        let again = site.client(&receipt.token).post_once(&path, &receipt.key, &offer(&receipt.amount()));
        assert_eq!((again.status, &again.json()), (201, &receipt.answer));
        assert_eq!(again.header("idempotent-replayed"), Some("true"));
    }
}

/// The letters that the closed auctions owe, as (to, subject).
fn owed(books: &Books) -> BTreeSet<(String, String)> {
    let mut owed = BTreeSet::new();
    for lot in books.closed() {
        match lot.sold {
            Some((winner, cents)) => {
                let price = format!("{}.{:02} EUR", cents / 100, cents % 100);
                owed.insert((lot.seller, format!("Sold for {price}: {}", lot.title)));
                owed.insert((winner, format!("You have won: {}", lot.title)));
            }
            None => drop(owed.insert((lot.seller, format!("Not sold: {}", lot.title)))),
        }
    }
    owed
}

fn assert_letters_are_right(letters: &[Mail], owed: &BTreeSet<(String, String)>, kills: usize) {
    let about_ends = |mail: &&Mail| !mail.subject.starts_with("You have been outbid");
    let mut ids: BTreeMap<(String, String), BTreeSet<&str>> = BTreeMap::new();
    for mail in letters.iter().filter(about_ends) {
        ids.entry((mail.to.clone(), mail.subject.clone())).or_default().insert(&mail.id);
    }
    let came: BTreeSet<_> = ids.keys().cloned().collect();
    assert_eq!(&came, owed);
    for (letter, ids) in &ids {
        assert_eq!(ids.len(), 1, "{letter:?} came under several ids");
    }
    let all: BTreeSet<&str> = letters.iter().map(|mail| mail.id.as_str()).collect();
    let doubled = letters.len() - all.len();
    println!("{} letters, {doubled} of them doubled by {kills} kills", letters.len());
    assert!(doubled <= kills, "{doubled} letters came twice after {kills} kills");
}

#[test]
fn whoever_got_a_yes_has_it_however_often_the_plug_is_pulled() {
    let Plan { kills, bids } = plan();
    let mut dice = Dice::seeded(4);
    let mail = MailServer::open();
    let place = Place::new(&mail.settings());
    let mut site = place.open();
    let seller = place.person("Sue", "user");
    let bidders: Vec<String> = (0..12).map(|n| place.person(&format!("Bidder{n}"), "user")).collect();
    let mut long_lots = Vec::new();
    for number in 0..8 {
        let lot = short_lot(&format!("Long lot {number}"), 24 * 3600, 120);
        long_lots
            .push(site.client(&seller).post("/api/v1/auctions", &lot).expect(201)["id"].as_i64().unwrap());
    }
    let crew = Crew::start(site.port, &seller, &bidders, &long_lots, &mut dice);

    let mut killed = 0;
    let mut checked = 0;
    while killed < kills || crew.answered() < bids {
        // A kill comes after a random number of answers, and a random part of the way to the next one.
        let (life, drift) = (dice.below(2 * bids / kills), dice.below(2000));
        let before = crew.answered();
        until("some bids", || (crew.answered() > before + life).then_some(()));
        (0..drift).for_each(|_| std::hint::spin_loop());
        site.kill();
        killed += 1;
        crew.the_site_is_gone();
        site = place.open();
        crew.the_site_is_at(site.port);
        let receipts = crew.take_receipts();
        checked += receipts.len();
        assert_all_are_in(&Books::open(&place), &receipts);
        let some: Vec<Receipt> =
            (0..10).filter_map(|_| receipts.get(dice.below(receipts.len())).cloned()).collect();
        assert_asked_again_is_the_same(&site, &some);
    }
    let receipts = crew.finish();
    checked += receipts.len();
    assert!(checked >= bids);

    // Whatever is still open among the short ones closes by itself, and all letters about ends leave.
    let books = Books::open(&place);
    assert_all_are_in(&books, &receipts);
    until("the last close", || (books.open_short_lots() == 0).then_some(()));
    until("the last letter", || (books.letters_about_ends_that_wait() == 0).then_some(()));
    drop(books);
    assert!(site.stop().0.success());

    place.run(&["db", "check"]).good();
    let books = Books::open(&place);
    assert_eq!(books.closed_more_than_once(), 0);
    let owed = owed(&books);
    println!("{killed} kills, {checked} answered bids, {} letters owed", owed.len());
    assert_letters_are_right(&mail.letters(), &owed, killed);
    let sold = owed.iter().filter(|(_, subject)| subject.starts_with("Sold")).count();
    assert!(sold > 0 && owed.len() > 2 * sold, "{sold} sold of {owed:?}");
}
