//! `bids`: how many bids a second are on disk and answered, as a share of what the same stack does with a handler
//! that does nothing. Everything is measured in turn, round after round, so that a busy machine is busy for all.

mod fair;
mod offers;
mod report;
mod request;
mod slot;

use crate::command_line::Bids;
use crate::load::{Errand, Load, Measured};
use crate::site::Server;
use crate::wrk;
use anyhow::{Context, Result, ensure};
pub(crate) use fair::Fair;
use offers::{Lot, Offers};
use report::Report;
pub(crate) use request::trivial_path;
use request::{Request, TRIVIAL};
use slot::{ORDER, Slot};

/// Auctions that bids are spread over.
const AUCTIONS: usize = 100;

/// Everything that is asked, and whom.
struct Bench<'a> {
    asked: &'a Bids,
    fair: Fair,
    plain: Server,
    trivial: Offers,
    spread: Offers,
    one: Offers,
}

/// Measures and prints tables.
pub(crate) fn run(asked: &Bids) -> Result<()> {
    let order = if asked.only.is_empty() { ORDER.to_vec() } else { slot::named(&asked.only)? };
    let mut bench = Bench::prepare(asked)?;
    let mut report = Report::default();
    for round in 1..=asked.rounds {
        for slot in &order {
            if let Some(measured) = bench.measure(*slot)? {
                eprintln!("{}", report::line(round, *slot, &measured));
                report.add(round, *slot, measured);
            }
        }
    }
    report.print();
    bench.prove()
}

impl<'a> Bench<'a> {
    fn prepare(asked: &'a Bids) -> Result<Bench<'a>> {
        let fair = Fair::open(asked.folder.as_deref(), asked.workers)?;
        report::machine(&fair.server, asked)?;
        let offers = |lots: Vec<Lot>, seed| Offers::new(lots, fair.tokens.clone(), asked.connections, seed);
        let (spread, one) = (offers(fair.list(AUCTIONS)?, 1), offers(fair.list(1)?, 2));
        let trivial = |number| {
            let host = fair.server.address.to_string();
            Lot::new(number, Request::new(&host, TRIVIAL, 1, fair.tokens[0].len()))
        };
        let trivial = offers((0..AUCTIONS as u64).map(trivial).collect(), 3);
        Ok(Bench { asked, plain: Server::plain()?, trivial, spread, one, fair })
    }

    /// `None` where the tool for it is not installed.
    fn measure(&mut self, slot: Slot) -> Result<Option<Measured>> {
        let (server, errand): (_, &mut dyn Errand) = match slot {
            Slot::Trivial => (&self.fair.server, &mut self.trivial),
            Slot::Plain => (&self.plain, &mut self.trivial),
            Slot::Spread => (&self.fair.server, &mut self.spread),
            Slot::One => (&self.fair.server, &mut self.one),
            Slot::Wrk => return wrk::run(&self.fair, self.asked),
        };
        let (address, process) = (server.address, server.process());
        let measured =
            Load { address, process, connections: self.asked.connections }.run(errand, self.asked.span())?;
        ensure!(measured.failed == 0, "{} requests failed", measured.failed);
        Ok(Some(measured))
    }

    /// What was answered must be there.
    fn prove(&self) -> Result<()> {
        self.fair.prove(&self.spread)?;
        self.fair.prove(&self.one)?;
        let first = self.spread.lots.first().context("nothing was listed")?;
        let rows = self.fair.read_history(first)?;
        let auctions = self.spread.lots.len() + self.one.lots.len();
        println!(
            "\nChecked: {auctions} auctions have exactly one entry for each answered bid, accepted or refused, \
             without a gap; the history of one was read whole ({rows} accepted)."
        );
        Ok(())
    }
}
