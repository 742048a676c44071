//! No drawer for odds and ends: a folder or a module is named for what is in it.

use crate::sources::Source;

const DRAWERS: [&str; 7] = ["utils", "util", "common", "core", "helpers", "helper", "misc"];

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources {
        let parts = source.path.split('/').map(|part| part.strip_suffix(".rs").unwrap_or(part));
        let drawer = parts.into_iter().find(|part| DRAWERS.contains(part));
        complaints
            .extend(drawer.map(|name| format!("{}: {name:?} says nothing about what is in it", source.path)));
        complaints.extend(modules(source));
    }
    complaints
}

/// Modules written inside a file.
fn modules(source: &Source) -> impl Iterator<Item = String> {
    let rust = source.lines().filter(|_| source.kind() == "rs");
    let named = rust.filter(|(_, line)| module(line).is_some_and(|name| DRAWERS.contains(&name)));
    named.map(|(number, _)| format!("{}:{number}: a module's name says what is in it", source.path))
}

/// The name of the module that begins on this line.
fn module(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("pub ").or(line.strip_prefix("pub(crate) ")).unwrap_or(line);
    line.strip_prefix("mod ")?.strip_suffix(" {")
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn a_drawer_is_refused_as_folder_file_or_module() {
        let files = [
            file("crates/site/src/common/a.rs", ""),
            file("crates/site/src/utils.rs", ""),
            file("crates/site/src/web.rs", "pub mod helpers {\n}\n"),
        ];
        assert_eq!(check(&files).len(), 3);
    }

    #[test]
    fn a_word_that_only_contains_one_is_fine() {
        assert!(
            check(&[file("crates/site/src/score.rs", "mod commonwealth;"), file("docs/core-rules.md", "")])
                .is_empty()
        );
    }
}
