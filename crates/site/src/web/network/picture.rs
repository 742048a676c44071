//! The network as this site sees it, drawn: its neighbours, and the sites that lie behind each.
//!
//! Everything in it is said in words as well, and the tables below say the same.

use super::super::visit::Visit;
use hub::status::{Neighbour, Status};
use hub::{PublicKey, Standing};
use market::show::SiteRow;
use std::collections::BTreeMap;

/// How far in a site, its neighbours, and what lies behind them stand.
const INDENT: [u32; 3] = [20, 64, 108];

/// The height of a row.
const ROW: u32 = 46;

/// So many sites are drawn; the tables have all.
const DRAWN_MOST: usize = 60;

/// The most letters of a name that fit.
const LETTERS: usize = 26;

/// The drawing.
pub(super) struct Picture {
    pub(super) height: u32,
    pub(super) nodes: Vec<Node>,
    pub(super) lines: Vec<Line>,
}

/// A site or hub.
pub(super) struct Node {
    pub(super) x: u32,
    pub(super) y: u32,
    /// Its whole name.
    pub(super) name: String,
    /// As much of it as fits.
    pub(super) label: String,
    /// How it stands, in words.
    pub(super) says: String,
    pub(super) kind: &'static str,
}

/// From a site down, and then across to one that is linked with it.
pub(super) struct Line {
    pub(super) from: (u32, u32),
    pub(super) to: (u32, u32),
    /// Nothing comes through it.
    pub(super) broken: bool,
}

/// A neighbour with the names of what lies behind it.
struct Branch<'a> {
    neighbour: &'a Neighbour,
    name: String,
    behind: Vec<&'a SiteRow>,
}

impl Picture {
    /// None where there is nobody else.
    pub(super) fn draw(visit: &Visit, own: &str, status: &Status, sites: &[SiteRow]) -> Option<Picture> {
        let (branches, astray) = branches(status, sites);
        if branches.is_empty() && astray.is_empty() {
            return None;
        }
        let mut picture = Picture { height: 0, nodes: Vec::new(), lines: Vec::new() };
        let home = picture.add(0, own, visit.words("network-picture-here", &[]), "own");
        for branch in &branches {
            let kind = if is_site(branch.neighbour.key, sites) { "member" } else { "hub" };
            let place = picture.add(1, &branch.name, state(visit, branch.neighbour), kind);
            let broken = branch.neighbour.linked_since.is_none();
            picture.lines.push(Line { from: home, to: place, broken });
            for site in &branch.behind {
                let far = picture.add(2, &site.name, visit.words("network-picture-behind", &[]), "member");
                picture.lines.push(Line { from: place, to: far, broken });
            }
        }
        for site in &astray {
            picture.add(1, &site.name, visit.words("network-way-unknown", &[]), "astray");
        }
        Some(picture)
    }

    /// Draws one in a row of its own, so far in; gives its place.
    fn add(&mut self, depth: usize, name: &str, says: String, kind: &'static str) -> (u32, u32) {
        let (x, y) = (INDENT[depth], self.height + ROW / 2);
        self.height += ROW;
        let label = match name.char_indices().nth(LETTERS) {
            Some((end, _)) => format!("{}…", name[..end].trim_end()),
            None => name.to_owned(),
        };
        self.nodes.push(Node { x, y, name: name.to_owned(), label, says, kind });
        (x, y)
    }
}

fn is_site(key: PublicKey, sites: &[SiteRow]) -> bool {
    sites.iter().any(|row| row.site.key == *key.bytes())
}

/// Neighbours with what lies behind them, and sites that came by a way that nobody remembers.
fn branches<'a>(status: &'a Status, sites: &'a [SiteRow]) -> (Vec<Branch<'a>>, Vec<&'a SiteRow>) {
    let mut behind: BTreeMap<PublicKey, Vec<&SiteRow>> = BTreeMap::new();
    let (mut astray, mut drawn) = (Vec::new(), 0);
    for row in sites {
        let Ok(key) = PublicKey::new(row.site.key) else { continue };
        let is_neighbour = status.neighbours.iter().any(|one| one.key == key);
        if is_neighbour || drawn == DRAWN_MOST {
            continue;
        }
        drawn += 1;
        match status.ways.get(&key) {
            Some(way) => behind.entry(*way).or_default().push(row),
            None => astray.push(row),
        }
    }
    let known = |key: PublicKey| sites.iter().find(|row| row.site.key == *key.bytes());
    let branch = |neighbour: &'a Neighbour| Branch {
        name: known(neighbour.key).map_or_else(|| neighbour.name.clone(), |row| row.name.clone()),
        behind: behind.remove(&neighbour.key).unwrap_or_default(),
        neighbour,
    };
    let branches: Vec<Branch<'a>> = status.neighbours.iter().take(DRAWN_MOST).map(branch).collect();
    (branches, astray)
}

fn state(visit: &Visit, one: &Neighbour) -> String {
    let key = match one.standing {
        Standing::Blocked => "network-state-blocked",
        Standing::Pending => "network-state-pending",
        _ if one.linked_since.is_some() => "network-picture-linked",
        _ => "network-state-away",
    };
    visit.words(key, &[])
}
