//! What the webmaster has decided about another site.

use store::sites::Site;

/// How another site is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// Its auctions are shown, and bids are sent to it.
    Show,
    /// Its auctions are not shown before somebody has approved them.
    Approve,
    /// Its auctions are shown, and no bid is sent.
    NoBids,
    /// Nothing of it is shown.
    Block,
}

impl Treatment {
    /// All treatments.
    pub const ALL: [Treatment; 4] =
        [Treatment::Show, Treatment::Approve, Treatment::NoBids, Treatment::Block];

    /// The word of the treatment, as in the store.
    pub fn word(self) -> &'static str {
        match self {
            Treatment::Show => "show",
            Treatment::Approve => "approve",
            Treatment::NoBids => "no_bids",
            Treatment::Block => "block",
        }
    }

    /// How this site is treated. A word that nobody knows shows nothing.
    pub fn of(site: &Site) -> Treatment {
        let known = Treatment::ALL.into_iter().find(|treatment| treatment.word() == site.treatment);
        known.unwrap_or(Treatment::Block)
    }

    /// Whether its auctions are shown.
    pub fn shows(self) -> bool {
        matches!(self, Treatment::Show | Treatment::NoBids)
    }

    /// Whether bids are sent to it.
    pub fn sends_bids(self) -> bool {
        self == Treatment::Show
    }
}
