//! Every way in which the market says no. What the words and status codes are, the doors decide in one place.

use auction::Currency;

/// One thing that is wrong with what was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field, as in the API.
    pub field: &'static str,
    /// A stable word for what is wrong with it.
    pub problem: &'static str,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Fields are missing or wrong; each is named.
    Malformed(Vec<FieldProblem>),
    /// Nobody is signed in.
    SignInNeeded,
    /// Address or password is wrong; which, is not said.
    WrongSignIn,
    /// The mail address was not confirmed yet.
    NotConfirmed,
    /// The account is suspended.
    AccountSuspended,
    /// The token lacks this scope.
    MissingScope(&'static str),
    /// The role does not allow it.
    NotPermitted,
    /// A one-time link is unknown, used or too old.
    LinkExpired,
    /// The site takes no registrations.
    RegistrationClosed,
    /// There is no such auction, or it is not this person's to see.
    NoSuchAuction,
    /// There is no such person.
    NoSuchPerson,
    /// There is no such token.
    NoSuchToken,
    /// The auction is one of another site, and only that site decides this.
    DecidedElsewhere,
    /// The webmaster lets no bids go to the site of this auction.
    BidsNotSent,
    /// The rules say no. The currency is that of amounts in the refusal.
    Rules(auction::Refusal, Option<Currency>),
    /// Too many attempts.
    TooMany {
        /// When to try again.
        retry_after_seconds: u64,
    },
    /// The answer is unknown: ask again with the same id.
    Unknown,
    /// The site cannot do it now; nothing was stored.
    Unavailable(String),
    /// Something is broken here. The text is for the log only.
    Failed(String),
}

impl Refusal {
    /// One field is wrong.
    pub fn field(field: &'static str, problem: &'static str) -> Refusal {
        Refusal::Malformed(vec![FieldProblem { field, problem }])
    }

    /// The stable code, as in the API.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::Malformed(_) => "malformed",
            Refusal::SignInNeeded => "sign_in_needed",
            Refusal::WrongSignIn => "wrong_sign_in",
            Refusal::NotConfirmed => "not_confirmed",
            Refusal::AccountSuspended => "suspended",
            Refusal::MissingScope(_) => "missing_scope",
            Refusal::NotPermitted => "not_permitted",
            Refusal::LinkExpired => "link_expired",
            Refusal::RegistrationClosed => "registration_closed",
            Refusal::NoSuchAuction => "no_such_auction",
            Refusal::NoSuchPerson => "no_such_person",
            Refusal::NoSuchToken => "no_such_token",
            Refusal::DecidedElsewhere => "decided_elsewhere",
            Refusal::BidsNotSent => "bids_not_sent",
            Refusal::Rules(refusal, _) => refusal.code(),
            Refusal::TooMany { .. } => "too_many",
            Refusal::Unknown => "unknown",
            Refusal::Unavailable(_) => "unavailable",
            Refusal::Failed(_) => "failed",
        }
    }

    /// Codes of the market's own refusals, in the order of their precedence; those of the rules follow.
    pub const CODES: [&'static str; 18] = [
        "malformed",
        "too_many",
        "sign_in_needed",
        "wrong_sign_in",
        "not_confirmed",
        "missing_scope",
        "not_permitted",
        "registration_closed",
        "link_expired",
        "no_such_auction",
        "no_such_person",
        "no_such_token",
        "decided_elsewhere",
        "suspended",
        "bids_not_sent",
        "unknown",
        "unavailable",
        "failed",
    ];
}

impl From<store::Error> for Refusal {
    fn from(error: store::Error) -> Refusal {
        match error {
            store::Error::Unknown => Refusal::Unknown,
            store::Error::Full | store::Error::Busy | store::Error::Closed | store::Error::TooLong => {
                Refusal::Unavailable(error.to_string())
            }
            other => Refusal::Failed(other.to_string()),
        }
    }
}

impl From<auction::Refusal> for Refusal {
    fn from(refusal: auction::Refusal) -> Refusal {
        Refusal::Rules(refusal, None)
    }
}
