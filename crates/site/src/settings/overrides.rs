//! What stands on the command line.

use settings::Flag;

/// The flags that beat every other source, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `--listen`, commas between several addresses.
    pub listen: Option<String>,
    /// `--data`.
    pub data: Option<String>,
    /// `--database`.
    pub database: Option<String>,
}

impl Overrides {
    /// Those that were given.
    pub(super) fn flags(&self) -> Vec<Flag> {
        let texts = [("listen", &self.listen), ("data", &self.data), ("database", &self.database)];
        let texts = texts.into_iter().filter_map(|(key, text)| Some(Flag::text(key, text.as_deref()?)));
        texts.collect()
    }
}
