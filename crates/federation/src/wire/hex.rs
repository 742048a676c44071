//! Keys, hashes and ids: lower-case hexadecimal, always of full length.

use hub::PublicKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Thirty-two bytes: a hash, a commitment, a salt, a pseudonym.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub [u8; 32]);

/// The id of a bid, chosen by the site that sends it: 16 bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BidId(pub [u8; 16]);

/// A site: the key that signs what it sends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Site(pub PublicKey);

/// The text is not so many bytes in lower-case hexadecimal, or no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotHex(usize);

impl fmt::Display for NotHex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("not a key that a site can have"),
            bytes => write!(f, "not {bytes} bytes in lower-case hexadecimal"),
        }
    }
}

impl std::error::Error for NotHex {}

impl Hash {
    /// Thirty-two zeros: what stands before the first of a chain.
    pub const ZERO: Hash = Hash([0; 32]);
}

/// The bytes; upper case is refused, so that there is one way to write them.
pub(crate) fn decode<const N: usize>(text: &str) -> Result<[u8; N], NotHex> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    if text.len() != 2 * N {
        return Err(NotHex(N));
    }
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = digit(pair[0]).zip(digit(pair[1])).map(|(high, low)| high << 4 | low).ok_or(NotHex(N))?;
    }
    Ok(bytes)
}

macro_rules! in_hex {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = NotHex;
            fn try_from(text: String) -> Result<$name, NotHex> {
                decode(&text).map($name)
            }
        }

        impl From<$name> for String {
            fn from(bytes: $name) -> String {
                hub::hex(&bytes.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hub::hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}…", hub::hex(&self.0[..4]))
            }
        }
    };
}

in_hex!(Hash);
in_hex!(BidId);

impl TryFrom<String> for Site {
    type Error = NotHex;
    fn try_from(text: String) -> Result<Site, NotHex> {
        PublicKey::new(decode(&text)?).map(Site).map_err(|_| NotHex(0))
    }
}

impl From<Site> for String {
    fn from(site: Site) -> String {
        site.0.to_string()
    }
}

impl From<PublicKey> for Site {
    fn from(key: PublicKey) -> Site {
        Site(key)
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
