//! A program that runs in a data folder.
//!
//! One process holds the folder. Commands reach it through a socket inside, so whoever can read the folder can ask; where
//! nobody holds it, a command takes the folder itself.
//!
//! | to learn | open |
//! |---|---|
//! | who may look inside a data folder, and who holds it | [`folder`], `lock.rs` |
//! | how a command reaches the process that runs | [`control`] |
//! | where it can be reached | [`listen`] |
//! | who asks, where proxies stand in between | [`client_address`] |
//! | what it tells whoever runs it | [`log`] |
//! | what is examined before anybody is asked for help | [`doctor`] |
//! | how it ends | [`told_to_stop`] |
//!
//! What the program does, and what can be asked of it, is the affair of others.

mod client;
pub mod control;
pub mod doctor;
pub mod folder;
pub mod listen;
mod lock;
pub mod log;
mod signals;

pub use client::client_address;
pub use lock::{DataLock, Taken};
pub use signals::told_to_stop;
