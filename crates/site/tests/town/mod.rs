//! A town for tests: a place with a data folder, the real program in it, people with keys, and a mail server.

#![allow(dead_code, unreachable_pub, unused_imports, reason = "each test needs some of it")]

mod client;
mod curl;
mod dice;
mod events;
mod mail_server;
mod people;
mod place;
mod site;
mod wait;

pub use client::{Answer, Client};
pub use curl::Curl;
pub use dice::Dice;
pub use events::Events;
pub use mail_server::{Mail, MailServer, Mood};
pub use people::{offer, short_lot};
pub use place::{Place, Said};
pub use site::Site;
pub use wait::{moment, until, within};
