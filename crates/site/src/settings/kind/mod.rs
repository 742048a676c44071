//! Kinds of values that only a site has.

pub(super) mod choice;
pub(super) mod database;
pub(super) mod language;
pub(super) mod money;
pub(super) mod name;
pub(super) mod network;
pub(super) mod power;
pub(super) mod public_url;
pub(super) mod secret;
pub(super) mod sender;
pub(super) mod smtp;
pub(super) mod zone;
