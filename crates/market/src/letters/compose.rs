//! What a letter says, looked up when it leaves.

mod elsewhere;
mod recipient;

use super::Kind;
use crate::show::{contact, guest_site};
use crate::winner_link::{GOOD_FOR, WinnerLink};
use crate::{Refusal, secret};
use auction::{Amount, Currency, Outcome, Person, Phase, Progress, Time};
use recipient::Recipient;
use store::letters::Waiting;
use store::{Tx, bidders, guest_winners, keys, listings};

/// A letter that is ready to be put into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Stable for ever: a letter sent twice has the same.
    pub message_id: String,
    /// Its kind.
    pub kind: Kind,
    /// Mail address of whom it goes to.
    pub address: String,
    /// Shown name of whom it goes to.
    pub name: String,
    /// Their language.
    pub language: String,
    /// When it was written down.
    pub written_at: Time,
    /// What it says.
    pub content: Content,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A one-time link to confirm or to reset, by its secret.
    Link(String),
    /// About an auction.
    Auction {
        /// Its number.
        id: i64,
        /// Its title.
        title: String,
        /// What amounts are in.
        currency: Currency,
        /// The price, if there is one.
        price: Option<Amount>,
        /// Offers stand. Of a sealed auction that was not sold no price tells.
        has_offers: bool,
        /// When it ends or ended.
        ends_at: Time,
        /// Somebody offered, but below the reserve: the seller may accept.
        may_accept: bool,
        /// Name and mail address of the other side of a sale.
        other: Option<(String, String)>,
        /// The site whose auction it is; none for one of this site.
        origin: Option<String>,
        /// What a winner of another site needs.
        guest: Option<GuestLetter>,
    },
}

/// What a winner of another site needs, who has no account here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuestLetter {
    /// What the winner's own site is called.
    pub site: String,
    /// Opens the page of the sale.
    pub link: WinnerLink,
}

/// The letter, or `None` if it is no longer true.
pub(super) fn compose(tx: &mut Tx<'_>, waiting: &Waiting, now: Time) -> Result<Option<Letter>, Refusal> {
    let (Some(kind), Some(to)) = (Kind::of(&waiting.kind), Recipient::of(tx, waiting)?) else {
        return Ok(None);
    };
    let content = match (waiting.auction, &waiting.secret) {
        (Some(auction), _) => about_auction(tx, kind, to.person, auction, now)?,
        // One that was used, replaced or is too old by now would only lead to a refusal.
        (None, Some(secret)) => keys::link_works(tx, &secret::hash(secret), kind.word(), now)?
            .then(|| Content::Link(secret.clone())),
        (None, None) => None,
    };
    Ok(content.map(|content| Letter {
        message_id: waiting.message_id.clone(),
        kind,
        address: to.address,
        name: to.name,
        language: to.language,
        written_at: waiting.created_at,
        content,
    }))
}

fn stands(tx: &mut Tx<'_>, auction: i64, who: Person) -> Result<bool, Refusal> {
    Ok(bidders::find(tx, auction, who)?.is_some_and(|stored| stored.bidder.standing))
}

fn about_auction(
    tx: &mut Tx<'_>,
    kind: Kind,
    to: Person,
    id: i64,
    now: Time,
) -> Result<Option<Content>, Refusal> {
    let Some(listed) = listings::one(tx, id)? else { return elsewhere::outbid(tx, to, id, now) };
    let auction = &listed.stored.auction;
    let standing = &auction.standing;
    let leads = standing.leader.is_some_and(|leader| leader.person == to);
    let sale = match standing.phase {
        Phase::Closed { outcome: Outcome::Sold { winner, price }, .. } => Some((winner, price)),
        _ => None,
    };
    let still_true = match kind {
        // Whose offers were all taken away meanwhile has nothing that could be outbid.
        Kind::Outbid => !leads && auction.progress(now) == Progress::Open && stands(tx, id, to)?,
        // The seller has accepted the leader since.
        Kind::NotSold => sale.is_none(),
        _ => true,
    };
    if !still_true {
        return Ok(None);
    }
    let other = match (kind, sale) {
        (Kind::Sold, Some((winner, _))) => contact(tx, id, winner)?,
        (Kind::Won, Some(_)) => contact(tx, id, auction.seller)?,
        _ => None,
    };
    let guest = if kind == Kind::Won { guest_letter(tx, id, to)? } else { None };
    Ok(Some(Content::Auction {
        id,
        title: listed.title,
        currency: auction.terms.currency,
        price: sale.map(|(_, price)| price).or(standing.price),
        has_offers: standing.offers > 0,
        ends_at: match standing.phase {
            Phase::Closed { at, .. } => at,
            _ => standing.ends_at,
        },
        may_accept: kind == Kind::NotSold && standing.leader.is_some(),
        other,
        origin: None,
        guest,
    }))
}

/// None for an account of this site.
fn guest_letter(tx: &mut Tx<'_>, auction: i64, to: Person) -> Result<Option<GuestLetter>, Refusal> {
    let Some(winner) = guest_winners::find(tx, auction)?.filter(|winner| winner.person == to) else {
        return Ok(None);
    };
    let Some(site) = guest_site(tx, to)? else { return Ok(None) };
    let link = WinnerLink::sign(tx, auction, to, winner.opened_at + GOOD_FOR)?;
    Ok(link.map(|link| GuestLetter { site, link }))
}
