//! `hub`: how many messages a second go through two hubs onto two disks and to an application, beside what others do.
//! Everything is measured in turn, round after round, so that a busy machine is busy for all.

mod chain;
mod keeper;
mod measure;
mod memory;
mod message;
mod meter;
mod ours;
mod peers;
mod report;
mod slot;

use crate::command_line::Hub;
use crate::machine;
use crate::site::{folder, release};
use anyhow::{Context, Result};
use chain::Chain;
use report::Report;
use slot::{Slot, Who};
use std::collections::BTreeMap;
use tempfile::TempDir;

/// What is measured, as far as it could be started.
struct Bench<'a> {
    asked: &'a Hub,
    chains: BTreeMap<Who, Result<Box<dyn Chain>>>,
    /// Goes after the servers that write into it.
    folder: TempDir,
}

/// Measures and prints tables.
pub(crate) fn run(asked: &Hub) -> Result<()> {
    let order = slot::order(&asked.only)?;
    let mut bench = Bench { asked, chains: BTreeMap::new(), folder: folder(asked.folder.as_deref())? };
    print_machine(&bench)?;
    let mut report = Report::default();
    if order.contains(&Slot::Memory) {
        report.memory = Some(memory::measure(&bench.folder.path().join("memory"))?);
    }
    for slot in order.iter().filter(|slot| **slot != Slot::Memory) {
        bench.open(slot.who())?;
    }
    for round in 1..=asked.rounds {
        for slot in order.iter().filter(|slot| **slot != Slot::Memory) {
            if let Some(measured) = bench.measure(*slot)? {
                eprintln!("{}", report::line(round, *slot, &measured));
                report.add(round, *slot, measured);
            }
        }
    }
    println!("\n{}", bench.versions().join("\n"));
    report.print();
    Ok(())
}

impl Bench<'_> {
    /// Starts servers, unless they run already. Ours have to start; of the others it is noted why they do not.
    fn open(&mut self, who: Who) -> Result<()> {
        if self.chains.contains_key(&who) {
            return Ok(());
        }
        eprintln!("starting {}", who.word());
        let chain = who.open(&self.folder.path().join(who.word()));
        self.note(who, chain)
    }

    fn note(&mut self, who: Who, chain: Result<Box<dyn Chain>>) -> Result<()> {
        let chain = match chain {
            Err(error) if who == Who::Ours => return Err(error),
            Err(error) => {
                eprintln!("{}: {error:#}", who.word());
                Err(error)
            }
            chain => chain,
        };
        self.chains.insert(who, chain);
        Ok(())
    }

    /// `None` where it does not run, or fails now.
    fn measure(&mut self, slot: Slot) -> Result<Option<measure::Measured>> {
        let who = slot.who();
        let Some(Ok(chain)) = self.chains.get(&who) else { return Ok(None) };
        match measure::measure(chain.as_ref(), slot, self.asked.span()) {
            Ok(measured) => Ok(Some(measured)),
            Err(error) => {
                self.note(who, Err(error.context(format!("{} failed", who.word()))))?;
                Ok(None)
            }
        }
    }

    /// A line for everybody: the version, or why there is none.
    fn versions(&self) -> Vec<String> {
        let line = |(who, chain): (&Who, &Result<Box<dyn Chain>>)| match chain {
            Ok(_) => format!("- {}: {}", who.word(), who.version()),
            Err(error) => format!("- {}: not measured: {error:#}", who.word()),
        };
        self.chains.iter().map(line).collect()
    }
}

fn print_machine(bench: &Bench<'_>) -> Result<()> {
    let asked = bench.asked;
    machine::print(bench.folder.path())?;
    let hub = release("anuko-hub")?;
    let hub = machine::said(hub.to_str().context("a strange path")?, &["--version".as_ref()]);
    let commit = machine::said("git", &["describe".as_ref(), "--always".as_ref(), "--dirty".as_ref()]);
    println!(
        "{hub}, tree {commit}; {} rounds of {} s after {} s of warm-up; messages of {} bytes, at most {} unanswered; \
         limits of the hubs off",
        asked.rounds,
        asked.seconds,
        asked.warm_up,
        message::BYTES,
        chain::WINDOW
    );
    Ok(())
}
