//! A mail address.

/// An address that looks like one. Whether it exists, only a letter can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(String);

/// RFC 5321, 4.5.3.1.3: a path has at most 256 octets, brackets included.
const LONGEST: usize = 254;

impl Email {
    /// Reads an address: one @ with something on both sides, no blanks, no control characters, a domain of
    /// letters, digits, dots and hyphens.
    pub fn parse(text: &str) -> Option<Email> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let fits = text.len() <= LONGEST && !local.is_empty() && local.len() <= 64;
        let plain = |c: char| c.is_ascii_graphic() && !"<>()[],;:\\\"@".contains(c);
        let label = |label: &str| {
            let inner = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
        };
        let good = fits && local.chars().all(plain) && domain.split('.').all(label);
        good.then(|| Email(text.to_owned()))
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which two addresses are the same account.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}
