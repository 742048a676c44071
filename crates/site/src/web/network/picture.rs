//! The network as this site sees it, drawn: its neighbours, and the sites that lie behind each.
//!
//! Everything in it is said in words as well, and the tables below say the same.

use super::super::visit::Visit;
use hub::status::{Neighbour, Status};
use hub::{PublicKey, Standing};
use market::show::SiteRow;
use std::collections::BTreeMap;

/// Where the three columns begin: this site, its neighbours, what lies behind them.
const COLUMNS: [u32; 3] = [20, 210, 400];

/// The height of a row.
const ROW: u32 = 56;

/// So many sites are drawn; the tables have all.
const DRAWN_MOST: usize = 60;

/// The most letters of a name that fit.
const LETTERS: usize = 16;

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

/// From a site to one that is linked with it.
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
        let rows: usize = branches.iter().map(|branch| branch.behind.len().max(1)).sum();
        let home = (COLUMNS[0], middle(0, rows.max(1)));
        picture.add(home, own, visit.words("network-picture-here", &[]), "own");
        let mut row = 0;
        for branch in &branches {
            let many = branch.behind.len().max(1);
            let (place, broken) = ((COLUMNS[1], middle(row, many)), branch.neighbour.linked_since.is_none());
            picture.line(home, place, broken);
            let kind = if is_site(branch.neighbour.key, sites) { "site" } else { "hub" };
            picture.add(place, &branch.name, state(visit, branch.neighbour), kind);
            for (under, site) in branch.behind.iter().enumerate() {
                let far = (COLUMNS[2], middle(row + under, 1));
                picture.line(place, far, broken);
                picture.add(far, &site.name, visit.words("network-picture-behind", &[]), "site");
            }
            row += many;
        }
        for (under, site) in astray.iter().enumerate() {
            let far = (COLUMNS[2], middle(row + under, 1));
            picture.add(far, &site.name, visit.words("network-way-unknown", &[]), "astray");
        }
        picture.height = (row + astray.len()).max(1) as u32 * ROW;
        Some(picture)
    }

    fn add(&mut self, (x, y): (u32, u32), name: &str, says: String, kind: &'static str) {
        let label = match name.char_indices().nth(LETTERS) {
            Some((end, _)) => format!("{}…", name[..end].trim_end()),
            None => name.to_owned(),
        };
        self.nodes.push(Node { x, y, name: name.to_owned(), label, says, kind });
    }

    fn line(&mut self, from: (u32, u32), to: (u32, u32), broken: bool) {
        self.lines.push(Line { from, to, broken });
    }
}

/// The height of the middle of so many rows.
fn middle(first: usize, rows: usize) -> u32 {
    first as u32 * ROW + rows as u32 * ROW / 2
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
