//! People, and an auction that was bid on by the ordinary way.

use auction::{
    Actor, Amount, Auction, Command, CommandId, Currency, Decimal, Decision, Deed, Extension, Format, Person,
    Phase, Span, StepTable, Terms, Time, decide,
};
use store::ledger::Ledger;
use store::{Error, Tx, auctions, listings, people};

pub(crate) const NOON: Time = Time(1_767_614_400_000_000);
pub(crate) const SELLER: Person = Person(1);

pub(crate) fn euro() -> Currency {
    Currency::new("EUR", 2).unwrap()
}

pub(crate) fn terms() -> Terms {
    Terms {
        format: Format::Ascending,
        currency: euro(),
        start_price: Amount(1000),
        reserve: None,
        buy_now: None,
        steps: StepTable::standard(0),
        opens_at: NOON,
        ends_at: NOON + Span::days(3),
        extension: Some(Extension::STANDARD),
    }
}

/// People with the numbers 1 to 9.
pub(crate) fn people(tx: &mut Tx<'_>) -> Result<(), Error> {
    for name in ["ada", "bo", "cy", "di", "ed", "flo", "gus", "hal", "ida"] {
        let new = people::New {
            email: name,
            email_key: name,
            name,
            password: None,
            role: "user",
            language: "en",
            confirmed_at: Some(NOON),
        };
        people::insert(tx, &new, NOON)?;
    }
    Ok(())
}

/// Lists an auction.
pub(crate) fn list(tx: &mut Tx<'_>, terms: Terms) -> Result<i64, Error> {
    let id = auctions::insert(tx, &Auction::new(SELLER, terms, Phase::Published), NOON)?;
    listings::insert(tx, id, "A lamp", "It shines.")?;
    Ok(id)
}

pub(crate) fn command(n: u8, by: Actor, deed: Deed) -> Command {
    Command { id: CommandId([n; 16]), by, version: 1, deed }
}

pub(crate) fn offer(n: u8, person: i64, amount: i64) -> Command {
    command(n, Actor::Person(Person(person)), Deed::Offer { amount: Decimal::new(amount, 2) })
}

/// Decides commands in one batch, as the auctioneer does; each is taken.
pub(crate) fn decide_all(
    tx: &mut Tx<'_>,
    auction: i64,
    commands: &[Command],
    now: Time,
) -> Result<(), Error> {
    let mut ledger = Ledger::default();
    for command in commands {
        ledger.load(tx, auction, command)?.unwrap();
        let case = ledger.case(auction, command, None).unwrap();
        let Decision::Append(entry) = decide(&case, command, now) else {
            panic!("{command:?} left no entry")
        };
        assert!(entry.accepted(), "{entry:?}");
        let whose = command.deed.takes_from(command.by.person());
        let standing = whose.map(|whose| (whose, case.still_standing(whose, &entry.removed)));
        ledger.take(auction, entry, standing);
    }
    ledger.write(tx)
}

/// An auction with four bids, one taken back, in two batches.
pub(crate) fn bid_on(tx: &mut Tx<'_>) -> Result<i64, Error> {
    let id = list(tx, terms())?;
    decide_all(tx, id, &[offer(1, 2, 2000), offer(2, 3, 3000)], NOON)?;
    let back = Deed::Retract { reason: "a typing error".into() };
    let later = [offer(3, 4, 9000), command(4, Actor::Person(Person(4)), back), offer(5, 2, 5000)];
    decide_all(tx, id, &later, NOON + Span::minutes(1))?;
    Ok(id)
}
