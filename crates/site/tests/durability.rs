//! An answer that says yes is on disk: proved by the order of system calls.
//!
//! A killed process loses nothing that the kernel holds, so kills prove nothing about power cuts. Here `strace` writes
//! down what a loaded server does to the write-ahead log and to its connections, and [`rule`] holds the record against
//! what must hold for every bid that was answered with yes.
//!
//! A proof that cannot fail is none: the same record without its syncs must fail for every bid, and so must a real
//! build that does not sync. That one takes a build of its own, so it is done by hand (and in the long run):
//!
//! ```sh
//! cargo build -p site --features unsafe-no-sync --target-dir target/no-sync
//! ANUKO_NO_SYNC=$PWD/target/no-sync/debug/anuko-auction cargo test -p site --test durability -- --include-ignored
//! ```

#![allow(clippy::print_stdout, clippy::unwrap_used, missing_docs)]

#[path = "durability/rule.rs"]
mod rule;
mod town;
#[path = "durability/trace.rs"]
mod trace;

use rule::{Bid, unproved};
use std::path::Path;
use std::sync::Mutex;
use town::{Dice, Place, Site, offer, short_lot, until};
use trace::{Call, What};

const BIDS: usize = 1200;
const HANDS: usize = 12;

/// Runs a server under `strace`, has a crowd bid, and gives the record and the bids that were answered with yes.
fn record(program: &Path) -> (Vec<Call>, Vec<Bid>) {
    let place = Place::new("[mail]\ntransport = \"memory\"\n");
    let tokens: Vec<String> = (0..HANDS).map(|n| place.person(&format!("Bidder{n}"), "user")).collect();
    let seller = place.person("Sue", "user");
    let record = place.path("record");
    let mut command = place.command(Path::new("strace"), &trace::ARGUMENTS);
    command.arg("-o").arg(&record).arg(program).arg("serve");
    let site = Site::open(command, &place.path("log"));
    let lots: Vec<i64> = (0..HANDS)
        .map(|n| site.client(&seller).post("/api/v1/auctions", &short_lot(&format!("Lot {n}"), 3600, 60)))
        .map(|answer| answer.expect(201)["id"].as_i64().unwrap())
        .collect();
    let taken = Mutex::new(Vec::new());
    let mut dice = Dice::seeded(5);
    std::thread::scope(|scope| {
        for (token, lot) in tokens.iter().zip(&lots) {
            let (mut client, mut dice, taken) = (site.client(token), dice.split(), &taken);
            scope.spawn(move || {
                for round in 0..BIDS / HANDS {
                    let (key, amount) = (dice.key(), format!("{}.00", 10 + round));
                    let path = format!("/api/v1/auctions/{lot}/bids");
                    let receipt = client.post_once(&path, &key, &offer(&amount)).expect(201);
                    taken.lock().unwrap().push(Bid::new(*lot, receipt["entry"].as_i64().unwrap(), &key));
                }
            });
        }
    });
    assert!(site.stop().0.success());
    let text = until("the end of the record", || {
        let text = std::fs::read_to_string(&record).ok()?;
        text.trim_end().ends_with("+++ exited with 0 +++").then_some(text)
    });
    println!("{} MB of system calls", text.len() / 1_000_000);
    (trace::read(&text), taken.into_inner().unwrap())
}

#[test]
fn every_yes_leaves_after_a_sync_of_all_that_its_commit_wrote() {
    let (calls, bids) = record(Site::program());
    let syncs = calls.iter().filter(|call| call.is_wal() && matches!(call.what, What::Sync)).count();
    println!("{} bids, {syncs} syncs of the log", bids.len());
    assert_eq!(bids.len(), BIDS);
    let complaints = unproved(&calls, &bids);
    assert!(complaints.is_empty(), "{} bids: {:?}", complaints.len(), &complaints[..complaints.len().min(5)]);

    // The same record without its syncs is what a build that does not sync would leave.
    let unsynced: Vec<Call> = calls.iter().filter(|call| !matches!(call.what, What::Sync)).cloned().collect();
    assert_eq!(unproved(&unsynced, &bids).len(), BIDS);

    // And one that syncs too early, before the commit is written: the syncs move in front of the writes before.
    let hasty: Vec<Call> = calls.iter().cloned().map(Call::hastened).collect();
    assert_eq!(unproved(&hasty, &bids).len(), BIDS);
}

#[test]
#[ignore = "takes a build of its own: see the top of this file"]
fn a_build_that_does_not_sync_is_found_out() {
    let program = std::env::var_os("ANUKO_NO_SYNC").expect("ANUKO_NO_SYNC names a build that does not sync");
    let (calls, bids) = record(Path::new(&program));
    assert_eq!(bids.len(), BIDS);
    let complaints = unproved(&calls, &bids);
    println!(
        "{} of {BIDS} bids were answered before they were on disk, such as: {}",
        complaints.len(),
        complaints[0]
    );
    assert_eq!(complaints.len(), BIDS);
}
