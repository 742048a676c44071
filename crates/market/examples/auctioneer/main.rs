//! How many full bids the auctioneer decides, beside two bare statements a bid on the same machine.
//!
//! `cargo run --release -p market --example auctioneer`, or with a location as its argument for PostgreSQL (two
//! databases are needed there, so `-bare` is appended for the second).
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "it measures and prints")]

mod bare;
mod crowd;
mod setting;

use setting::{AUCTIONS, Setting};
use std::time::{Duration, Instant};

/// Bids that wait together.
pub(crate) const BATCH: usize = 96;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(2);

const NAMES: [&str; 3] =
    ["two bare statements a bid", "the auctioneer, writer alone", "the auctioneer, 96 askers"];

type Failure = Box<dyn std::error::Error>;

/// When a round is over, and what it gave.
pub(crate) struct Round {
    start: Instant,
}

impl Round {
    pub(crate) fn is_over(&self) -> bool {
        self.start.elapsed() >= ROUND
    }

    /// What was played from the beginning of the round to its end.
    fn played(&self, bids: u64) -> Played {
        Played { bids, spent: None }
    }
}

/// What came of a round: bids, and the time that counts where it is not all of the round.
pub(crate) struct Played {
    pub(crate) bids: u64,
    pub(crate) spent: Option<Duration>,
}

/// Bids a second, and bids a commit.
struct Figures {
    name: &'static str,
    rates: Vec<f64>,
    batches: Vec<f64>,
}

impl Figures {
    fn of(name: &'static str) -> Figures {
        Figures { name, rates: Vec::new(), batches: Vec::new() }
    }

    fn play(
        &mut self,
        setting: &Setting,
        play: impl FnOnce(&Round) -> Result<Played, Failure>,
    ) -> Result<(), Failure> {
        let before = setting.commits();
        let round = Round { start: Instant::now() };
        let Played { bids, spent } = play(&round)?;
        self.rates.push(bids as f64 / spent.unwrap_or(round.start.elapsed()).as_secs_f64());
        self.batches.push(bids as f64 / (setting.commits() - before).max(1) as f64);
        Ok(())
    }
}

/// Medians, and what they are of the bare statements' on as many auctions.
fn print(auctions: u64, figures: &[Figures]) {
    println!("{:30} {:>9} {:>8} {:>12}", format!("auctions: {auctions}"), "bids/s", "of bare", "bids/commit");
    let base = median(&figures[0].rates);
    for Figures { name, rates, batches } in figures {
        let rate = median(rates);
        println!("{name:30} {rate:>9.0} {:>8.2} {:>12.0}", rate / base, median(batches));
    }
}

fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(".")?;
    let place = std::env::args().nth(1);
    let full = Setting::open(folder.path(), place.as_deref(), "full")?;
    let plain = Setting::open(folder.path(), place.as_deref(), "bare")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let mut tables = [AUCTIONS, 1].map(|auctions| (auctions, NAMES.map(Figures::of)));
    for _ in 0..ROUNDS {
        for (auctions, [two_statements, alone, askers]) in &mut tables {
            let auctions = *auctions;
            two_statements.play(&plain, |round| Ok(round.played(bare::play(&plain, auctions, round)?)))?;
            alone.play(&full, |round| {
                // Answers are given there.
                let _inside = runtime.enter();
                crowd::without_runtime(&full, auctions, round)
            })?;
            askers.play(&full, |round| {
                Ok(round.played(runtime.block_on(crowd::of_askers(&full, auctions, round))?))
            })?;
        }
    }
    for (auctions, figures) in &tables {
        print(*auctions, figures);
    }
    let found: Vec<String> = full.market.journal().read_blocking(store::check)?;
    println!("what the check of the database finds: {found:?}");
    full.market.journal().close();
    plain.market.journal().close();
    Ok(())
}
