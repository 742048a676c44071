//! A hub: it carries signed messages whose content it does not know.
mod envelope;
mod frame;
mod handshake;
mod key;
mod log;
mod node;
mod pae;
mod ranges;
mod time;
mod wire;

pub use envelope::*;
pub use frame::*;
pub use handshake::{AUTH_SIGNED_AS, auth_bytes, is_proved, prove};
pub use key::{PublicKey, SecretKey, read_hex};
pub use log::*;
pub use node::*;
pub use pae::pre_authentication_encoding;
pub use ranges::Ranges;
pub use time::{Span, Time};
pub use wire::Malformed;
