//! The auctioneer: commands on auctions, decided in batches.
//!
//! Commands gather while the last commit is on its way. The next batch loads for all of them at once, decides
//! them one after the other in memory, appends one entry each, and commits once. Only then is anybody answered:
//! an answer that says yes is on disk. There is no collecting delay; it would make answers later and the
//! throughput no better.

use crate::{Clock, Notices, Refusal};
use auction::{Amount, Auction, Command, Currency, Decision, Deed, Entry, Time, decide};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::decided::{Committed, Decided};
use store::ledger::Ledger;
use store::{Error, Failure, Job, Journal, Tx};
use tokio::runtime::Handle;
use tokio::sync::oneshot;

/// The most commands of one batch: about what one commit can carry before its answer becomes late.
const BATCH_MOST: usize = 1024;

/// What the auctioneer answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The auction.
    pub auction: i64,
    /// The decision, which may be a refusal; none if the site's own command had nothing to do.
    pub entry: Option<Entry>,
    /// The decision was made before, and this is it again.
    pub repeated: bool,
    /// What the amounts are in.
    pub currency: Currency,
    /// The least (reverse: the most) that the asker could offer next.
    pub next_offer: Option<Amount>,
    /// The number of the asker's invented name.
    pub number: Option<u32>,
}

/// A command and who waits for its answer.
struct Asked {
    auction: i64,
    command: Command,
    currency: Option<Currency>,
    answer: oneshot::Sender<Result<Answer, Refusal>>,
}

/// Takes commands on auctions. Cheap to clone.
#[derive(Clone)]
pub struct Auctioneer(Arc<Desk>);

struct Desk {
    journal: Journal,
    clock: Arc<dyn Clock>,
    notices: Notices,
    held: Arc<AtomicBool>,
    waiting: Mutex<Vec<Asked>>,
    /// Looked at by the writer, while it decides.
    known: Mutex<Known>,
}

/// What one batch leaves to the next. After a transaction that failed it is begun anew: what was read there may not be
/// in the tables.
#[derive(Default)]
struct Known {
    ledger: Ledger,
    decided: Decided,
}

impl Desk {
    fn waiting(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget(&self) {
        *self.known() = Known::default();
    }
}

impl Auctioneer {
    /// An auctioneer who writes into this journal.
    /// While `held` is true nothing is decided.
    pub fn new(
        journal: Journal,
        clock: Arc<dyn Clock>,
        notices: Notices,
        held: Arc<AtomicBool>,
    ) -> Auctioneer {
        let (waiting, known) = (Mutex::default(), Mutex::default());
        Auctioneer(Arc::new(Desk { journal, clock, notices, held, waiting, known }))
    }

    /// Has a command decided. `currency`: what the asker takes the amounts to be in; another one is refused.
    pub async fn ask(
        &self,
        auction: i64,
        command: Command,
        currency: Option<Currency>,
    ) -> Result<Answer, Refusal> {
        if self.0.held.load(Ordering::SeqCst) {
            return Err(Refusal::Unavailable(
                "this site was restored and takes back what it had decided".into(),
            ));
        }
        let (answer, answered) = oneshot::channel();
        let first = {
            let mut waiting = self.0.waiting();
            waiting.push(Asked { auction, command, currency, answer });
            waiting.len() == 1
        };
        // Who finds the desk empty calls for the next batch; the others are taken along.
        if first {
            self.0.journal.submit(Box::new(Batch::new(self.0.clone(), Handle::current())));
        }
        answered.await.unwrap_or(Err(Refusal::Unknown))
    }
}

/// All commands that wait when the writer comes to it.
struct Batch {
    desk: Arc<Desk>,
    /// Where the answers are given. One wake-up for all: each costs a system call on a thread that is not its own.
    runtime: Handle,
    taken: Vec<Asked>,
    answers: Vec<Result<Answer, Refusal>>,
    touched: Vec<i64>,
    appended: Vec<Committed>,
    failed: Option<Error>,
    has_run: bool,
}

impl Batch {
    fn new(desk: Arc<Desk>, runtime: Handle) -> Batch {
        Batch {
            desk,
            runtime,
            taken: Vec::new(),
            answers: Vec::new(),
            touched: Vec::new(),
            appended: Vec::new(),
            failed: None,
            has_run: false,
        }
    }

    /// Takes up what waits, once: a batch that is run again decides the same commands.
    fn take_up(&mut self) {
        if !self.taken.is_empty() {
            return;
        }
        let mut waiting = self.desk.waiting();
        let first = waiting.len().min(BATCH_MOST);
        let rest = waiting.split_off(first);
        let more = !rest.is_empty();
        self.taken = std::mem::replace(&mut *waiting, rest);
        // A closed journal answers at once, in this very call, and then looks at the desk itself.
        drop(waiting);
        if more {
            self.desk.journal.submit(Box::new(Batch::new(self.desk.clone(), self.runtime.clone())));
        }
    }

