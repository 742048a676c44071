//! What has passed through a node.

/// So many hubs, or more, are counted as one.
pub const HOPS_MOST: usize = 9;

/// Envelopes since the node started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Taken from links.
    pub new: u64,
    /// Known already.
    pub duplicate: u64,
    /// Past their ttl: settled, not delivered.
    pub expired: u64,
    /// At or below the floor of their origin.
    pub too_old: u64,
    /// Signed in the future.
    pub skew: u64,
    /// Over a limit: asked for again later.
    pub limited: u64,
    /// Of a blocked origin.
    pub refused: u64,
    /// Of a forked epoch.
    pub forked: u64,
    /// With a wrong signature.
    pub forged: u64,
    /// Passed to links.
    pub sent: u64,
    /// Of local applications.
    pub posted: u64,
    /// Given up, because nobody has them any more.
    pub given_up: u64,
    /// Those taken from links by how many hubs they had passed, as was told beside them: first those of which that is not
    /// known. What nobody signed proves nothing.
    pub hops: [u64; HOPS_MOST + 1],
}

impl Traffic {
    /// An envelope was taken from a link.
    pub(super) fn new_after(&mut self, hops: u8) {
        self.new += 1;
        self.hops[usize::from(hops).min(HOPS_MOST)] += 1;
    }
}
