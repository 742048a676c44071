//! Every decision in `docs/adr/` has a number of its own, in its name and in its title.

use crate::sources::Source;
use std::collections::BTreeMap;

const FOLDER: &str = "docs/adr/";

pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut taken = BTreeMap::new();
    for source in sources {
        let Some(name) = source.path.strip_prefix(FOLDER) else {
            continue;
        };
        let Some(number) = number(name) else {
            complaints.push(format!("{}: is not called NNNN-what.md", source.path));
            continue;
        };
        if !source.text.starts_with(&format!("# {number}. ")) {
            complaints.push(format!("{}: the title does not begin with \"{number}. \"", source.path));
        }
        if let Some(other) = taken.insert(number, name) {
            complaints.push(format!("{}: the number is taken by {other}", source.path));
        }
    }
    complaints
}

fn number(name: &str) -> Option<&str> {
    let (number, rest) = name.split_once('-')?;
    let good =
        number.len() == 4 && number.bytes().all(|digit| digit.is_ascii_digit()) && rest.ends_with(".md");
    good.then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    #[test]
    fn two_decisions_never_share_a_number() {
        let files = [file("docs/adr/0001-a.md", "# 0001. A\n"), file("docs/adr/0001-b.md", "# 0001. B\n")];
        assert_eq!(check(&files), ["docs/adr/0001-b.md: the number is taken by 0001-a.md"]);
    }

    #[test]
    fn name_and_title_carry_the_number() {
        let files = [file("docs/adr/one.md", "# 0001. A\n"), file("docs/adr/0002-b.md", "# B\n")];
        assert_eq!(check(&files).len(), 2);
    }
}
