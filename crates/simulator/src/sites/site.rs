//! One site: its market, its database, its hub's log, and its people.

use super::chance::Seeded;
use super::crash::interrupted;
use super::log::{Inside, Log};

use federation::{Federation, Introduction};
use hub::{PublicKey, SecretKey};
use market::actions::AddUser;
use market::{Email, Identity, Market, Policy, Refusal, Role, Scopes, SetClock};
use std::sync::Arc;
use store::{Location, Options};
use tempfile::TempDir;

/// What a site does by itself, step by step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Announce,
    Rule,
    Post,
    Send,
    Hear,
    Close,
    Pulse,
    Ask,
    Answer,
}

impl Step {
    pub(super) const ALL: [Step; 9] = [
        Step::Close,
        Step::Announce,
        Step::Rule,
        Step::Pulse,
        Step::Answer,
        Step::Ask,
        Step::Post,
        Step::Send,
        Step::Hear,
    ];
}

impl Step {
    /// Whether a crash within it can be told twice alike: what mostly looks, and seldom writes, waits more or less often.
    pub(super) fn writes(self) -> bool {
        !matches!(self, Step::Pulse | Step::Ask | Step::Answer)
    }
}

pub(super) struct Site {
    pub(super) log: Arc<Log>,
    pub(super) people: Vec<Identity>,
    name: String,
    clock: Arc<SetClock>,
    chance: Arc<Seeded>,
    running: Option<(Market, Federation)>,
    folder: TempDir,
    /// Database and log of the last copy.
    copy: Option<Inside>,
}

const DATABASE: &str = "site.sqlite";
const COPY: &str = "copy.sqlite";

impl Site {
    /// Opens a site with somebody who sells and some who bid.
    pub(super) async fn open(seed: u64, place: u8, clock: Arc<SetClock>) -> Site {
        let key = SecretKey::from_seed([place; 32]);
        let log = Arc::new(Log::new(key, clock.clone()));
        let chance = Arc::new(Seeded::of(seed ^ (u64::from(place) << 32)));
        let folder = TempDir::new().expect("a temporary folder");
        let (people, running, copy) = (Vec::new(), None, None);
        let name = format!("site {place}");
        let mut site = Site { name, log, people, clock, chance, running, folder, copy };
        site.start(false).await;
        for name in ["sue", "ann", "bob", "cid"] {
            let email = Email::parse(&format!("{name}@{place}.example")).expect("an address");
            let user = AddUser { email, name: name.to_owned(), role: Role::User };
            let person = site.market().add_user(user).await.expect("an account");
            let (name, role, scopes) = (name.to_owned(), Role::User, Scopes::ALL);
            site.people.push(Identity { person, name, role, scopes, suspended: false });
        }
        site
    }

    pub(super) fn market(&self) -> &Market {
        &self.running().0
    }

    fn running(&self) -> &(Market, Federation) {
        self.running.as_ref().expect("a site that runs")
    }

    pub(super) fn key(&self) -> PublicKey {
        self.running().1.key()
    }

    /// `is_old`: it decides nothing before it has taken back what it had decided.
    async fn start(&mut self, is_old: bool) {
        let location = Location::Sqlite(self.folder.path().join(DATABASE));
        let options = Options { readers: 1, ..Options::default() };
        let journal = store::open(&location, &options).expect("the database opens");
        let policy =
            Policy { networked: true, sign_in_attempts: 0, allow_short_auctions: true, ..Policy::default() };
        let market = Market::new(journal, self.clock.clone(), self.chance.clone(), policy);
        if is_old {
            market.hold();
        }
        market.notice_outage().await.expect("it looks for how long it was away");
        let introduction = Introduction { name: self.name.clone(), ..Introduction::default() };
        let federation =
            Federation::open(market.clone(), self.log.clone(), introduction, federation::Options::default());
        let federation = federation.await.expect("it joins the network");
        federation.introduce().await.expect("it introduces itself");
        self.running = Some((market, federation));
    }

    fn die(&mut self) {
        if let Some((market, _)) = self.running.take() {
            market.journal().close();
        }
    }

    /// Dies and comes back.
    pub(super) async fn restart(&mut self) {
        self.die();
        self.log.reopen();
        self.start(false).await;
    }

    /// Makes a copy: first the database, then the log, which so is never older.
    pub(super) fn back_up(&mut self) {
        let copy = self.folder.path().join(COPY);
        let _ = std::fs::remove_file(&copy);
        self.market().journal().backup(&copy).expect("a copy");
        self.copy = Some(self.log.copy());
    }

    /// Is lost, and comes back from its last copy; `false` if it has none.
    pub(super) async fn restore(&mut self) -> bool {
        let Some(copy) = self.copy.clone() else { return false };
        self.die();
        let file = |name: &str| self.folder.path().join(name);
        for rest in [DATABASE, "site.sqlite-wal", "site.sqlite-shm"] {
            let _ = std::fs::remove_file(file(rest));
        }
        std::fs::copy(file(COPY), file(DATABASE)).expect("the copy is there");
        self.log.restore(copy);
        self.start(true).await;
        true
    }

    /// Its hub has got from others what they have: it takes back what it had decided.
    pub(super) async fn catch_up(&self) {
        self.running().1.catch_up(true).await.expect("it takes back what it had decided");
    }

    /// Does one step, or dies within it; gives whether there was something to do.
    pub(super) async fn step(&mut self, step: Step, dies_after: Option<u32>) -> bool {
        let work = self.work(step);
        let Some(waits) = dies_after else {
            return work.await.unwrap_or_else(|refusal| panic!("{step:?}: {refusal:?}")) > 0;
        };
        if interrupted(work, waits).await.is_none() {
            self.restart().await;
        }
        true
    }

    fn work(&self, step: Step) -> std::pin::Pin<Box<dyn Future<Output = Result<usize, Refusal>> + '_>> {
        let (market, federation) = self.running();
        match step {
            Step::Announce => Box::pin(federation.announce()),
            Step::Rule => Box::pin(federation.rule()),
            Step::Post => Box::pin(federation.post()),
            Step::Send => Box::pin(federation.send_bids()),
            Step::Hear => Box::pin(federation.hear()),
            Step::Close => Box::pin(market.close_due()),
            Step::Pulse => Box::pin(federation.pulse()),
            Step::Ask => Box::pin(federation.ask()),
            Step::Answer => Box::pin(federation.answer()),
        }
    }
}
