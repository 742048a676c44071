//! What stands on the command line.

use settings::Flag;

/// The flags that beat every other source, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--listen`, commas between several addresses.
    pub listen: Option<String>,
    /// `--data`.
    pub data: Option<String>,
    /// `--upstream`, as often as it was given.
    pub upstreams: Vec<String>,
    /// `--join`.
    pub join: Option<String>,
}

impl Overrides {
    /// Those that were given.
    pub(super) fn flags(&self) -> Vec<Flag> {
        let texts = [("listen", &self.listen), ("data", &self.data), ("join", &self.join)];
        let texts = texts.into_iter().filter_map(|(key, text)| Some(Flag::text(key, text.as_deref()?)));
        let has_upstreams = !self.upstreams.is_empty();
        let upstreams = has_upstreams.then(|| Flag::list("upstream", "upstreams", &self.upstreams));
        texts.chain(upstreams).collect()
    }
}
