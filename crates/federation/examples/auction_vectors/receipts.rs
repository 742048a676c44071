//! Files of receipts, and what a check says of them.

use crate::messages::sold;
use crate::stage::receipts;
use federation::verify;
use federation::wire::{Body, Closed, Hash, Money, Ruling, Rulings};
use serde_json::{Value, json};

type Change = fn(&mut Vec<(u8, Body)>);

pub(crate) fn all() -> Value {
    let files: [(&str, Change); 13] = [
        ("everything that was said", |_| {}),
        ("in another order, one twice", |said| {
            said.reverse();
            said.push(said[0].clone());
            let first = said.pop().unwrap();
            said.insert(0, first);
        }),
        ("a bid is missing", |said| {
            said.retain(|(_, body)| !matches!(body, Body::Bid(bid) if bid.number == 2))
        }),
        ("the opened offers are missing", |said| said.retain(|(_, body)| !matches!(body, Body::Opened(_)))),
        ("the listing is missing", |said| said.retain(|(_, body)| !matches!(body, Body::Listing(_)))),
        ("rulings in the middle are missing", |said| {
            said.retain(|(_, body)| !matches!(body, Body::Rulings(rulings) if rulings.first() == 3));
        }),
        ("a price that the rules do not give", |said| {
            entry(said, 2, |entry| entry.price = Some(Money(2_999)))
        }),
        ("an end that the rules do not give", |said| {
            entry(said, 4, |entry| entry.ends_at.as_mut().unwrap().0 += 1);
        }),
        ("an entry about another bid", |said| entry(said, 2, |entry| entry.number = Some(9))),
        ("a commitment that was not made", |said| {
            entry(said, 1, |entry| entry.commitment = Some(Hash::ZERO));
        }),
        ("rulings that follow others", |said| {
            rulings(said, |rulings| {
                if rulings.first() == 3 {
                    rulings.previous = Hash::ZERO;
                }
            });
        }),
        ("a state that the rules do not give", |said| {
            rulings(said, |rulings| rulings.state.offers += 1);
        }),
        ("another outcome than was ruled", |said| closed(said, |closed| closed.price = Some(Money(1)))),
    ];
    let mut all: Vec<Value> = files.into_iter().map(|(what, change)| file(what, change)).collect();
    all.push(forged());
    json!({ "files": all })
}

fn file(what: &str, change: Change) -> Value {
    let mut said = sold().said(&[2]);
    change(&mut said);
    shown(what, &receipts(&said))
}

/// The last byte of the first envelope is another one.
fn forged() -> Value {
    let envelopes = crate::stage::envelopes(&sold().said(&[2]));
    let mut bytes: Vec<Vec<u8>> = envelopes.iter().map(|envelope| envelope.bytes().to_vec()).collect();
    *bytes[0].last_mut().unwrap() ^= 1;
    let file = verify::Receipts::new(crate::stage::origin(), crate::stage::NUMBER, bytes);
    shown("a signature that is wrong", &file)
}

fn shown(what: &str, file: &verify::Receipts) -> Value {
    let report = verify(file);
    let faults: Vec<Value> = report
        .faults
        .iter()
        .map(|fault| json!({ "entry": fault.entry, "code": fault.reason.code() }))
        .collect();
    let unchecked: Vec<Value> = report
        .unchecked
        .iter()
        .map(|unchecked| json!({ "entry": unchecked.entry, "code": unchecked.gap.code() }))
        .collect();
    json!({
        "what": what,
        "verdict": format!("{:?}", report.verdict).to_lowercase(),
        "folded": report.folded,
        "faults": faults,
        "unchecked": unchecked,
        "file": file,
    })
}

fn rulings(said: &mut [(u8, Body)], change: impl Fn(&mut Rulings)) {
    for (_, body) in said {
        if let Body::Rulings(rulings) = body {
            change(rulings);
        }
    }
}

fn entry(said: &mut [(u8, Body)], n: u32, change: impl Fn(&mut Ruling)) {
    rulings(said, |rulings| rulings.entries.iter_mut().filter(|entry| entry.n == n).for_each(&change));
}

fn closed(said: &mut [(u8, Body)], change: impl Fn(&mut Closed)) {
    for (_, body) in said {
        if let Body::Closed(closed) = body {
            change(closed);
        }
    }
}
