//! The hub carries anything, so neither it nor what stands below it has a word for what is carried.

use super::Crate;
use crate::sources::Source;

const SILENT: [&str; 4] = ["crates/hub/", "crates/journal/", "crates/process/", "crates/settings/"];
const WORD: &str = "auction";

pub(super) fn check(_: &[Crate], sources: &[Source]) -> Vec<String> {
    let silent = |source: &&Source| SILENT.iter().any(|folder| source.path.starts_with(folder));
    let mut complaints = Vec::new();
    for source in sources.iter().filter(silent).filter(|source| !source.path.ends_with("/Cargo.toml")) {
        let spoken = source.lines().filter(|(_, line)| line.to_lowercase().contains(WORD));
        complaints.extend(spoken.map(|(number, _)| format!("{}:{number} names an {WORD}", source.path)));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn a_hub_that_names_an_auction_is_told_where() {
        let hub = file("crates/hub/src/log.rs", "//! Log.\n// One Auction.\n");
        assert_eq!(check(&[], &[hub]), ["crates/hub/src/log.rs:2 names an auction"]);
    }

    #[test]
    fn the_package_description_and_other_crates_may_speak() {
        let files = [file("crates/hub/Cargo.toml", "auction"), file("crates/store/src/lib.rs", "auction")];
        assert!(check(&[], &files).is_empty());
    }
}
