//! What people can do on the site, and what follows. No HTTP, no SQL, no template.
//!
//! # Map
//!
//! | to learn | open |
//! |---|---|
//! | everything that can be done | the listing of [`actions`]: one file each |
//! | how commands on auctions are decided | [`auctioneer`](Auctioneer) |
//! | who may do what | [`identity`](Identity), `doorkeeper` |
//! | what is shown to whom | [`show`] |
//! | which letter goes to whom, and when | [`letters`] |
//! | what happens later, by itself | [`jobs`] |
//! | how another site is treated | [`Treatment`] |
//! | how a winner of another site gets to the page of the sale | [`WinnerLink`] |
//! | where time and chance come in | [`Clock`], [`Chance`] |
//! | every way of saying no | [`Refusal`] |
//!
//! # Invariants
//!
//! * Every door leads to an action, and only actions write.
//! * Commands on auctions go through the auctioneer; every other action is a closure over one transaction that
//!   can be run again: ids, time and chance are handed in, effects are only rows.
//! * Nothing that strangers see is made from anything but [`auction::shown`].

pub mod actions;
pub mod jobs;
pub mod letters;
pub mod show;

mod auctioneer;
mod bidder_name;
mod chance;
mod clock;
mod doorkeeper;
mod email;
mod identity;
mod notices;
mod password;
mod policy;
mod refusal;
mod secret;
mod treatment;
mod winner_link;

pub use auctioneer::{Answer, Auctioneer};
pub use bidder_name::{BidderName, NoBidderName};
pub use chance::{Chance, SetChance, SystemChance};
pub use clock::{Clock, SetClock, SystemClock};
pub use email::Email;
pub use identity::{Identity, NoRole, Role, Scope, Scopes};
pub use notices::Notices;
pub use policy::Policy;
pub use refusal::{FieldProblem, Refusal};
pub use secret::{SESSION_PREFIX, TOKEN_PREFIX};
pub use treatment::Treatment;
pub use winner_link::{GOOD_FOR, WinnerLink};

use auction::{CommandId, Time};
use doorkeeper::Doorkeeper;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use store::{Journal, Tx};

/// The market of one site. Cheap to clone.
#[derive(Clone)]
pub struct Market {
    journal: Journal,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    policy: Arc<Policy>,
    auctioneer: Auctioneer,
    notices: Notices,
    /// Nothing is decided: see [`Market::hold`].
    held: Arc<AtomicBool>,
    /// Since when no link with the network is up.
    cut_off: Arc<Mutex<Option<Time>>>,
    doorkeeper: Arc<Doorkeeper>,
}

impl Market {
    /// Opens a market over a site's database.
    pub fn new(journal: Journal, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>, policy: Policy) -> Market {
        let notices = Notices::default();
        let (held, cut_off) = (Arc::<AtomicBool>::default(), Arc::default());
        let auctioneer = Auctioneer::new(journal.clone(), clock.clone(), notices.clone(), held.clone());
        let doorkeeper = Arc::new(Doorkeeper::new(policy.sign_in_attempts));
        Market {
            journal,
            clock,
            chance,
            policy: policy.into(),
            auctioneer,
            notices,
            held,
            cut_off,
            doorkeeper,
        }
    }

    /// The time, for doors that show it.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// What the webmaster has decided.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The database, for reads of pages and for the command line.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// Hints about auctions that have changed.
    pub fn notices(&self) -> &Notices {
        &self.notices
    }

    /// Random bytes, for who seals and signs.
    pub fn chance(&self) -> &dyn Chance {
        &*self.chance
    }

    /// An id for a command whose asker chose none.
    pub fn fresh_id(&self) -> CommandId {
        CommandId(self.chance.id())
    }

    /// Writes, with the refusal of the closure as the answer.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.journal.write(work).await
    }

    /// Reads from one snapshot.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.journal.read(work).await
    }
}
