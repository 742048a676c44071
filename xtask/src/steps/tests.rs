//! The step `tests`: every Rust test, on SQLite and on PostgreSQL.

use super::Step;
use crate::postgres::{self, Postgres};
use crate::test::Run;
use crate::{command, packages};
use anyhow::Result;
use std::path::Path;

pub(super) const STEP: Step =
    Step { name: "tests", says: "all Rust tests pass, on both databases", tool: None, run };

fn run(run: &mut Run) -> Result<()> {
    // Durability is proved by the order of system calls.
    packages::program("strace", &["strace"])?;
    // Hubs are dialled through it. Debian puts it where only the administrator looks.
    packages::unless(command::exists("nginx") || Path::new(NGINX).is_file(), &["nginx"])?;
    // An auction is played by hand, too.
    packages::program("curl", &["curl"])?;
    // First, because the server should not stand idle while this compiles.
    run.house.build()?;
    let postgres = Postgres::ready()?;
    let mut test = run.house.cargo(["test", "--workspace", "--no-fail-fast"]);
    test.env(postgres::VARIABLE, postgres.url());
    command::watch(test, |line| {
        if is_result(line) {
            run.results.push(line.to_owned());
        }
    })
}

const NGINX: &str = "/usr/sbin/nginx";

/// The lines that are worth repeating at the end: which tests, and how they went.
fn is_result(line: &str) -> bool {
    let starts = ["Running ", "Doc-tests ", "test result: "];
    starts.iter().any(|start| line.trim_start().starts_with(start))
}
