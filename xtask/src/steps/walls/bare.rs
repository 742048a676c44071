//! The rules are bare: no dependency, and nothing of the standard library that reaches outside.
//! What cannot look at a clock or a disk decides the same today and in a replay of last year.

use super::Crate;
use crate::sources::Source;

const BARE: &str = "auction";
const INSIDE: &str = "crates/auction/src/";
const MODULES: [&str; 6] = ["fs", "net", "env", "process", "thread", "io"];
const CLOCKS: [&str; 2] = ["SystemTime", "Instant::now"];

pub(super) fn check_dependencies(crates: &[Crate], _: &[Source]) -> Vec<String> {
    let bare = crates.iter().filter(|one| one.name == BARE);
    let dependencies = bare.flat_map(|one| &one.dependencies);
    let complaint = |name| format!("`{BARE}` must depend on nothing, not even on {name}");
    dependencies.map(complaint).collect()
}

pub(super) fn check_sources(_: &[Crate], sources: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with(INSIDE)) {
        complaints.extend(reaches(&source.text).map(|name| format!("{} names {name}", source.path)));
    }
    complaints
}

/// The ways out that a text names, one by one or in a group such as `use std::{fs, net}`.
fn reaches(text: &str) -> impl Iterator<Item = String> {
    let clocks = CLOCKS.into_iter().filter(|clock| text.contains(clock));
    let modules = text.split("std::").skip(1).flat_map(names);
    let outside = modules.filter(|name| MODULES.contains(name));
    clocks.map(str::to_owned).chain(outside.map(|name| format!("std::{name}")))
}

/// What is taken from `std`: the first name, or all names of a group, whatever their depth.
fn names(rest: &str) -> impl Iterator<Item = &str> {
    let is_group = rest.starts_with('{');
    let reach = if is_group { rest.split(';').next().unwrap_or(rest) } else { rest };
    let words = reach.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.take(if is_group { usize::MAX } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::super::{depends, file};
    use super::*;

    fn rules(text: &str) -> Vec<String> {
        check_sources(&[], &[file("crates/auction/src/bid.rs", text)])
    }

    #[test]
    fn the_rules_may_have_no_dependency() {
        assert_eq!(check_dependencies(&[depends("auction", &["serde"])], &[]).len(), 1);
    }

    #[test]
    fn a_clock_is_seen_however_it_is_called() {
        assert_eq!(rules("use std::time::SystemTime;"), ["crates/auction/src/bid.rs names SystemTime"]);
        assert_eq!(rules("let now = Instant::now();").len(), 1);
    }

    #[test]
    fn a_group_of_imports_hides_nothing() {
        assert_eq!(rules("use std::{\n  fmt,\n  collections::BTreeMap, fs::File,\n};\n").len(), 1);
        assert_eq!(rules("let x = std::env::var(name);").len(), 1);
    }

    #[test]
    fn what_stays_inside_is_free_to_use() {
        assert!(rules("use std::{fmt, num::NonZeroU64};\nuse std::collections::BTreeMap; // fs").is_empty());
        assert!(rules("/// Processed in order: std::fmt::Display of an environment.").is_empty());
    }
}
