//! What is said of an auction of another site: whose it is, and what has become of bids that went there.

use crate::answer::answer;
use crate::web::visit::Visit;
use crate::web::written::{self, Moment};
use auction::{Outcome, Progress};
use market::show::{AuctionPage, SentBid, SentState};

/// An auction of another site.
pub(super) struct Elsewhere {
    /// What the site calls itself.
    pub(super) site: String,
    /// Its address; may be empty.
    pub(super) address: String,
    /// The stable word for whether it is there.
    pub(super) reach: &'static str,
    /// When it last confirmed what is shown, and how long ago that was, in words.
    pub(super) heard: Moment,
    pub(super) ago: String,
    /// Who decides.
    pub(super) decides: String,
    /// What to know before a bid; nothing where none can be made.
    pub(super) before: Vec<String>,
    /// From where the winner hears.
    pub(super) won: Option<String>,
    /// A bid is on its way.
    pub(super) waits: bool,
    /// Bids that went there, newest first.
    pub(super) sent: Vec<SentLine>,
}

/// A bid that went to another site.
pub(super) struct SentLine {
    pub(super) amount: String,
    pub(super) at: Moment,
    pub(super) state: &'static str,
    pub(super) says: String,
}

impl Elsewhere {
    /// None for an auction of this site.
    pub(super) fn new(visit: &Visit, seen: &AuctionPage) -> Option<Elsewhere> {
        let origin = seen.origin.as_ref()?;
        let name = [("site", origin.name.as_str().into())];
        let decides = if origin.takes_bids { "elsewhere-decides" } else { "elsewhere-no-bids" };
        let bids = origin.takes_bids && seen.shown.progress == Progress::Open;
        let won = seen.own.leading && matches!(seen.shown.outcome, Some(Outcome::Sold { .. }));
        let waits = |sent: &SentBid| sent.state == SentState::Waiting;
        Some(Elsewhere {
            site: origin.name.clone(),
            address: origin.address.clone(),
            reach: origin.reach.word(),
            heard: visit.minute(origin.confirmed),
            ago: visit.ago(origin.confirmed),
            decides: visit.words(decides, &name),
            before: if bids { before(visit) } else { Vec::new() },
            won: won.then(|| visit.words("elsewhere-won", &name)),
            waits: seen.own.sent.iter().any(waits),
            sent: seen.own.sent.iter().map(|sent| line(visit, sent)).collect(),
        })
    }
}

/// What to know before a bid.
pub(in crate::web) fn before(visit: &Visit) -> Vec<String> {
    vec![visit.words("elsewhere-sealed", &[]), visit.words("elsewhere-not-yet", &[])]
}

fn line(visit: &Visit, sent: &SentBid) -> SentLine {
    let site = ("site", sent.site.as_str().into());
    let (state, says) = match &sent.state {
        SentState::Waiting => ("sent", visit.words("sent-waiting", &[site])),
        SentState::Accepted { .. } => ("accepted", visit.words("sent-accepted", &[site])),
        SentState::Refused { refusal: Some(refusal), .. } => {
            let refusal = market::Refusal::Rules(*refusal, Some(sent.currency));
            let why = answer(&refusal, visit.language()).words;
            ("refused", visit.words("sent-refused", &[site, ("why", why.as_str().into())]))
        }
        SentState::Refused { code, .. } => {
            let why = match code.as_str() {
                "no_such_auction" => visit.words("sent-why-no-such-auction", &[]),
                "bids_not_taken" => visit.words("sent-why-bids-not-taken", &[]),
                "not_opened" => visit.words("sent-why-not-opened", &[]),
                other => other.replace('_', " "),
            };
            ("refused", visit.words("sent-refused", &[site, ("why", why.as_str().into())]))
        }
    };
    SentLine { amount: written::amount(sent.amount, sent.currency), at: visit.minute(sent.at), state, says }
}
