//! Who may depend on whom.

use super::Crate;
use crate::sources::Source;

/// Every product crate with the product crates that it may name. There are no others.
const ARROWS: [(&str, &[&str]); 10] = [
    ("auction", &[]),
    ("settings", &[]),
    ("process", &["settings"]),
    ("journal", &[]),
    ("store", &["auction", "journal"]),
    ("market", &["auction", "store"]),
    ("hub", &["journal", "process", "settings"]),
    ("federation", &["market", "store", "auction", "hub"]),
    // The doors show amounts, states and refusals, so they may use the types of the rules themselves.
    ("site", &["federation", "market", "store", "hub", "auction", "process", "settings"]),
    // A story of sites opens their databases, and hands in the time of the rules.
    ("simulator", &["federation", "market", "store", "auction", "hub"]),
];

pub(super) fn check(crates: &[Crate], _: &[Source]) -> Vec<String> {
    let known = |name: &String| crates.iter().any(|other| other.name == *name);
    let mut complaints = Vec::new();
    for one in crates {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == one.name) else {
            complaints.push(format!("crate `{}` has no place among the arrows", one.name));
            continue;
        };
        let named = one.dependencies.iter().filter(|name| known(name));
        let forbidden = named.filter(|name| !allowed.contains(&name.as_str()));
        complaints.extend(forbidden.map(|name| format!("forbidden arrow: {} -> {name}", one.name)));
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::super::depends;
    use super::*;

    #[test]
    fn the_arrows_of_the_design_are_allowed() {
        let crates: Vec<_> = ARROWS.iter().map(|(name, to)| depends(name, to)).collect();
        assert!(check(&crates, &[]).is_empty());
    }

    #[test]
    fn the_hub_may_not_know_the_market() {
        let crates = [depends("hub", &["market", "tokio"]), depends("market", &[])];
        assert_eq!(check(&crates, &[]), ["forbidden arrow: hub -> market"]);
    }

    #[test]
    fn no_arrow_points_back() {
        let crates = [depends("store", &["market"]), depends("market", &["store"])];
        assert_eq!(check(&crates, &[]), ["forbidden arrow: store -> market"]);
    }

    #[test]
    fn what_every_program_needs_knows_no_program() {
        let crates = [depends("process", &["settings", "hub"]), depends("settings", &["site"])];
        let named = [depends("hub", &[]), depends("site", &["process", "settings"])];
        let complaints = check(&crates.into_iter().chain(named).collect::<Vec<_>>(), &[]);
        assert_eq!(complaints, ["forbidden arrow: process -> hub", "forbidden arrow: settings -> site"]);
    }

    #[test]
    fn a_new_crate_needs_a_place_first() {
        let complaints = check(&[depends("payments", &[])], &[]);
        assert_eq!(complaints, ["crate `payments` has no place among the arrows"]);
    }

    #[test]
    fn crates_of_others_are_not_our_arrows() {
        assert!(check(&[depends("journal", &["rusqlite", "tokio"])], &[]).is_empty());
    }
}
