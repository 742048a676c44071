//! Somebody lists an item.

mod draft_terms;

use super::once::Once;
use super::tell_network::tell_network;
use crate::{FieldProblem, Identity, Market, Refusal, Scope};
use auction::{Auction, CommandId, Phase, Span, Time};
use store::{auctions, listings};

/// When an auction opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// As soon as it is published.
    Now,
    /// At a planned moment.
    At(Time),
}

/// When it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// So long after the opening.
    After(Span),
    /// At a moment.
    At(Time),
    /// When the clock of a descending auction has run down.
    ByClock,
}

/// An item with its terms, as it comes through a door. Amounts are decimal text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListItem {
    /// One line, at most 120 characters.
    pub title: String,
    /// Plain text, at most 20,000 characters.
    pub description: String,
    /// The word of the format.
    pub format: String,
    /// Currency code; empty for the site's default.
    pub currency: String,
    /// Start price.
    pub start_price: String,
    /// Hidden reserve.
    pub reserve: Option<String>,
    /// Buy-now price.
    pub buy_now: Option<String>,
    /// By how much a descending clock falls.
    pub clock_step: Option<String>,
    /// How long each of its prices holds.
    pub clock_interval: Option<Span>,
    /// Where it stops.
    pub clock_floor: Option<String>,
    /// When it opens.
    pub opening: Opening,
    /// When it ends.
    pub ending: Ending,
    /// Window of the soft close; none for the site's default, zero for a hard close.
    pub extension_window: Option<Span>,
    /// Cap of the soft close; none for the site's default.
    pub extension_cap: Option<Span>,
    /// Keep it as a draft.
    pub draft: bool,
}

/// Longest title, in characters.
const TITLE_LONGEST: usize = 120;

/// Longest description, in characters.
const DESCRIPTION_LONGEST: usize = 20_000;

impl ListItem {
    /// Title and description as they are kept, with what is wrong with them.
    pub(super) fn words(&self, problems: &mut Vec<FieldProblem>) -> (String, String) {
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut note = |field, problem| problems.push(FieldProblem { field, problem });
        match title.chars().count() {
            0 => note("title", "missing"),
            n if n > TITLE_LONGEST => note("title", "too_long"),
            _ if title.chars().any(char::is_control) => note("title", "control_characters"),
            _ => {}
        }
        if self.description.chars().count() > DESCRIPTION_LONGEST {
            note("description", "too_long");
        }
        (title, plain(&self.description))
    }
}

/// A text of several lines without other control characters.
pub(super) fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

impl Market {
    /// Lists an item; gives the auction's number. It opens at once, waits for its start or for a moderator, or
    /// stays a draft.
    pub async fn list_item(&self, who: &Identity, id: CommandId, item: ListItem) -> Result<i64, Refusal> {
        who.require_active(Scope::Sell)?;
        let now = self.clock.now();
        let mut problems = Vec::new();
        let (title, description) = item.words(&mut problems);
        let once = Once::new(who.person, id, &format!("list {item:?}"), now);
        let terms = match draft_terms::terms(&item, self.policy(), now, None, problems) {
            Ok(terms) => terms,
            // A planned start may have passed since the same was asked before.
            Err(refusal) => return self.read(move |tx| once.answer(tx)?.ok_or(refusal)).await,
        };
        let auction = Auction::new(who.person, terms, self.first_phase(item.draft));
        let networked = self.policy.networked;
        let listed = self.write(move |tx| {
            once.run(tx, |tx| {
                let id = auctions::insert(tx, &auction, now)?;
                listings::insert(tx, id, &title, &description)?;
                tell_network(tx, networked, id, &auction, now)?;
                Ok(id)
            })
        });
        let id = listed.await?;
        self.notices.changed(vec![id]);
        Ok(id)
    }

    /// Where a new listing begins.
    pub(super) fn first_phase(&self, draft: bool) -> Phase {
        match (draft, self.policy.approval) {
            (true, _) => Phase::Draft,
            (false, true) => Phase::AwaitingApproval,
            (false, false) => Phase::Published,
        }
    }
}

pub(super) use draft_terms::terms;
