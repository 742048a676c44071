//! What the webmaster has decided, as far as the market needs to know.

use auction::{Currency, Extension, Span};

/// The site's settings for the market.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Anybody may register.
    pub registration_open: bool,
    /// Listings wait for a moderator.
    pub approval: bool,
    /// Durations from 10 s and windows from 1 s, for tests and demonstrations.
    pub allow_short_auctions: bool,
    /// Currencies that listings may be in, the first is the default.
    pub currencies: Vec<Currency>,
    /// Power of ten by which the standard steps are scaled.
    pub step_power: i8,
    /// The soft close of listings that do not say otherwise.
    pub extension: Extension,
    /// Language of new accounts.
    pub language: String,
    /// Part of message ids behind the @.
    pub host: String,
    /// After an outbid letter about an auction, silence for this long.
    pub outbid_silence: Span,
    /// After how long a letter is tried again, by the number of failures so far; then it is given up.
    pub retry: Vec<Span>,
    /// Letters a minute, for the whole site; 0 is no limit.
    pub letters_per_minute: u32,
    /// The site is a node of a network: what is public here is told to other sites.
    pub networked: bool,
    /// Sign-in attempts a minute, for each address; 0 is no limit.
    pub sign_in_attempts: u32,
}

impl Policy {
    /// The shortest an auction may run.
    pub fn shortest(&self) -> Span {
        if self.allow_short_auctions { Span::seconds(10) } else { Span::hours(1) }
    }

    /// The longest an auction may run.
    pub const LONGEST: Span = Span::days(90);

    /// The furthest ahead that a start may be planned.
    pub const FURTHEST_START: Span = Span::days(365);

    /// The shortest window of a soft close.
    pub fn shortest_window(&self) -> Span {
        if self.allow_short_auctions { Span::seconds(1) } else { Span::seconds(30) }
    }
}

impl Default for Policy {
    fn default() -> Policy {
        Policy {
            registration_open: true,
            approval: false,
            allow_short_auctions: false,
            currencies: Currency::new("EUR", 2).into_iter().collect(),
            step_power: 0,
            extension: Extension::STANDARD,
            language: "en".to_owned(),
            host: "localhost".to_owned(),
            outbid_silence: Span::minutes(10),
            retry: [1, 5, 15, 60, 180, 360, 720, 1440].map(Span::minutes).to_vec(),
            letters_per_minute: 0,
            networked: false,
            sign_in_attempts: 10,
        }
    }
}
