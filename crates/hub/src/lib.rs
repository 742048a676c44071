//! A hub: it carries signed messages whose content it does not know to everybody, whatever fails.
//!
//! In the middle is [`Node`], a pure machine that decides everything; around it is an edge that does what it wants done;
//! before that stand doors for applications and for the webmaster. `docs/protocol.md` is the contract with other hubs.
//!
//! | part | what |
//! |---|---|
//! | `key`, `pae`, `envelope`, `frame`, `handshake`, `wire` | what travels, to the byte |
//! | `ranges`, `time` | sets of numbers; moments and spans |
//! | `node` | who gets what from whom: no socket, file, clock or chance |
//! | `log` | what is kept, on SQLite through `journal` |
//! | `links` | WebSockets: dialling, listening, checking signatures |
//! | `hub` | the runner: joins node, log and links; the library form |
//! | `clock`, `chance` | the only places that ask the system |
//! | `applications` | CloudEvents in and out, web hooks, tokens |
//! | `outgoing` | calls to addresses that others gave |
//! | `settings`, `command_line`, `control`, `doctor`, `hub_folder` | how a webmaster runs one |
//! | `serve`, `pages`, `status`, `metrics` | the program while it runs, and how it is seen |
//!
//! What is deliberately absent: finding hubs that nobody named, topics and filters in the hub, a queue for each neighbour,
//! priorities, compression, agreement between hubs.

pub mod applications;
mod chance;
mod clock;
pub mod command_line;
pub mod control;
pub mod doctor;
mod envelope;
mod frame;
mod handshake;
mod hub;
pub mod hub_folder;
mod key;
mod links;
mod log;
pub mod metrics;
mod node;
pub mod outgoing;
mod pae;
pub mod pages;
mod ranges;
pub mod serve;
pub mod settings;
pub mod status;
mod time;
mod wire;

pub use chance::{Chance, SystemChance};
pub use clock::{Clock, SetClock, SystemClock};
pub use envelope::*;
pub use frame::*;
pub use handshake::{AUTH_SIGNED_AS, auth_bytes, is_proved, prove};
pub use hub::{Closed, Hub, HubSettings, NotOpened};
pub use key::{PublicKey, SecretKey, hex, read_hex};
pub use links::{ClientAddress, HubUrl, LinkLimits, NoHubUrl, UpstreamState, UpstreamStatus};
pub use log::*;
pub use node::*;
pub use pae::pre_authentication_encoding;
pub use ranges::Ranges;
pub use time::{Span, Time};
pub use wire::Malformed;
