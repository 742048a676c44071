//! A block list as plain text, for webmasters who pass theirs on: one key a line, with a comment behind a `#`.

use hub::PublicKey;
use market::Treatment;
use market::actions::TreatSite;
use store::sites::Site;

/// What a list begins with.
const HEAD: &str = "# Sites that are blocked: one key a line, why behind a #.\n";

/// A blocked site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// Its key.
    pub key: PublicKey,
    /// Why; may be empty.
    pub note: String,
}

impl Blocked {
    /// What the webmaster decides by taking the list over.
    pub fn treated(self) -> TreatSite {
        TreatSite { key: *self.key.bytes(), treatment: Treatment::Block, note: self.note }
    }
}

/// The list of sites that are blocked, each with why, and else with its name.
pub fn of(blocked: &[(Site, String)]) -> String {
    let known = blocked.iter().filter_map(|(site, note)| {
        let note = if note.is_empty() { site.name.clone() } else { note.clone() };
        Some(Blocked { key: PublicKey::new(site.key).ok()?, note })
    });
    write(&known.collect::<Vec<_>>())
}

/// Writes a list.
pub fn write(list: &[Blocked]) -> String {
    let line = |one: &Blocked| match one.note.replace(char::is_control, " ") {
        note if note.trim().is_empty() => format!("{}\n", one.key),
        note => format!("{} # {}\n", one.key, note.trim()),
    };
    HEAD.to_owned() + &list.iter().map(line).collect::<String>()
}

/// Reads a list; where it is none, the number of the first line that is wrong.
pub fn read(text: &str) -> Result<Vec<Blocked>, usize> {
    let mut list = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let (key, note) = line.split_once('#').unwrap_or((line, ""));
        if key.trim().is_empty() {
            continue;
        }
        let key = key.trim().parse().map_err(|_| number + 1)?;
        list.push(Blocked { key, note: note.trim().to_owned() });
    }
    Ok(list)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use hub::SecretKey;

    fn key(seed: u8) -> PublicKey {
        SecretKey::from_seed([seed; 32]).public()
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let list = [
            Blocked { key: key(1), note: String::new() },
            Blocked { key: key(2), note: "Elm: sells # what it has not".to_owned() },
        ];
        assert_eq!(read(&write(&list)).unwrap(), list);
    }

    #[test]
    fn a_note_of_several_lines_blocks_nobody_else() {
        let note = format!("first\n{}", key(3));
        let list = read(&write(&[Blocked { key: key(1), note }])).unwrap();
        assert_eq!(list.iter().map(|one| one.key).collect::<Vec<_>>(), [key(1)]);
    }

    #[test]
    fn comments_and_empty_lines_are_passed_over_and_the_first_wrong_line_is_named() {
        let text = format!("# mine\r\n\r\n  {}  \r\n# end", key(1));
        assert_eq!(read(&text).unwrap(), [Blocked { key: key(1), note: String::new() }]);
        assert_eq!(read(&format!("{}\nnonsense # why\n", key(1))), Err(2));
        assert_eq!(read(""), Ok(Vec::new()));
    }
}
