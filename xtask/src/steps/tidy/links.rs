//! Links between our documents lead to files that exist.

use crate::sources::Source;
use std::collections::BTreeSet;

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let places = places(sources);
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.kind() == "md") {
        let broken =
            links(&source.text).into_iter().filter(|link| !places.contains(&resolve(&source.path, link)));
        complaints.extend(broken.map(|link| format!("{}: {link} leads nowhere", source.path)));
    }
    complaints
}

/// Every file and every folder that holds one.
fn places(sources: &[Source]) -> BTreeSet<String> {
    let mut places = BTreeSet::from([String::new()]);
    for source in sources {
        let ends = source.path.match_indices('/').map(|(at, _)| at).chain([source.path.len()]);
        places.extend(ends.map(|end| source.path[..end].to_owned()));
    }
    places
}

/// Targets of links to other files of ours, without what follows `#`. Code is passed over.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("\n```").step_by(2);
    let targets = prose.flat_map(|prose| prose.split("](").skip(1));
    let targets = targets.filter_map(|rest| rest.split([')', ' ', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains(':')).collect()
}

/// The path from the root of a link that stands in `file`.
fn resolve(file: &str, link: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn complaints(text: &str) -> Vec<String> {
        check(&[file("docs/a.md", text), file("docs/adr/0001-b.md", ""), file("LICENSE", "")])
    }

    #[test]
    fn links_are_read_from_where_they_stand() {
        assert!(complaints("[b](adr/0001-b.md#why) [c](../LICENSE) [d](./adr/) [e](#here)").is_empty());
    }

    #[test]
    fn a_link_to_nothing_is_named() {
        assert_eq!(complaints("[b](b.md)"), ["docs/a.md: b.md leads nowhere"]);
    }

    #[test]
    fn addresses_and_code_are_not_ours_to_follow() {
        assert!(complaints("[a](https://example.org/x) <mailto:a>\n```rust\nf[0](x)\n```\n").is_empty());
    }
}
