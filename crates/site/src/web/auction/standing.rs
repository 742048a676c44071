//! What concerns the viewer: leading, outbid, won, sold.

use super::super::visit::Visit;
use super::super::written;
use auction::{Amount, Format, Outcome, Progress};
use market::show::AuctionPage;

/// What concerns the viewer.
pub(super) struct Standing {
    /// How the viewer stands: none, leading, outbid, or something that live updates do not change.
    pub(super) state: &'static str,
    /// The viewer's invented name, by which live updates know who leads.
    pub(super) name: Option<String>,
    /// What is said, by the state in which it is true.
    pub(super) notices: Vec<(&'static str, String)>,
    /// That a lowered reserve has cut the own limit, for as long as the viewer leads.
    pub(super) cut: Option<String>,
    /// The winner's address is about to be opened.
    pub(super) soon: Option<String>,
    /// Name and mail address of the other side of a sale.
    pub(super) other: Option<(String, String)>,
}

impl Standing {
    pub(super) fn new(visit: &Visit, seen: &AuctionPage) -> Standing {
        let state = state(seen);
        let states: &[&str] = match state {
            // Live updates turn one into the other.
            "leading" | "outbid" => &["leading", "outbid"],
            _ => &[state],
        };
        let notices = states.iter().filter_map(|state| Some((*state, say(visit, seen, state)?)));
        Standing {
            state,
            name: seen.own.name.clone(),
            notices: notices.collect(),
            cut: seen.own.cut_from.filter(|_| state == "leading").map(|from| say_cut(visit, seen, from)),
            soon: (state == "sold" && seen.own.other.is_none()).then(|| visit.words("own-contact-soon", &[])),
            other: seen.own.other.clone(),
        }
    }
}

impl Standing {
    /// Whether this is how the viewer stands.
    pub(super) fn is(&self, state: &str) -> bool {
        self.state == state
    }
}

fn state(seen: &AuctionPage) -> &'static str {
    let (own, shown) = (&seen.own, &seen.shown);
    let sold = matches!(shown.outcome, Some(Outcome::Sold { .. }));
    let open = matches!(shown.progress, Progress::Open | Progress::Closing);
    match own.limit {
        _ if own.selling && sold => "sold",
        _ if own.may_accept => "may-accept",
        _ if own.selling => "selling",
        _ if own.leading && sold => "won",
        None => "none",
        Some(_) if shown.outcome.is_some() => "lost",
        Some(_) if open && seen.terms.is_sealed() => "sealed",
        Some(_) if open && own.leading => "leading",
        Some(_) if open => "outbid",
        Some(_) => "none",
    }
}

fn say(visit: &Visit, seen: &AuctionPage, state: &str) -> Option<String> {
    let amount = |amount: Amount| written::amount(amount, seen.terms.currency);
    let price = match seen.shown.outcome {
        Some(Outcome::Sold { price, .. }) => Some(price),
        _ => seen.shown.price,
    };
    let reverse = if seen.terms.format == Format::Reverse { "reverse" } else { "forward" };
    let values = [
        ("limit", seen.own.limit.map_or_else(String::new, amount).into()),
        ("price", price.map_or_else(String::new, amount).into()),
        ("side", reverse.into()),
    ];
    (state != "none").then(|| visit.words(&format!("own-{state}"), &values))
}

fn say_cut(visit: &Visit, seen: &AuctionPage, from: Amount) -> String {
    let amount = |amount: Amount| written::amount(amount, seen.terms.currency);
    let limit = seen.own.limit.map_or_else(String::new, amount);
    visit.words("own-cut", &[("from", amount(from).into()), ("limit", limit.into())])
}
