//! The rule: a yes leaves after the disk has all that the bid's commit wrote into the write-ahead log.
//!
//! How a bid is tied to its commit. Every bid has a key of its own, sixteen random bytes, which stand in its row, so
//! the first write into the log that holds them is of its transaction. The log consists of frames of 24 bytes and a
//! page; the second word of a frame's head is not zero in the last frame of a commit, and only there. So the bid's
//! commit ends with the first such frame at or behind the one with the key.
//!
//! What "all that it wrote" is. Everything up to the end of that last frame: whatever is written there before the log
//! starts anew (with a head of 32 bytes at its beginning) belongs to this commit or to one before it; SQLite may come
//! back to correct checksums, and a write that comes after the answer counts as well.
//!
//! What is asked: a sync of the log that began after the last of these writes had ended, and ended well before the
//! answer began to leave. The answer is found by the numbers of auction and entry that it carries.

use crate::trace::{Call, What};
use std::collections::HashMap;

/// A bid that was answered with yes.
#[derive(Clone, Debug)]
pub(crate) struct Bid {
    auction: i64,
    entry: i64,
    key: Vec<u8>,
}

impl Bid {
    pub(crate) fn new(auction: i64, entry: i64, key: &str) -> Bid {
        let hex: String = key.chars().filter(|letter| *letter != '-').collect();
        let byte = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
        Bid { auction, entry, key: (0..16).map(|at| byte(2 * at)).collect() }
    }
}

const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// One write into the log.
struct Written<'a> {
    began: usize,
    ended: usize,
    offset: u64,
    bytes: &'a [u8],
}

impl Written<'_> {
    fn starts_anew(&self) -> bool {
        self.offset == 0 && self.bytes.len() == LOG_HEAD
    }

    /// The head of a frame that ends a commit.
    fn ends_a_commit(&self) -> bool {
        self.bytes.len() == FRAME_HEAD && self.bytes[4..8] != [0; 4]
    }

    fn has(&self, key: &[u8]) -> bool {
        self.bytes.windows(key.len()).any(|window| window == key)
    }
}

/// What could not be proved, one sentence for each bid.
pub(crate) fn unproved(calls: &[Call], bids: &[Bid]) -> Vec<String> {
    let log: Vec<Written<'_>> = calls.iter().filter(|call| call.is_wal()).filter_map(written).collect();
    assert!(log.windows(2).all(|two| two[0].ended < two[1].began), "the log has one writer");
    let syncs: Vec<&Call> =
        calls.iter().filter(|call| call.is_wal() && matches!(call.what, What::Sync)).collect();
    let answers = answers(calls);
    assert_eq!(answers.len(), bids.len(), "every answer belongs to a bid, and the other way round");
    let firsts = first_writes(&log, bids);
    let proved = |bid: &Bid| {
        let answer = answers.get(&(bid.auction, bid.entry)).ok_or("no answer in the record")?;
        let first = *firsts.get(&bid.key).ok_or("no write into the log")?;
        let written = last_write(&log, first, &bid.key)?;
        let in_time = |sync: &&Call| sync.good && sync.began > written && sync.ended < *answer;
        if syncs.iter().any(in_time) { Ok(()) } else { Err("answered before the disk had its commit") }
    };
    let wrong = |bid: &Bid| proved(bid).err().map(|what| format!("{bid:?}: {what}"));
    bids.iter().filter_map(wrong).collect()
}

fn written(call: &Call) -> Option<Written<'_>> {
    match &call.what {
        What::Write { offset, bytes } => {
            assert!(call.good, "a write was cut short: {}", call.began);
            Some(Written { began: call.began, ended: call.ended, offset: *offset, bytes })
        }
        What::Send { .. } => panic!("the log is written without a place"),
        What::Sync => None,
    }
}

