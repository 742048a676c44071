//! What a letter says, looked up when it leaves.

use super::Kind;
use crate::{Refusal, secret};
use auction::{Amount, Currency, Outcome, Phase, Progress, Time};
use store::letters::Waiting;
use store::people::Account;
use store::{Tx, bidders, keys, listings, people};

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
    },
}

/// The letter, or `None` if it is no longer true.
pub(super) fn compose(tx: &mut Tx<'_>, waiting: &Waiting, now: Time) -> Result<Option<Letter>, Refusal> {
    let (Some(kind), Some(account)) = (Kind::of(&waiting.kind), people::find(tx, waiting.person)?) else {
        return Ok(None);
    };
    let content = match (waiting.auction, &waiting.secret) {
        (Some(auction), _) => about_auction(tx, kind, &account, auction, now)?,
        // One that was used, replaced or is too old by now would only lead to a refusal.
        (None, Some(secret)) => keys::link_works(tx, &secret::hash(secret), kind.word(), now)?
            .then(|| Content::Link(secret.clone())),
        (None, None) => None,
    };
    Ok(content.map(|content| Letter {
        message_id: waiting.message_id.clone(),
        kind,
        address: account.email,
        name: account.name,
        language: account.language,
        written_at: waiting.created_at,
        content,
    }))
}

fn stands(tx: &mut Tx<'_>, auction: i64, who: &Account) -> Result<bool, Refusal> {
    Ok(bidders::find(tx, auction, who.person)?.is_some_and(|stored| stored.bidder.standing))
}

fn about_auction(
    tx: &mut Tx<'_>,
    kind: Kind,
    to: &Account,
    id: i64,
    now: Time,
) -> Result<Option<Content>, Refusal> {
    let Some(listed) = listings::one(tx, id)? else { return Ok(None) };
    let auction = &listed.stored.auction;
    let standing = &auction.standing;
    let leads = standing.leader.is_some_and(|leader| leader.person == to.person);
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
        (Kind::Sold, Some((winner, _))) => people::find(tx, winner)?,
        (Kind::Won, Some(_)) => people::find(tx, auction.seller)?,
        _ => None,
    };
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
        other: other.map(|account| (account.name, account.email)),
    }))
}
