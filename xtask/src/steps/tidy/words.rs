//! Words that do not belong into what is committed: leftovers, paths of one machine, registry hosts.
//!
//! The only file that is not checked for them, because it has to name them.

use crate::sources::Source;

const OWN: &str = "xtask/src/steps/tidy/words.rs";

/// Work left for later belongs into an issue.
const LEFTOVERS: [&str; 3] = ["TODO", "FIXME", "XXX"];
/// A path that exists on one machine; tests make temporary folders.
const PLACES: [&str; 4] = ["/work/", "/tmp/", "/root/", "file:///"];
/// Which mirror packages come from is the operator's business. Lock files name it by themselves.
const HOSTS: [&str; 6] = [
    concat!("crates", ".io"),
    concat!("npm", "js."),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("docker", ".io"),
    concat!("ghcr", ".io"),
];

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.path != OWN) {
        for (number, line) in source.lines() {
            complaints.extend(
                found(line, is_lock(&source.path)).map(|word| format!("{}:{number}: {word:?}", source.path)),
            );
        }
    }
    complaints
}

fn found(line: &str, is_lock: bool) -> impl Iterator<Item = &'static str> {
    let leftovers = LEFTOVERS.into_iter().filter(move |word| !is_lock && has_word(line, word));
    let places = PLACES.into_iter().filter(|place| has_place(line, place));
    let hosts = HOSTS.into_iter().filter(move |host| !is_lock && line.contains(host));
    leftovers.chain(places).chain(hosts)
}

fn is_lock(path: &str) -> bool {
    path.ends_with("Cargo.lock") || path.ends_with("package-lock.json")
}

/// Whole words only, and not the only word of a string: one of them is the code of "no currency".
fn has_word(line: &str, word: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '"';
    let mut found = line.match_indices(word);
    found.any(|(at, _)| !line[..at].ends_with(joins) && !line[at + word.len()..].starts_with(joins))
}

/// A place begins a path: what stands before it is neither a name nor a dot.
fn has_place(line: &str, place: &str) -> bool {
    let mut found = line.match_indices(place);
    found.any(|(at, _)| {
        !line[..at].ends_with(|letter: char| letter.is_alphanumeric() || "._-}*".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn leftovers_are_whole_words() {
        let text = "// TODO: later\nlet mastodon = TODOS;\nlet none = \"XXX\";\n";
        assert_eq!(check(&[file("crates/a/src/b.rs", text)]), ["crates/a/src/b.rs:1: \"TODO\""]);
    }

    #[test]
    fn a_path_of_one_machine_is_refused_and_a_route_is_not() {
        assert_eq!(check(&[file("docs/a.md", "see /work/x")]).len(), 1);
        assert!(check(&[file("docs/a.md", "https://example.org/work/x")]).is_empty());
    }

    #[test]
    fn only_lock_files_name_a_registry() {
        assert_eq!(check(&[file("docs/a.md", "from crates.io")]).len(), 1);
        assert!(check(&[file("Cargo.lock", "from crates.io")]).is_empty());
    }
}
