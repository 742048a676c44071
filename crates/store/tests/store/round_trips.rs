//! What is stored as an entry comes back as it was.

use crate::place::{everywhere, read, write};
use crate::scene::{NOON, euro, list, people, terms};
use auction::{
    Actor, Amount, CommandId, Decimal, Deed, Entry, Leader, Outcome, Person, Phase, Progress, Refusal, Span,
    Standing, Time, Verdict, Which,
};
use store::{auctions, entries};

fn decimals() -> Vec<(Decimal, Option<Amount>)> {
    let parse = |text| Decimal::parse(text).unwrap();
    let texts = ["12.50", "12.5", "0.01", "10.005", "0", "999999999999999999", "0.00000000000000001"];
    let mut all: Vec<_> = texts.map(|text| (parse(text), euro().minor(parse(text)))).to_vec();
    // As the take of a falling price: what was seen is not what is paid.
    all.push((parse("9"), Some(Amount(800))));
    all.push((parse("9"), None));
    all
}

fn deeds() -> Vec<(Deed, Option<Amount>)> {
    let mut all = Vec::new();
    for (amount, minor) in decimals() {
        all.push((Deed::Offer { amount }, minor));
        all.push((Deed::Take { seen: amount }, minor));
        all.push((Deed::LowerReserve { to: Some(amount) }, minor));
    }
    for amount in [None, Some(Amount(1000))] {
        all.push((Deed::LowerReserve { to: None }, amount));
        all.push((Deed::BuyNow, amount));
    }
    for reason in
        ["", "a word", "two\nlines\n\nand an end\n", "Zażółć 🦊 \"quoted\" 'single' \\ % _ $1", "all"]
    {
        all.push((Deed::Retract { reason: reason.into() }, None));
        all.push((Deed::Withdraw { reason: reason.into() }, None));
        for which in [Which::All, Which::One(1), Which::One(u32::MAX)] {
            all.push((Deed::Cancel { whose: Person(i64::MAX), which, reason: reason.into() }, None));
        }
        let (from, to) = (Time(i64::MIN), Time(i64::MAX));
        all.push((Deed::Postpone { from, to, reason: reason.into() }, None));
    }
    all.extend([Deed::EndEarly, Deed::Accept, Deed::Close].map(|deed| (deed, None)));
    all
}

fn refusals() -> Vec<Refusal> {
    use Progress::*;
    let mut all: Vec<Refusal> = [Unpublished, Scheduled, Open, Closing, Sold, Unsold, Withdrawn]
        .map(|progress| Refusal::NotOpen { progress })
        .to_vec();
    let carried = Refusal::CODES.iter().filter(|code| **code != "not_open");
    all.extend(carried.filter_map(|code| Refusal::from_parts(code, Some(Amount(1234)), Open)));
    all
}

fn standings() -> Vec<Standing> {
    let at = NOON + Span::hours(1);
    let sold = Outcome::Sold { winner: Person(7), price: Amount(1) };
    let phases = [
        Phase::Draft,
        Phase::AwaitingApproval,
        Phase::NotApproved,
        Phase::Published,
        Phase::Closed { at, outcome: Outcome::Unsold },
        Phase::Closed { at: Time(0), outcome: sold },
        Phase::Withdrawn { at },
    ];
    let plain = Standing::new(Phase::Published, &terms());
    let mut all: Vec<Standing> = phases.map(|phase| Standing { phase, ..plain.clone() }).to_vec();
    all.push(Standing {
        ends_at: Time(i64::MAX),
        price: Some(Amount(0)),
        leader: Some(Leader { person: Person(3), limit: Amount::MOST }),
        reserve: Some(Amount(77)),
        offers: u32::MAX,
        buy_now: true,
        postponed: 2,
        stood_still: Span(123_456_789),
        ..plain
    });
    all
}

/// Every deed, refusal and standing at least once, by all who can act.
fn all() -> Vec<Entry> {
    let by = [Actor::Person(Person(2)), Actor::Moderator(Person(3)), Actor::Site];
    let (deeds, refusals, standings) = (deeds(), refusals(), standings());
    let count = deeds.len().max(refusals.len()).max(standings.len()) * by.len();
    (0..count)
        .map(|n| {
            let (deed, amount) = deeds[n % deeds.len()].clone();
            let refused = refusals[n % refusals.len()];
            Entry {
                number: n as u32 + 1,
                at: NOON + Span(n as i64),
                by: by[n % by.len()],
                id: CommandId((n as u128).to_le_bytes()),
                version: n as u32,
                deed,
                amount,
                verdict: if n % 2 == 0 { Verdict::Accepted } else { Verdict::Refused(refused) },
                removed: (0..(n % 4) as u32).collect(),
                after: standings[n % standings.len()].clone(),
            }
        })
        .collect()
}

