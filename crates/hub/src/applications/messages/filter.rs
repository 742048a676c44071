//! Which events an application wants.

use super::super::event::Delivered;
use crate::key::PublicKey;
use serde::{Deserialize, Serialize};

/// Which events; an empty list means all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Of these types.
    pub types: Vec<String>,
    /// From these sources.
    pub sources: Vec<String>,
    /// Its own too.
    pub own: bool,
}

impl Default for Filter {
    fn default() -> Filter {
        Filter { types: Vec::new(), sources: Vec::new(), own: true }
    }
}

impl Filter {
    /// Whether an application wants what an origin sent at all.
    pub fn wants_origin(&self, origin: &PublicKey, own: &PublicKey) -> bool {
        self.own || origin != own
    }

    /// Whether an application wants an event.
    pub fn wants(&self, event: &Delivered) -> bool {
        let among = |list: &[String], word: &String| list.is_empty() || list.contains(word);
        among(&self.types, &event.kind) && among(&self.sources, &event.source)
    }
}
