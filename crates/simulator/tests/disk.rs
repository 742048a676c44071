//! The disk of the simulator gives back what the log of a hub does, whatever was written, let go and forgotten.
#![allow(clippy::unwrap_used, missing_docs)]

use bytes::Bytes;
use hub::{
    Batch, Draft, Envelope, Log, LogName, Message, Predecessor, Restored, SecretKey, Step, StreamId, Time,
};
use simulator::chance::Chance;
use simulator::disk::Disk;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, mpsc};
use tempfile::TempDir;

/// A log and a disk that are told the same.
struct Both {
    folder: TempDir,
    log: Log,
    starts: u64,
    disk: Disk,
    runtime: tokio::runtime::Runtime,
}

impl Both {
    fn new() -> Both {
        let folder = tempfile::tempdir().unwrap();
        let (log, _) = Log::open(folder.path(), LogName(1), 1).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        Both { folder, log, starts: 1, disk: Disk::default(), runtime }
    }

    fn apply(&mut self, steps: Vec<Step>) {
        let batch = Batch { steps };
        self.disk.apply(&batch);
        let (told, outcome) = mpsc::channel();
        self.log.apply(batch, move |outcome| told.send(outcome).unwrap());
        outcome.recv().unwrap().unwrap();
    }

    fn trim(&mut self, before: Time) {
        self.disk.trim(before);
        while self.runtime.block_on(self.log.trim_before(before)).unwrap().is_some() {}
    }

    /// What each gives back to a hub that starts.
    fn restart(&mut self) -> [String; 2] {
        self.log.close();
        self.starts += 1;
        let (log, restored) = Log::open(self.folder.path(), LogName(self.starts), 1).unwrap();
        self.log = log;
        [in_order(restored), in_order(self.disk.restore())]
    }

    /// What applications can read.
    fn shown(&self) -> Vec<(StreamId, u64)> {
        let placed = self.runtime.block_on(self.log.read_after(0, 10_000)).unwrap();
        placed.iter().map(|placed| (placed.envelope.stream(), placed.envelope.number())).collect()
    }
}

fn in_order(mut restored: Restored) -> String {
    restored.streams.sort_by_key(|stream| stream.id);
    restored.origins.sort_by_key(|origin| origin.key);
    format!("{restored:#?}")
}

fn key(origin: u64) -> SecretKey {
    SecretKey::from_seed([origin as u8 + 1; 32])
}

fn envelope(origin: u64, epoch: u64, number: u64) -> Arc<Envelope> {
    let message = Message { media_type: "text/plain".into(), body: Bytes::from_static(b"x") };
    let before = (number == 1 && epoch > 1).then_some(Predecessor { epoch: epoch - 1, number: 3 });
    let (time, previous) = (Time(epoch * 10 + number), [u8::from(number > 1 || before.is_some()); 32]);
    let draft = Draft { epoch, number, previous, predecessor: before, time, ttl: 0, messages: &[message] };
    Arc::new(draft.sign(&key(origin)).unwrap())
}

/// How far a node has come with a stream.
#[derive(Default)]
struct Course {
    shown: u64,
    early: BTreeSet<u64>,
}

impl Course {
    /// What is next, and the early ones that follow.
    fn go_on(&mut self, origin: u64, stream: StreamId) -> Vec<Step> {
        let next = self.shown + 1;
        self.shown = next;
        while self.early.remove(&(self.shown + 1)) {
            self.shown += 1;
        }
        let append = Step::Append(envelope(origin, stream.epoch, next));
        vec![append, Step::Release { stream, range: next + 1..=self.shown.max(next + 1) }]
    }

    /// What comes next is given up.
    fn give_up(&mut self, stream: StreamId) -> Vec<Step> {
        let next = self.shown + 1;
        if self.early.contains(&next) {
            return Vec::new();
        }
        self.shown = next;
        vec![Step::Settle { stream, range: next..=next }]
    }
}

/// What a node may want written.
fn steps(chance: &mut Chance, courses: &mut BTreeMap<StreamId, Course>) -> Vec<Step> {
    let (origin, epoch) = (chance.below(3), chance.between(1, 4));
    let stream = StreamId { origin: key(origin).public(), epoch };
    let course = courses.entry(stream).or_default();
    let beyond = course.shown + chance.between(2, 6);
    match chance.below(20) {
        0..9 => course.go_on(origin, stream),
        9..13 if course.early.insert(beyond) => vec![Step::Early(envelope(origin, epoch, beyond))],
        13..15 => [course.give_up(stream), course.go_on(origin, stream)].concat(),
        15 if !course.early.contains(&beyond) => vec![Step::Settle { stream, range: beyond..=beyond }],
        16 => {
            let other = envelope(origin, epoch, beyond);
            vec![Step::Forked { stream, kept: [0; 32], other, at: Time(1) }]
        }
        17 => {
            course.early.clear();
            vec![Step::Forget(stream)]
        }
        18 => vec![Step::Floor { origin: stream.origin, floor: Time(chance.below(50)) }],
        _ => Vec::new(),
    }
}

#[test]
fn what_is_restored_does_not_depend_on_which_of_them_was_written_to() {
    for seed in 1..=12 {
        let (mut chance, mut both, mut courses) = (Chance::of(seed), Both::new(), BTreeMap::new());
        for _ in 0..60 {
            let batch = (0..chance.between(1, 5)).flat_map(|_| steps(&mut chance, &mut courses)).collect();
            both.apply(batch);
            if chance.in_thousand(100) {
                both.trim(Time(chance.below(60)));
            }
            if chance.in_thousand(100) {
                let [log, disk] = both.restart();
                assert_eq!(log, disk, "seed {seed}");
            }
        }
        let [log, disk] = both.restart();
        assert_eq!(log, disk, "seed {seed}");
        let shown: Vec<_> = both.disk.shown.iter().map(|one| (one.stream(), one.number())).collect();
        let kept = both.shown();
        assert!(kept.len() <= shown.len() && kept.iter().all(|one| shown.contains(one)));
    }
}
