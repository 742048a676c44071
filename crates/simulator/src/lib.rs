//! A town of hubs under one seed. The same seed tells the same story, byte for byte.
//!
//! - `chance`: numbers that follow from the seed
//! - `disk`: the log of a hub, which survives it
//! - `hub_in_town`: a hub with its node, disk, key and upstreams
//! - `town`: who is linked with whom, what arrives when, what goes wrong
//! - `truth`: what must hold in every run
//! - `weather`, `spreading`: whole stories
//! - `sites`: auction sites that trade over such a network
//! - `story`: what happened, as a hash
//!
//! The nodes are the product's own ([`hub::Node`]); sockets, files and clocks are not: those are tested with real ones.

pub mod chance;
pub mod disk;
pub mod hub_in_town;
pub mod sites;
pub mod spreading;
pub mod story;
pub mod town;
pub mod truth;
pub mod weather;

pub use town::{Town, Trouble};
