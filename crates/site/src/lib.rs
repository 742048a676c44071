//! The doors of an auction site.
//!
//! # Map
//!
//! | to learn | open |
//! |---|---|
//! | what the program does when it starts | `main.rs`, then [`serve`] |
//! | the door for people | [`web`] |
//! | the door for programs | [`api`] |
//! | what watchers of a page are told | [`live`] |
//! | where refusals become status codes and words | [`answer`], and nowhere else |
//! | how letters leave | [`mail`], [`post_office`] |
//! | what an operator can decide | [`settings`] |
//! | what a backup holds, and how it is unpacked | [`backup`] |
//! | commands on a running server | [`control`] |
//! | how a site becomes a node of a network | [`network`], and `serve/network.rs` |
//!
//! # Invariants
//!
//! * Doors call actions of the market and never each other.
//! * Words stand in `locales/`; code names keys.
//! * A handler decides nothing: it parses, asks, and shows.

pub mod answer;
pub mod api;
pub mod app;
pub mod backup;
pub mod body;
pub mod command_line;
pub mod control;
pub mod demo;
pub mod doctor;
pub mod live;
pub mod mail;
pub mod metrics;
pub mod network;
pub mod post_office;
pub mod rates;
pub mod refusals;
pub mod serve;
pub mod settings;
pub mod site_folder;
pub mod web;
pub mod words;
