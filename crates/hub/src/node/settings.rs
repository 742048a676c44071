//! What the webmaster can decide about a node.

use crate::key::PublicKey;
use crate::time::Span;

/// What the webmaster can decide about a node.
#[derive(Clone, Debug)]
pub struct NodeSettings {
    /// Who may link.
    pub join: Join,
    /// Every message to every neighbour that is not known to have it, always.
    pub flood: bool,
    /// What one origin, and one link, may cost. `None` only for benches.
    pub limits: Option<Limits>,
    /// How long the log keeps messages.
    pub retention: Span,
    /// Neighbours, linked or not.
    pub neighbours_most: usize,
}

/// Who may link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Join {
    /// Whom the webmaster has approved. Others show up as pending.
    Approve,
    /// Everybody.
    Open,
    /// These keys.
    List(Vec<PublicKey>),
}

/// What one origin, and one link, may cost. Counted by the time that an origin has signed, so that catching up is not
/// flooding.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Envelopes a second of one origin.
    pub envelopes_per_second: u32,
    /// So many at once, if it was quiet before.
    pub envelopes_burst: u32,
    /// Bytes a second of one origin.
    pub bytes_per_second: u64,
    /// So many at once.
    pub bytes_burst: u64,
    /// Bytes a day of one origin.
    pub bytes_per_day: u64,
    /// Origins that this node follows.
    pub origins_most: usize,
    /// New origins that it takes in a minute.
    pub new_origins_per_minute: u32,
    /// New origins from one link, as long as that is open.
    pub new_origins_per_link: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            envelopes_per_second: 200,
            envelopes_burst: 2_000,
            bytes_per_second: 1024 * 1024,
            bytes_burst: 16 * 1024 * 1024,
            bytes_per_day: 512 * 1024 * 1024,
            origins_most: 10_000,
            new_origins_per_minute: 10,
            new_origins_per_link: 1_000,
        }
    }
}

impl Default for NodeSettings {
    fn default() -> NodeSettings {
        NodeSettings {
            join: Join::Approve,
            flood: false,
            limits: Some(Limits::default()),
            retention: Span::days(7),
            neighbours_most: 1_000,
        }
    }
}
