//! What the log keeps, and what it gives back.

mod applying;
mod cursors;
mod failing;
mod fetching;
mod scene;
mod trimming;

use super::schema::STATEMENTS;
use super::{Log, LogName};
use scene::Scene;

#[test]
fn every_statement_is_one_that_the_tables_know() {
    let scene = Scene::new();
    let all: Vec<_> = STATEMENTS.iter().flat_map(|list| list.iter().copied()).collect();
    assert!(scene.log.journal.prepare_all(&all).unwrap().len() > all.len());
}

#[test]
fn a_backup_is_a_log_that_can_be_opened() {
    let scene = Scene::new();
    scene.commit(scene.appends(1, 1..=3));
    let copy = tempfile::tempdir().unwrap();
    scene.log.backup(&copy.path().join(super::FILE)).unwrap();
    let (_, restored) = Log::open(copy.path(), LogName(2), 2).unwrap();
    assert_eq!(restored.streams[0].held.settled(), 3);
}
