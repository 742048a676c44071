//! Whose an auction of another site is, and how fresh what is shown of it.

use crate::secret;
use auction::{Span, Time};
use store::replicas::Replica;
use store::sites::Site;

/// The site whose auction it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// What it calls itself, or the beginning of its key.
    pub name: String,
    /// Its public address; may be empty.
    pub address: String,
    /// Its key, in hexadecimal.
    pub key: String,
    /// The auction's number there.
    pub auction: i64,
    /// When it was last heard.
    pub last_heard: Time,
    /// When its site last confirmed what is shown.
    pub confirmed: Time,
    /// Whether it is there.
    pub reach: Reach,
    /// When that changes unless it is heard.
    pub reach_until: Time,
    /// Bids may be sent to it.
    pub takes_bids: bool,
}

/// Whether a site is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It says so regularly.
    There,
    /// Its pulse has stopped.
    OutOfReach,
    /// It has been silent for so long that nobody expects it back.
    Lost,
}

impl Reach {
    /// The stable word for it, as in the API and in the keys of words.
    pub fn word(self) -> &'static str {
        match self {
            Reach::There => "there",
            Reach::OutOfReach => "out_of_reach",
            Reach::Lost => "lost",
        }
    }
}

/// A site says at least every ten minutes that it is there. So two pulses may be missed.
const SILENCE: Span = Span::minutes(25);

/// After so long a site counts as lost.
const LOST: Span = Span::days(14);

impl Origin {
    pub(super) fn new(site: &Site, replica: &Replica, takes_bids: bool, now: Time) -> Origin {
        let pulse = site.last_pulse.unwrap_or(site.first_heard);
        let confirmed = site.last_pulse.map_or(replica.heard_at, |pulse| pulse.max(replica.heard_at));
        let (reach, reach_until) = reach(now, pulse);
        Origin {
            name: site_name(site),
            address: site.address.clone(),
            key: secret::hex(&site.key),
            auction: replica.remote,
            last_heard: site.last_heard,
            confirmed,
            reach,
            reach_until,
            takes_bids,
        }
    }
}

/// How a site that last gave a sign of life then is reached, and until when that holds.
fn reach(now: Time, sign: Time) -> (Reach, Time) {
    match now - sign {
        silent if silent <= SILENCE => (Reach::There, sign + SILENCE + Span(1)),
        silent if silent <= LOST => (Reach::OutOfReach, sign + LOST + Span(1)),
        _ => (Reach::Lost, Time(i64::MAX)),
    }
}

/// What a site is called. Before its card has come, the beginning of its key stands for it.
pub(crate) fn site_name(site: &Site) -> String {
    if site.name.is_empty() { secret::hex(&site.key[..4]) } else { site.name.clone() }
}
