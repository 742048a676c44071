//! Which messages there are.

use super::{TYPE_BEGINS, TYPE_ENDS};
use crate::wire::malformed::{Malformed, parse};
use crate::wire::{Bid, Closed, Listing, Opened, Pulse, Rulings, SiteCard, Verdict, Wanted, Withdrawn};

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Who a site is.
    Site(Box<SiteCard>),
    /// An auction, listed or revised.
    Listing(Box<Listing>),
    /// A bid on its way to the origin.
    Bid(Box<Bid>),
    /// What the origin decided.
    Rulings(Box<Rulings>),
    /// What became of one bid.
    Verdict(Verdict),
    /// The outcome.
    Closed(Closed),
    /// The offers that are shown afterwards.
    Opened(Opened),
    /// The item is off.
    Withdrawn(Withdrawn),
    /// A sign of life.
    Pulse(Pulse),
    /// A question how auctions stand.
    Wanted(Wanted),
}

macro_rules! bodies {
    ($($name:ident $word:literal),*) => {
        impl Body {
            /// The word of its type.
            pub fn word(&self) -> &'static str {
                match self {
                    $(Body::$name(_) => $word,)*
                }
            }

            /// The value of `data`, as it is written.
            pub(super) fn data(&self) -> Result<String, Malformed> {
                match self {
                    $(Body::$name(body) => serde_json::to_string(body),)*
                }
                .map_err(|error| Malformed::new("data", error.to_string()))
            }

            /// Reads the message of a type; `None` for a type that is not known.
            pub(super) fn read(kind: &str, data: &str) -> Option<Result<Body, Malformed>> {
                Some(match word(kind)? {
                    $($word => parse(data).map(Body::$name),)*
                    _ => return None,
                })
            }

            fn check(&self) -> Result<(), Malformed> {
                match self {
                    $(Body::$name(body) => body.check(),)*
                }
            }
        }

        /// Whether there is a message of this type.
        pub(super) fn is_known(kind: &str) -> bool {
            matches!(word(kind), Some($($word)|*))
        }
    };
}

bodies! {
    Site "site",
    Listing "listing",
    Bid "bid",
    Rulings "rulings",
    Verdict "verdict",
    Closed "closed",
    Opened "opened",
    Withdrawn "withdrawn",
    Pulse "pulse",
    Wanted "wanted"
}

impl Body {
    /// The type of the event.
    pub fn kind(&self) -> String {
        format!("{TYPE_BEGINS}{}{TYPE_ENDS}", self.word())
    }

    /// The rules that hold between fields.
    pub(super) fn checked(self) -> Result<Body, Malformed> {
        self.check().map(|()| self)
    }
}

fn word(kind: &str) -> Option<&str> {
    kind.strip_prefix(TYPE_BEGINS)?.strip_suffix(TYPE_ENDS)
}
