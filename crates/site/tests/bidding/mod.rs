//! People who bid without a pause on a site that comes and goes. A bid without an answer is sent again, under the
//! same key, until there is one.

#![allow(unreachable_pub, reason = "a module of a test")]

mod bidder;
mod lots;
mod seller;

use crate::town::Dice;
use lots::Lots;
use serde_json::Value;
use std::sync::atomic::{AtomicBool, AtomicU16, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// How many bid at the same time.
const HANDS: usize = 8;

/// An answer that said yes.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub auction: i64,
    pub entry: i64,
    pub token: String,
    pub key: String,
    pub cents: i64,
    /// All of it.
    pub answer: Value,
}

/// What everybody of the crew knows.
pub struct Shared {
    /// Where the site is; 0 while it is gone.
    port: AtomicU16,
    over: AtomicBool,
    answered: AtomicUsize,
    receipts: Mutex<Vec<Receipt>>,
    lots: Lots,
}

/// Bidders and a seller at work.
pub struct Crew {
    shared: Arc<Shared>,
    hands: Vec<JoinHandle<()>>,
}

impl Crew {
    /// Everybody begins. `lots` are the auctions that do not end.
    pub fn start(port: u16, seller: &str, bidders: &[String], lots: &[i64], dice: &mut Dice) -> Crew {
        let shared = Arc::new(Shared {
            port: AtomicU16::new(port),
            over: AtomicBool::new(false),
            answered: AtomicUsize::new(0),
            receipts: Mutex::default(),
            lots: Lots::new(lots),
        });
        let mut hands = Vec::new();
        for _ in 0..HANDS {
            let (shared, bidders, dice) = (shared.clone(), bidders.to_vec(), dice.split());
            hands.push(std::thread::spawn(move || bidder::bid(&shared, &bidders, dice)));
        }
        let (itself, seller, dice) = (shared.clone(), seller.to_owned(), dice.split());
        hands.push(std::thread::spawn(move || seller::list(&itself, &seller, dice)));
        Crew { shared, hands }
    }

    /// How many bids were answered with yes so far.
    pub fn answered(&self) -> usize {
        self.shared.answered()
    }

    pub fn the_site_is_gone(&self) {
        self.shared.port.store(0, Ordering::SeqCst);
    }

    pub fn the_site_is_at(&self, port: u16) {
        self.shared.port.store(port, Ordering::SeqCst);
    }

    /// The receipts since the last time.
    pub fn take_receipts(&self) -> Vec<Receipt> {
        std::mem::take(&mut *self.shared.receipts.lock().unwrap())
    }

    /// Lets everybody finish; gives the last receipts.
    pub fn finish(self) -> Vec<Receipt> {
        self.shared.over.store(true, Ordering::SeqCst);
        for hand in self.hands {
            hand.join().unwrap();
        }
        std::mem::take(&mut *self.shared.receipts.lock().unwrap())
    }
}

impl Shared {
    fn over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }

    fn answered(&self) -> usize {
        self.answered.load(Ordering::SeqCst)
    }

    /// Where the site is, if it is there.
    fn port(&self) -> Option<u16> {
        Some(self.port.load(Ordering::SeqCst)).filter(|port| *port != 0)
    }

    fn keep(&self, receipt: Receipt) {
        self.receipts.lock().unwrap().push(receipt);
        self.answered.fetch_add(1, Ordering::SeqCst);
    }
}

impl Receipt {
    /// The key as the store keeps it.
    pub fn key_bytes(&self) -> Vec<u8> {
        let hex: String = self.key.chars().filter(|letter| *letter != '-').collect();
        (0..16).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
    }

    pub fn amount(&self) -> String {
        lots::euro(self.cents)
    }
}
