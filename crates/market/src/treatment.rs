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
        Treatment::parse(&site.treatment).unwrap_or(Treatment::Block)
    }

    /// The treatment of a word, as in the store or as people type it: `no_bids`, `no-bids`.
    pub fn parse(word: &str) -> Option<Treatment> {
        let word = word.replace('-', "_");
        Treatment::ALL.into_iter().find(|treatment| treatment.word() == word)
    }

    /// Whether an auction of it is shown. `approved`: somebody has approved that one.
    pub fn shows(self, approved: bool) -> bool {
        match self {
            Treatment::Show | Treatment::NoBids => true,
            Treatment::Approve => approved,
            Treatment::Block => false,
        }
    }

    /// Whether bids on an auction are sent to it. `approved`: somebody has approved that one.
    pub fn sends_bids(self, approved: bool) -> bool {
        self != Treatment::NoBids && self.shows(approved)
    }
}
