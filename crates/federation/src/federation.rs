//! What stands between the market of a site and the network.

use crate::limits::{Gate, Limits};
use crate::recovery_keys::Recovery;
use crate::secrets::Secrets;
use auction::Time;
use hub::applications::carrier::{Carrier, Place};
use hub::{PublicKey, Standing};
use market::{Market, Refusal};
use std::sync::Arc;
use store::site;
use tokio::sync::{Mutex, watch};

/// How a site introduces itself to others.
#[derive(Clone, Debug, Default)]
pub struct Introduction {
    /// What it calls itself.
    pub name: String,
    /// Its public address; empty without one.
    pub address: String,
    /// Whom to ask there.
    pub contact: String,
    /// The languages that people speak there.
    pub languages: Vec<String>,
    /// Program and version.
    pub software: String,
    /// What it says of its rules.
    pub policy: String,
}

/// What the webmaster has decided about the network.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How much is taken of each other site.
    pub limits: Limits,
    /// Whether rulings carry what the site itself needs to take them back.
    pub memo: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { limits: Limits::default(), memo: true }
    }
}

/// Tells other sites what is decided here, and hears what they decide. Cheap to clone.
#[derive(Clone)]
pub struct Federation(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) market: Market,
    pub(crate) carrier: Arc<dyn Carrier>,
    pub(crate) introduction: Introduction,
    pub(crate) secrets: Secrets,
    pub(crate) gate: Gate,
    /// Up to which place of the hub's log everything was heard, once that was looked up.
    pub(crate) place: Mutex<Option<Place>>,
    pub(crate) rhythm: Mutex<Rhythm>,
    pub(crate) recovery: Mutex<Recovery>,
    /// Whether rulings carry a memo.
    pub(crate) memo: bool,
    /// Turns true when nothing has to be taken back any more.
    pub(crate) level: watch::Sender<bool>,
}

/// When something is due the next time; none: now.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Rhythm {
    pub(crate) pulse_due: Option<Time>,
    pub(crate) forget_due: Option<Time>,
}

/// The fact that says how far the hub's log was heard: `<log>-<place>`.
const HEARD: &str = "heard";

impl Federation {
    /// Joins a market to the hub in this process. The first time, it draws the secrets that the site keeps from then on.
    pub async fn open(
        market: Market,
        carrier: Arc<dyn Carrier>,
        introduction: Introduction,
        options: Options,
    ) -> Result<Federation, Refusal> {
        let fresh = Secrets::draw(market.chance());
        let secrets = market.journal().write(move |tx| fresh.kept(tx)).await?;
        let federation = Federation(Arc::new(Inner {
            market,
            carrier,
            introduction,
            secrets,
            gate: Gate::new(options.limits),
            place: Mutex::default(),
            rhythm: Mutex::default(),
            recovery: Mutex::default(),
            memo: options.memo,
            level: watch::Sender::new(false),
        }));
        // From the start, so that every copy of the database opens what is sealed later.
        federation.memo_key(federation.market().now()).await?;
        Ok(federation)
    }

    /// The key of this site.
    pub fn key(&self) -> PublicKey {
        self.0.carrier.identity()
    }

    /// The market of this site.
    pub fn market(&self) -> &Market {
        &self.0.market
    }

    /// The greatest place of the hub's log; changes when there is news.
    pub fn news(&self) -> watch::Receiver<Place> {
        self.0.carrier.news()
    }

    /// Whether any of its neighbours is linked; a site without neighbours counts as linked.
    pub(crate) async fn is_linked(&self) -> Result<bool, Refusal> {
        let status = self.0.carrier.status().await.map_err(log_failed)?;
        let mut neighbours = status.neighbours.iter().filter(|one| one.standing != Standing::Blocked);
        let has_any = neighbours.clone().any(|one| one.standing != Standing::Pending);
        Ok(!has_any || neighbours.any(|one| one.linked_since.is_some()))
    }

    /// Turns true when this site has heard from others what it had missed.
    pub fn level(&self) -> watch::Receiver<bool> {
        self.0.level.subscribe()
    }

    /// Up to which place of the hub's log everything was heard.
    pub(crate) async fn heard(&self) -> Result<Place, Refusal> {
        let fact = self.0.market.read(|tx| Ok(site::fact(tx, HEARD)?)).await?;
        let cursor = fact.as_deref().and_then(|text| text.split_once('-'));
        match cursor.map(|(log, place)| (log.parse(), place.parse())) {
            Some((Ok(log), Ok(place))) => self.0.carrier.resume(log, place).await.map_err(log_failed),
            _ => Ok(0),
        }
    }

    /// How far the hub's log was heard, as a fact.
    pub(crate) fn cursor(&self, place: Place) -> (&'static str, String) {
        (HEARD, format!("{}-{place}", self.0.carrier.log_name()))
    }
}

/// The hub's own database has failed.
pub(crate) fn log_failed(error: store::Error) -> Refusal {
    Refusal::Unavailable(format!("the hub's log: {error}"))
}