/// For each bid the number of the first write that holds its key.
fn first_writes(log: &[Written<'_>], bids: &[Bid]) -> HashMap<Vec<u8>, usize> {
    // By the first eight bytes: random, so that a window is looked up once and not compared with every key.
    let heads: HashMap<&[u8], &Bid> = bids.iter().map(|bid| (&bid.key[..8], bid)).collect();
    let mut firsts = HashMap::new();
    for (number, write) in log.iter().enumerate() {
        for (at, window) in write.bytes.windows(8).enumerate() {
            if let Some(bid) = heads.get(window)
                && write.bytes[at..].starts_with(&bid.key)
            {
                firsts.entry(bid.key.clone()).or_insert(number);
            }
        }
    }
    firsts
}

/// When the last write ended that belongs to the commit with this key.
fn last_write(log: &[Written<'_>], first: usize, key: &[u8]) -> Result<usize, &'static str> {
    // The head of a frame is written before its page, and the page with the key may be the last.
    let head = first.checked_sub(1).ok_or("its page has no head")?;
    let life = log.iter().skip(head).take_while(|write| !write.starts_anew());
    let life: Vec<&Written<'_>> = life.collect();
    let frame = log[first].offset;
    let end =
        life.iter().position(|write| write.ends_a_commit() && write.offset + FRAME_HEAD as u64 >= frame);
    let end = end.ok_or("its commit has no end")?;
    // A transaction that was given up leaves its pages to the next one, which then holds no such key.
    let kept = life[..=end].iter().all(|write| write.offset != frame || write.has(key));
    if !kept {
        return Err("its page was written over before the commit");
    }
    let page = life.get(end + 1).ok_or("its commit has no last page")?;
    let behind = page.offset + page.bytes.len() as u64;
    let own = life.iter().filter(|write| write.offset < behind);
    own.map(|write| write.ended).max().ok_or("it wrote nothing")
}

/// When each yes to a bid began to leave. A head and its body must leave together, else the yes comes first.
fn answers(calls: &[Call]) -> HashMap<(i64, i64), usize> {
    let mut answers = HashMap::new();
    for call in calls.iter().filter(|call| call.is_answer()) {
        let What::Send { bytes } = &call.what else { continue };
        let text = String::from_utf8_lossy(bytes);
        for (at, _) in text.match_indices("{\"auction\":") {
            let number = |name: &str| {
                let behind = text[at..].split_once(&format!("\"{name}\":"))?.1;
                behind.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
            };
            let (Some(auction), Some(entry)) = (number("auction"), number("entry")) else { continue };
            assert!(text[..at].contains("HTTP/1.1 201"), "a yes left in two parts");
            answers.entry((auction, entry)).or_insert(call.began);
        }
    }
    answers
}

#[cfg(test)]
mod stories {
    use super::*;

    const KEY: &str = "000102030405060708090a0b0c0d0e0f";

    fn call(at: usize, until: usize, file: &str, what: What) -> Call {
        Call { began: at, ended: until, good: true, file: file.to_owned(), what }
    }

    fn write(at: usize, offset: u64, bytes: Vec<u8>) -> Call {
        call(at, at, "site.sqlite-wal", What::Write { offset, bytes })
    }

    fn sync(at: usize, until: usize) -> Call {
        call(at, until, "site.sqlite-wal", What::Sync)
    }

    fn head(ends: bool) -> Vec<u8> {
        let mut head = vec![0; FRAME_HEAD];
        head[7] = u8::from(ends);
        head
    }

    /// A commit of two pages, the first with the key, in the lines 10 to 13; the answer leaves in line 20.
    fn story(more: &[Call]) -> Vec<String> {
        let bid = Bid::new(1, 2, KEY);
        let mut page = vec![7; 100];
        page.extend(&bid.key);
        let yes = b"HTTP/1.1 201 Created\r\n\r\n{\"auction\":1,\"entry\":2,".to_vec();
        let mut calls = vec![
            write(10, 32, head(false)),
            write(11, 56, page),
            write(12, 172, head(true)),
            write(13, 196, vec![7; 116]),
            call(20, 20, "socket:[1]", What::Send { bytes: yes }),
        ];
        calls.extend(more.iter().cloned());
        calls.sort_by_key(|call| call.began);
        unproved(&calls, &[bid])
    }

    #[test]
    fn a_sync_between_the_last_write_and_the_answer_is_enough() {
        assert_eq!(story(&[sync(14, 16)]), [""; 0]);
        // The next commit lies behind this one, and the log that starts anew is another.
        assert_eq!(story(&[sync(14, 16), write(17, 312, head(true)), write(18, 336, vec![7; 116])]), [""; 0]);
        assert_eq!(
            story(&[sync(14, 16), write(17, 0, vec![0; LOG_HEAD]), write(18, 32, head(true))]),
            [""; 0]
        );
    }

    /// The page with the key used to be taken for one of the next commit, where it was the last of its own.
    #[test]
    fn the_page_with_the_key_may_be_the_last_of_its_commit() {
        let bid = Bid::new(1, 2, KEY);
        let yes = b"HTTP/1.1 201 Created\r\n\r\n{\"auction\":1,\"entry\":2,".to_vec();
        let calls = |sync_at| {
            vec![
                write(10, 32, head(true)),
                write(11, 56, bid.key.clone()),
                sync(sync_at, sync_at),
                call(20, 20, "socket:[1]", What::Send { bytes: yes.clone() }),
                write(30, 72, head(true)),
                write(31, 96, vec![7; 16]),
            ]
        };
        assert_eq!(unproved(&calls(12), std::slice::from_ref(&bid)), [""; 0]);
        assert_eq!(unproved(&calls(32), std::slice::from_ref(&bid)).len(), 1);
    }

    #[test]
    fn every_other_sync_is_not() {
        let failed = Call { good: false, ..sync(14, 16) };
        let other_file = call(14, 16, "site.sqlite", What::Sync);
        for (what, calls) in [
            ("none", vec![]),
            ("before the last page", vec![sync(5, 14)]),
            ("begun before the last page", vec![Call { began: 9, ..sync(14, 16) }]),
            ("not over when the answer left", vec![sync(14, 21)]),
            ("after the answer", vec![sync(21, 22)]),
            ("failed", vec![failed]),
            ("of the database, not of the log", vec![other_file]),
            ("before a checksum was corrected", vec![sync(14, 15), write(16, 32, head(false))]),
            ("and something was corrected after the answer", vec![sync(14, 15), write(25, 172, head(true))]),
        ] {
            assert_eq!(story(&calls).len(), 1, "a sync {what}");
        }
    }
}
