//! The door for applications in any language, without a library: CloudEvents 1.0 over HTTP.
//!
//! | to learn | open |
//! |---|---|
//! | what the door needs of the hub | [`carrier`] |
//! | what an event is, and how one is read | [`event`] |
//! | events in and out | [`messages`] |
//! | why sending twice does no harm | [`answers`] |
//! | deliveries to an address | [`webhooks`] |
//! | who may do that | [`tokens`] |
//! | how late events are | `delays` |
//! | every no | [`problem`] |

pub mod answers;
mod caller;
pub mod carrier;
mod delays;
mod envelopes;
pub mod event;
mod identity;
pub mod messages;
pub mod problem;
mod schema;
pub mod tokens;
pub mod webhooks;

pub use schema::{MIGRATION, STATEMENTS};

use crate::Chance;
use crate::Clock;
use crate::outgoing::Call;
use crate::time::Time;
use answers::{Answers, Reader};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use carrier::Carrier;
use journal::{Error, Journal};
use problem::Problem;
use prometheus_client::metrics::histogram::Histogram;
use std::sync::Arc;
use tokens::Tokens;
use tokio::sync::watch;
use webhooks::Couriers;

/// What the settings say about the door.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// What people call the hub.
    pub name: String,
    /// The DNS name by which the hub names itself to receivers.
    pub own_name: String,
    /// Where the pages of the hub are, without a slash at the end; `None` if nobody can reach them.
    pub pages: Option<String>,
    /// The waits before a delivery is tried again.
    pub retry_seconds: Vec<u64>,
    /// The most webhooks of one token.
    pub webhooks_per_token: u64,
}

/// What the door is made of.
pub struct Parts {
    /// The hub behind.
    pub carrier: Arc<dyn Carrier>,
    /// Its database.
    pub journal: Journal,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws tokens and secrets.
    pub chance: Arc<dyn Chance>,
    /// Calls receivers.
    pub caller: Arc<dyn Call>,
    /// What the settings say.
    pub policy: Policy,
    /// How old envelopes are when they are handed to applications.
    pub delivery_seconds: Histogram,
}

/// The door, open.
pub struct Door {
    /// The hub behind.
    pub carrier: Arc<dyn Carrier>,
    /// Who may come in.
    pub tokens: Arc<Tokens>,
    pub(crate) journal: Journal,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    caller: Arc<dyn Call>,
    policy: Policy,
    delivery_seconds: Histogram,
    answers: Answers,
    couriers: Couriers,
    stop: watch::Sender<bool>,
}

impl Door {
    /// Opens the door: from here on the keys of all applications are known to the hub.
    pub async fn open(parts: Parts) -> Result<Arc<Door>, Error> {
        let Parts { carrier, journal, clock, chance, caller, policy, delivery_seconds } = parts;
        let tokens = Arc::new(Tokens::open(&journal, &*carrier).await?);
        let answers = Answers::new(&journal, &clock);
        let (couriers, stop) = (Couriers::default(), watch::channel(false).0);
        Ok(Arc::new(Door {
            carrier,
            tokens,
            journal,
            clock,
            chance,
            caller,
            policy,
            delivery_seconds,
            answers,
            couriers,
            stop,
        }))
    }

    /// Begins to work: reads the log as far as answers were not kept yet, and sends couriers out. Before that no
    /// application may post.
    pub async fn start(self: &Arc<Door>) -> Result<(), Error> {
        let reader = Reader::open(&self.answers, &self.carrier, &self.tokens).await?;
        tokio::spawn(reader.run());
        let (carrier, clock) = (self.carrier.clone(), self.clock.clone());
        tokio::spawn(delays::measure(carrier, clock, self.delivery_seconds.clone()));
        self.couriers.start_all(self).await
    }

    /// Makes a token for an application.
    pub async fn create_token(&self, name: &str) -> Result<tokens::Made, Error> {
        self.tokens.create(&*self.carrier, name, self.clock.now(), &*self.chance).await
    }

    /// Makes a token worthless. `false`: there is none with this number, or it was worthless.
    pub async fn revoke_token(&self, id: i64) -> Result<bool, Error> {
        self.tokens.revoke(&*self.carrier, id, self.clock.now()).await
    }

    /// What time it is here.
    pub fn now(&self) -> Time {
        self.clock.now()
    }

    /// Ends streams and deliveries, so that the hub can stop.
    pub fn close(&self) {
        self.stop.send_replace(true);
        self.couriers.stop_all();
    }
}

/// The routes, to be mounted at the root.
pub fn router(door: Arc<Door>) -> Router {
    let messages =
        get(messages::watch).post(messages::post).layer(DefaultBodyLimit::max(messages::BODY_MOST));
    let routes = Router::new()
        .route("/messages", messages)
        .route("/webhooks", get(webhooks::list).post(webhooks::register))
        .route("/webhooks/{id}", get(webhooks::show).delete(webhooks::delete))
        .route("/webhooks/{id}/confirm", get(webhooks::confirm).post(webhooks::confirm))
        .route("/identity", get(identity::identity))
        .route("/envelopes/{key}/{epoch}/{number}", get(envelopes::envelope))
        .route("/problems", get(async || problem::markdown()))
        .fallback(async || Problem::new("not_found"))
        .method_not_allowed_fallback(async || Problem::new("method_not_allowed"));
    Router::new().nest("/v1", routes.with_state(door))
}

#[cfg(test)]
mod tests;