fn find(tx: &mut store::Tx<'_>, id: i64) -> Result<auctions::Stored, store::Error> {
    auctions::find(tx, id)?.ok_or(store::Error::Unknown)
}

/// Does something with an auction as it is stored.
fn with<T>(
    tx: &mut store::Tx<'_>,
    id: i64,
    work: impl FnOnce(&mut store::Tx<'_>, &auctions::Stored) -> Result<T, store::Error>,
) -> Result<T, store::Error> {
    let stored = find(tx, id)?;
    work(tx, &stored)
}

/// Says which entry of an auction is its last.
fn tell_last(tx: &mut store::Tx<'_>, id: i64, last: i64) -> Result<i64, store::Error> {
    let mut stored = find(tx, id)?;
    stored.last_sequence = Some(last);
    let before = stored.auction.standing.clone();
    let before_it = stored.auction.last;
    stored.auction.last = last as u32;
    auctions::update(tx, &before, before_it, &stored)?;
    Ok(id)
}

fn pages_lead_from_the_newest_to_the_first(journal: &store::Journal, id: i64, accepted: &[Entry]) {
    let (mut from, mut seen) = (None, Vec::new());
    loop {
        let page = read(journal, move |tx| with(tx, id, |tx, of| entries::page(tx, of, from, None, 5)));
        assert!(page.len() <= 5);
        from = page.last().and_then(|(_, older)| *older);
        let full = page.len() == 5;
        seen.extend(page.into_iter().map(|(entry, _)| entry));
        if !full || from.is_none() {
            break;
        }
    }
    seen.reverse();
    assert_eq!(seen, accepted);
}

#[test]
fn every_kind_of_entry_comes_back_as_it_was_written() {
    let written = all();
    for place in everywhere() {
        let journal = place.open();
        let entries_written = written.clone();
        let id = write(&journal, move |tx| {
            people(tx)?;
            let id = list(tx, terms())?;
            let displaced = Some(Person(9));
            for (entry, sequence) in entries_written.iter().zip(1..) {
                let previous = Some(sequence - 1).filter(|previous| *previous > 0);
                let currency = euro();
                entries::append(
                    tx,
                    &entries::New { sequence, previous, auction: id, currency, displaced, entry },
                )?;
            }
            tell_last(tx, id, entries_written.len() as i64)
        });
        assert_eq!(read(&journal, move |tx| with(tx, id, entries::all)), written);
        let accepted: Vec<Entry> = written.iter().filter(|entry| entry.accepted()).cloned().collect();
        assert_eq!(read(&journal, move |tx| with(tx, id, entries::accepted)), accepted);
        pages_lead_from_the_newest_to_the_first(&journal, id, &accepted);
        for entry in written.iter().take(9) {
            let number = entry.number;
            let found = read(&journal, move |tx| with(tx, id, |tx, of| entries::numbered(tx, of, number)));
            assert_eq!(found.as_ref(), Some(entry));
            let Some(person) = entry.by.person() else { continue };
            let (place, command) = (i64::from(number), entry.id);
            let prior = |place, person| {
                read(&journal, move |tx| entries::prior(tx, place, id, person, command, euro()))
            };
            assert_eq!(prior(place, person).as_ref(), Some(entry));
            assert_eq!((prior(place + 1, person), prior(place, Person(77))), (None, None));
        }
        let news = read(&journal, |tx| entries::news(tx, 0, 10_000));
        assert_eq!(news.len(), accepted.len());
        for (news, entry) in news.iter().zip(&accepted) {
            assert_eq!((news.sequence, news.phase), (i64::from(entry.number), entry.after.phase));
        }
    }
}

#[test]
fn every_refusal_that_can_become_an_entry_can_be_read_back() {
    let from = Refusal::CODES.iter().position(|code| *code == "not_open").unwrap();
    for (place, code) in Refusal::CODES.iter().enumerate() {
        let read = Refusal::from_parts(code, Some(Amount(5)), Progress::Open);
        // Terms are frozen against edits, and an edit is no entry.
        assert_eq!(read.is_some(), place >= from && *code != "terms_frozen", "{code}");
        assert!(read.is_none_or(|refusal| refusal.code() == *code));
    }
}

#[test]
fn an_amount_that_nobody_can_read_is_damage_and_no_surprise() {
    for place in everywhere() {
        let journal = place.open();
        let id = write(&journal, |tx| people(tx).and_then(|()| crate::scene::bid_on(tx)));
        place.tamper("UPDATE entries SET deed = 'gift' WHERE number = 1");
        let found = journal.read_blocking(move |tx| with(tx, id, entries::accepted));
        assert!(matches!(found, Err(store::Error::Corrupt(_))), "{found:?}");
    }
}
