//! A hub: it carries signed messages whose content it does not know.
pub mod applications;
pub mod chance;
pub mod clock;
pub mod command_line;
mod envelope;
mod frame;
mod handshake;
pub mod hub_folder;
mod key;
pub mod logging;
mod node;
pub mod outgoing;
mod pae;
mod ranges;
pub mod settings;
pub mod status;
mod time;
mod wire;

pub use envelope::*;
pub use frame::*;
pub use handshake::{AUTH_SIGNED_AS, auth_bytes, is_proved, prove};
pub use key::{PublicKey, SecretKey, read_hex};
pub use node::*;
pub use pae::pre_authentication_encoding;
pub use ranges::Ranges;
pub use time::{Span, Time};
pub use wire::Malformed;
