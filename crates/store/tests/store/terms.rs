//! Terms and standing of an auction come back as they were.

use crate::place::{everywhere, read, write};
use crate::scene::{NOON, SELLER, people, terms};
use auction::{
    Amount, Auction, Clock, Currency, Extension, Format, Phase, Span, Step, StepTable, Terms, Time,
};
use store::auctions;

fn variants() -> Vec<Terms> {
    let clock = Clock { step: Amount(5), interval: Span::seconds(90), floor: Amount(1) };
    let formats = [
        Format::Ascending,
        Format::SealedFirstPrice,
        Format::SealedSecondPrice,
        Format::Descending(clock),
        Format::Reverse,
    ];
    let mut all: Vec<Terms> = formats.map(|format| Terms { format, ..terms() }).to_vec();
    let steps = StepTable::new([
        Step { from: Amount(0), step: Amount(1) },
        Step { from: Amount::MOST, step: Amount::MOST },
    ]);
    all.push(Terms {
        currency: Currency::new("KWD", 3).unwrap(),
        reserve: Some(Amount::MOST),
        buy_now: Some(Amount::MOST),
        steps: steps.unwrap(),
        extension: None,
        ..terms()
    });
    let extension = Extension { window: Span(1), cap: Span(2) };
    all.push(Terms { extension: Some(extension), opens_at: Time(0), ..terms() });
    all
}

#[test]
fn every_kind_of_terms_comes_back_as_it_was_written() {
    for place in everywhere() {
        let journal = place.open();
        write(&journal, people);
        for (n, terms) in variants().into_iter().enumerate() {
            for phase in [Phase::Draft, Phase::AwaitingApproval, Phase::Published] {
                let mut auction = Auction::new(SELLER, terms.clone(), phase);
                auction.last_at = NOON;
                let new = auction.clone();
                let id = write(&journal, move |tx| auctions::insert(tx, &new, NOON));
                let found = read(&journal, move |tx| auctions::find(tx, id)).unwrap();
                let stored =
                    auctions::Stored { id, created_at: NOON, last_sequence: None, bidders: 0, auction };
                assert_eq!(found, stored);

                // Revised into the next kind.
                let mut revised = stored.clone();
                revised.auction.terms = variants()[(n + 1) % variants().len()].clone();
                revised.auction.standing =
                    Auction::new(SELLER, revised.auction.terms.clone(), phase).standing;
                (revised.auction.version, revised.auction.terms_version) = (9, 8);
                let update = revised.auction.clone();
                write(&journal, move |tx| auctions::update_terms(tx, id, &update));
                assert_eq!(read(&journal, move |tx| auctions::find(tx, id)), Some(revised));
            }
        }
    }
}