    fn decide_all(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let now = self.desk.clock.now();
        let mut known = self.desk.known();
        let Known { ledger, decided } = &mut *known;
        ledger.begin(tx);
        decided.follow(tx)?;
        self.answers.clear();
        for asked in &self.taken {
            self.answers.push(decide_one(tx, ledger, decided, asked, now)?);
        }
        ledger.write(tx)?;
        // Another process on the same database has decided something meanwhile, perhaps one of these commands.
        if ledger.first_place().is_some_and(|place| !decided.is_next(place)) {
            return Err(Error::Busy);
        }
        self.touched = ledger.touched().collect();
        self.appended = ledger.appended().collect();
        Ok(())
    }
}

impl Job for Batch {
    fn run(&mut self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        self.take_up();
        self.failed = None;
        if std::mem::replace(&mut self.has_run, true) {
            self.desk.forget();
        }
        self.decide_all(tx).map_err(|error| {
            self.failed = Some(error);
            Failure
        })
    }

    fn done(mut self: Box<Self>, outcome: Result<(), Error>) {
        if outcome.is_err() {
            // The writer may have failed before it came to run this batch. Whoever waits is told all the same;
            // else the desk is never empty again, and nobody calls for the next batch.
            self.take_up();
            self.desk.forget();
        }
        let Batch { desk, runtime, taken, mut answers, touched, appended, failed, .. } = *self;
        match outcome.err().map(|error| failed.unwrap_or(error)) {
            None => {
                desk.known().decided.committed(appended.into_iter());
                desk.notices.changed(touched);
            }
            Some(error) => {
                tracing::error!(commands = taken.len(), %error, "a batch of {} commands failed", taken.len());
                answers = taken.iter().map(|_| Err(Refusal::from(error.clone()))).collect();
            }
        }
        runtime.spawn(async move {
            for (asked, answer) in taken.into_iter().zip(answers) {
                // Whoever asked may have gone; the decision stands.
                let _ = asked.answer.send(answer);
            }
        });
    }

    fn goes_first(&self) -> bool {
        true
    }
}

/// Load, decide, append: one command of a batch. An `Err` is the whole batch's; a refusal is this command's.
fn decide_one(
    tx: &mut Tx<'_>,
    ledger: &mut Ledger,
    decided: &mut Decided,
    asked: &Asked,
    now: Time,
) -> Result<Result<Answer, Refusal>, Error> {
    let (id, command) = (asked.auction, &asked.command);
    let Some(currency) = ledger.load(tx, id, command)? else { return Ok(Err(Refusal::NoSuchAuction)) };
    if asked.currency.is_some_and(|asked| asked != currency) {
        return Ok(Err(Refusal::field("currency", "not_of_this_auction")));
    }
    let prior = ledger.prior(tx, decided, id, command)?;
    let case = ledger.case(id, command, prior.as_ref()).ok_or(Error::Unknown)?;
    let (entry, repeated) = match decide(&case, command, now) {
        Decision::Refuse(refusal) => return Ok(Err(Refusal::Rules(refusal, Some(currency)))),
        Decision::Nothing => (None, false),
        Decision::Repeat(entry) => (Some(entry), true),
        Decision::Append(entry) => {
            let whose = command.deed.takes_from(command.by.person());
            let standing = whose.map(|whose| (whose, case.still_standing(whose, &entry.removed)));
            ledger.take(id, entry.clone(), standing);
            (Some(entry), false)
        }
    };
    Ok(answer(ledger, asked, entry, repeated).ok_or(Refusal::Unknown))
}

fn answer(ledger: &Ledger, asked: &Asked, entry: Option<Entry>, repeated: bool) -> Option<Answer> {
    let who = asked.command.by.person();
    let auction = ledger.auction(asked.auction)?;
    let asks_again = matches!(asked.command.deed, Deed::Offer { .. });
    // A repeated answer is the answer of then, whatever has happened since.
    let then = entry
        .as_ref()
        .filter(|_| asks_again && repeated)
        .map(|entry| Auction { standing: entry.after.clone(), ..auction.clone() });
    let next_offer = then.as_ref().unwrap_or(auction).least_offer(who);
    Some(Answer {
        auction: asked.auction,
        entry,
        repeated,
        currency: auction.terms.currency,
        next_offer: next_offer.filter(|_| asks_again),
        number: who.and_then(|person| ledger.number(asked.auction, person)),
    })
}
