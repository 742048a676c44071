//! No spaces or tabs at the ends of lines, and one line feed at the end of a file.

use crate::sources::Source;

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    sources.iter().flat_map(|source| trailing(source).chain(ending(source))).collect()
}

fn trailing(source: &Source) -> impl Iterator<Item = String> {
    let lines = source.lines().filter(|(_, line)| line.ends_with([' ', '\t', '\r']));
    lines.map(|(number, _)| format!("{}:{number}: spaces at the end of the line", source.path))
}

fn ending(source: &Source) -> Option<String> {
    let good = source.text.is_empty() || source.text.ends_with('\n');
    (!good).then(|| format!("{}: no line feed at the end", source.path))
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn a_space_before_the_line_feed_is_seen() {
        assert_eq!(check(&[file("a.md", "one\ntwo \n")]), ["a.md:2: spaces at the end of the line"]);
    }

    #[test]
    fn a_file_ends_with_a_line_feed() {
        assert_eq!(check(&[file("a.md", "one")]), ["a.md: no line feed at the end"]);
    }
}
