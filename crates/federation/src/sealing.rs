//! What only one site can read: HPKE (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.
//!
//! | box | opened by | aad |
//! |---|---|---|
//! | [`Offer`], [`Contact`] | the auction's origin, with the auction's key | [`BidAad`]: the whole bid, so that nobody can send a copied one as his own |
//! | [`Code`] | the bidder's site, with its own key | [`CodeAad`] |
//! | a memo | the origin itself | [`MemoAad`] |

mod aad;
mod key;
mod plain;

pub use aad::{BidAad, CodeAad, MemoAad};
pub use key::{NotOpened, SealingKey, SealingSecret, Unusable};
pub use plain::{Code, Contact, Offer, open_code, open_contact, open_memo, open_offer, seal_memo};
