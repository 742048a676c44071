//! What of other sites is not taken in: counted by site and reason, so that the webmaster sees it.

use auction::Time;
use std::collections::BTreeMap;
use store::sites::SiteId;
use store::{Error, Tx, passed_over};

/// Why something is passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// It breaks a rule of the protocol.
    Malformed,
    /// More than is taken of one site.
    TooMany,
    /// The webmaster has blocked the site.
    Blocked,
    /// It rules on what is no auction of that site.
    NotItsAuction,
    /// It changes what is frozen since the first bid.
    FrozenTerms,
    /// Its decisions do not follow those that it told before.
    Chain,
    /// It says something else of a decision than before.
    Contradiction,
    /// A bid that does not open as what it is.
    NotOpened,
    /// It rules on a bid of this site that was made in another auction, or says something else of it.
    NotThatBid,
}

impl Reason {
    /// The stable word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Reason::Malformed => "malformed",
            Reason::TooMany => "too_many",
            Reason::Blocked => "blocked",
            Reason::NotItsAuction => "not_its_auction",
            Reason::FrozenTerms => "frozen_terms",
            Reason::Chain => "chain",
            Reason::Contradiction => "contradiction",
            Reason::NotOpened => "not_opened",
            Reason::NotThatBid => "not_that_bid",
        }
    }
}

/// What was passed over in one go.
#[derive(Default)]
pub(super) struct Passed(BTreeMap<(SiteId, Reason), u32>);

impl Passed {
    /// One more.
    pub(super) fn add(&mut self, site: SiteId, reason: Reason) {
        *self.0.entry((site, reason)).or_default() += 1;
    }

    /// Adds it to what was counted before.
    pub(super) fn write(&self, tx: &mut Tx<'_>, now: Time) -> Result<(), Error> {
        let mut counts = self.0.iter();
        counts
            .try_for_each(|((site, reason), count)| passed_over::count(tx, *site, reason.word(), *count, now))
    }

    /// One line for each reason, however often it was.
    pub(super) fn log(&self) {
        for ((SiteId(site), reason), count) in &self.0 {
            let reason = reason.word();
            tracing::warn!(site, reason, count, "{count} messages of site {site} were passed over: {reason}");
        }
    }
}
