//! Texts with a bound, and addresses.

use fluent_uri::Uri;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One line of at most `MOST` bytes of UTF-8, without control characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const MOST: usize>(String);

/// Text of at most `MOST` bytes of UTF-8; of control characters it holds only line feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MOST: usize>(String);

/// An `https` address of at most 500 bytes, with a host and without a password.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// More bytes than this.
    Long(usize),
    /// A control character.
    Control,
    /// No address as it should be.
    Address,
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfit::Long(most) => write!(f, "longer than {most} bytes"),
            Unfit::Control => f.write_str("a control character"),
            Unfit::Address => f.write_str("not an https address"),
        }
    }
}

impl std::error::Error for Unfit {}

fn check(text: &str, most: usize, is_refused: fn(char) -> bool) -> Result<(), Unfit> {
    if text.len() > most {
        return Err(Unfit::Long(most));
    }
    if text.chars().any(is_refused) { Err(Unfit::Control) } else { Ok(()) }
}

/// As much of it as fits, without what is refused; a letter is not torn.
fn cut(text: &str, most: usize, is_refused: fn(char) -> bool) -> String {
    let mut kept = String::with_capacity(text.len().min(most));
    for letter in text.chars().filter(|letter| !is_refused(*letter)) {
        if kept.len() + letter.len_utf8() > most {
            break;
        }
        kept.push(letter);
    }
    kept
}

fn is_no_text(letter: char) -> bool {
    letter.is_control() && letter != '\n'
}

macro_rules! bounded {
    ($name:ident, $refused:expr) => {
        impl<const MOST: usize> $name<MOST> {
            /// As much of a text as fits, without what is not allowed.
            pub fn cut(text: &str) -> $name<MOST> {
                $name(cut(text, MOST, $refused))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<const MOST: usize> TryFrom<String> for $name<MOST> {
            type Error = Unfit;
            fn try_from(text: String) -> Result<$name<MOST>, Unfit> {
                check(&text, MOST, $refused).map(|()| $name(text))
            }
        }

        impl<const MOST: usize> TryFrom<&str> for $name<MOST> {
            type Error = Unfit;
            fn try_from(text: &str) -> Result<$name<MOST>, Unfit> {
                $name::try_from(text.to_owned())
            }
        }

        impl<const MOST: usize> From<$name<MOST>> for String {
            fn from(text: $name<MOST>) -> String {
                text.0
            }
        }
    };
}

bounded!(Line, char::is_control);
bounded!(Text, is_no_text);

/// The most bytes of an address.
const ADDRESS_MOST: usize = 500;

impl Address {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, as it is written there.
    pub fn host(&self) -> &str {
        Uri::parse(self.0.as_str())
            .ok()
            .and_then(|uri| uri.authority().map(|authority| authority.host()))
            .unwrap_or_default()
    }
}

impl TryFrom<String> for Address {
    type Error = Unfit;
    fn try_from(text: String) -> Result<Address, Unfit> {
        check(&text, ADDRESS_MOST, char::is_control)?;
        let uri = Uri::parse(text.as_str()).map_err(|_| Unfit::Address)?;
        let authority = uri.authority().ok_or(Unfit::Address)?;
        let good = uri.scheme().as_str().eq_ignore_ascii_case("https")
            && authority.userinfo().is_none()
            && !authority.host().is_empty();
        if good { Ok(Address(text)) } else { Err(Unfit::Address) }
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.0
    }
}
