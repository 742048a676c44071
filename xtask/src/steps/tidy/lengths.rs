//! A file is one noun or one verb, and short enough to be read at a sitting.

use crate::sources::Source;

const LINES_GOOD: usize = 250;
const LINES_MAX: usize = 400;
/// What people read as code. Lists, such as translations and test vectors, may be as long as they are.
const CODE: [&str; 5] = ["rs", "sql", "html", "css", "js"];

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    longer_than(LINES_MAX, sources)
        .map(|(source, lines)| format!("{}: {lines} lines, more than {LINES_MAX}", source.path))
        .collect()
}

/// Files that grow too long, for whoever comes by.
pub(super) fn warnings(sources: &[Source]) -> Vec<String> {
    longer_than(LINES_GOOD, sources)
        .filter(|(_, lines)| *lines <= LINES_MAX)
        .map(|(source, lines)| format!("long: {} ({lines} lines)", source.path))
        .collect()
}

fn longer_than(limit: usize, sources: &[Source]) -> impl Iterator<Item = (&Source, usize)> {
    let ours =
        sources.iter().filter(|source| source.path.starts_with("crates/") && CODE.contains(&source.kind()));
    ours.map(|source| (source, source.text.lines().count())).filter(move |(_, lines)| *lines > limit)
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn four_hundred_lines_are_warned_of_and_one_more_is_refused() {
        let files =
            [file("crates/a/src/b.rs", &"x\n".repeat(400)), file("crates/a/src/c.rs", &"x\n".repeat(401))];
        assert_eq!(check(&files), ["crates/a/src/c.rs: 401 lines, more than 400"]);
        assert_eq!(warnings(&files), ["long: crates/a/src/b.rs (400 lines)"]);
    }

    #[test]
    fn translations_may_be_long() {
        assert!(check(&[file("crates/site/locales/en.ftl", &"x\n".repeat(999))]).is_empty());
    }
}
