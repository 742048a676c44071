//! An auction and its history, as they go out.

use super::bid::SentShape;
use super::{amount, moment};
use crate::answer::progress_word;
use auction::{Format, Terms, Verdict};
use market::show::{AuctionPage, HistoryRow, Origin};
use serde::Serialize;
use utoipa::ToSchema;

/// An auction, as the caller may see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AuctionShape {
    /// Its number on this site.
    pub id: i64,
    /// Version of the listing: goes with every command.
    version: u32,
    /// One line.
    title: String,
    /// Plain text.
    description: String,
    /// Text added since, oldest first.
    additions: Vec<AdditionShape>,
    /// The seller's name.
    seller: String,
    /// ascending, sealed_first_price, sealed_second_price, descending or reverse.
    format: &'static str,
    /// What all amounts are in.
    currency: String,
    /// unpublished, scheduled, open, closing, sold, unsold or withdrawn.
    state: &'static str,
    /// The price; null before the first offer and in sealed auctions before the close.
    price: Option<String>,
    /// The least (reverse: the most) next offer of anybody who does not lead.
    next_offer: Option<String>,
    /// How many offers stand.
    offers: u32,
    /// "met" or "not_met"; null without a reserve.
    reserve: Option<&'static str>,
    /// The start price.
    start_price: String,
    /// The buy-now price while it is to be had.
    buy_now: Option<String>,
    /// The clock of a descending auction.
    clock: Option<ClockShape>,
    /// The soft close; null for a hard one.
    extension: Option<ExtensionShape>,
    /// What an offer must add, by price.
    steps: Vec<StepShape>,
    /// First moment at which offers are taken.
    opens_at: String,
    /// First moment at which they are no longer, as extended so far.
    ends_at: String,
    /// The same without extensions.
    scheduled_end: String,
    /// The invented name of who leads or has won.
    leader: Option<String>,
    /// How often an outage of the site has moved the end.
    postponed: u32,
    /// Grows with every bid.
    pub last_entry: u32,
    /// When this was true, by the site's clock.
    now: String,
    /// The site whose auction it is, and which alone decides; null for this one.
    origin: Option<OriginShape>,
    /// What concerns only the caller; null for strangers.
    own: Option<OwnShape>,
}

/// The site of an auction of another site.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct OriginShape {
    /// What it calls itself.
    name: String,
    /// Its public address; may be empty.
    address: String,
    /// Its key.
    key: String,
    /// The auction's number there.
    auction: i64,
    /// When it was last heard.
    last_heard: String,
    /// When it last confirmed what is shown.
    confirmed_at: String,
    /// Whether it is there: there, out_of_reach, or lost after two weeks of silence.
    reach: &'static str,
    /// Whether bids may be sent to it.
    takes_bids: bool,
}

/// Text that was added.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct AdditionShape {
    at: String,
    text: String,
}

/// The clock of a descending auction.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct ClockShape {
    /// By how much the price falls.
    step: String,
    /// How long each price holds.
    interval_seconds: i64,
    /// Where it stops.
    floor: String,
}

/// The soft close.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(in super::super) struct ExtensionShape {
    /// A change this close to the end moves the end to this long after it.
    window_seconds: i64,
    /// Never further than this beyond the scheduled end.
    cap_seconds: i64,
}

/// From this price on, an offer adds at least this step.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct StepShape {
    from: String,
    step: String,
}

/// What concerns only the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct OwnShape {
    /// The caller sells it.
    selling: bool,
    /// The caller leads or has won.
    leading: bool,
    /// The caller's own limit or last offer.
    limit: Option<String>,
    /// What the caller had offered, where the seller's lowering of the reserve has cut it down to the limit.
    cut_from: Option<String>,
    /// The caller's invented name here.
    name: Option<String>,
    /// The caller's next offer must be at least (reverse: at most) this.
    next_offer: Option<String>,
    /// The reserve, for the seller only.
    reserve: Option<String>,
    /// The seller may accept the leader below the reserve.
    may_accept: bool,
    /// The other side of a sale, for seller and winner.
    other: Option<OtherShape>,
    /// The caller's bids that went to the site of the auction, newest first.
    sent: Vec<SentShape>,
}

/// The other side of a sale.
#[derive(Clone, Debug, Serialize, ToSchema)]
struct OtherShape {
    name: String,
    email: String,
}

const MICROSECONDS: i64 = 1_000_000;

impl AuctionShape {
    /// An auction as seen by somebody who is signed in, or by a stranger.
    pub fn new(page: &AuctionPage, signed_in: bool) -> AuctionShape {
        let (terms, shown) = (&page.terms, &page.shown);
        let currency = terms.currency;
        let additions = page.words.additions.iter();
        AuctionShape {
            id: page.id,
            version: page.version,
            title: page.words.title.clone(),
            description: page.words.description.clone(),
            additions: additions
                .map(|(at, text)| AdditionShape { at: moment(*at), text: text.clone() })
                .collect(),
            seller: page.seller.clone(),
            format: store::encoding::format_word(&terms.format),
            currency: currency.code().to_owned(),
            state: progress_word(shown.progress),
            price: amount(shown.price, currency),
            next_offer: amount(shown.next_offer, currency),
            offers: shown.offers,
            reserve: shown.reserve_met.map(|met| if met { "met" } else { "not_met" }),
            start_price: currency.write(terms.start_price),
            buy_now: amount(shown.buy_now, currency),
            clock: clock(terms),
            extension: terms.extension.filter(|_| terms.has_ladder()).map(|extension| ExtensionShape {
                window_seconds: extension.window.0 / MICROSECONDS,
                cap_seconds: extension.cap.0 / MICROSECONDS,
            }),
            steps: steps(terms),
            opens_at: moment(terms.opens_at),
            ends_at: moment(shown.ends_at),
            scheduled_end: moment(terms.ends_at),
            leader: page.leader.clone(),
            postponed: shown.postponed,
            last_entry: page.last_entry,
            now: moment(page.at),
            origin: page.origin.as_ref().map(origin),
            own: signed_in.then(|| own(page)),
        }
    }

    /// Differs whenever what strangers see differs: the last entry, the version, where it is, and the price,
    /// which on a clock falls by itself; of an auction of another site how fresh that is.
    pub fn event_id(&self) -> String {
        let price = self.price.as_deref().unwrap_or("-");
        let id = format!("{}-{}-{}-{price}", self.last_entry, self.version, self.state);
        match &self.origin {
            Some(origin) => format!("{id}-{}-{}", origin.reach, origin.confirmed_at),
            None => id,
        }
    }
}

fn own(page: &AuctionPage) -> OwnShape {
    let (own, currency) = (&page.own, page.terms.currency);
    OwnShape {
        selling: own.selling,
        leading: own.leading,
        limit: amount(own.limit, currency),
        cut_from: amount(own.cut_from, currency),
        name: own.name.clone(),
        next_offer: amount(own.next_offer, currency),
        reserve: amount(page.terms.reserve, currency),
        may_accept: own.may_accept,
        other: own.other.clone().map(|(name, email)| OtherShape { name, email }),
        sent: own.sent.iter().map(SentShape::from).collect(),
    }
}

fn origin(origin: &Origin) -> OriginShape {
    OriginShape {
        name: origin.name.clone(),
        address: origin.address.clone(),
        key: origin.key.clone(),
        auction: origin.auction,
        last_heard: moment(origin.last_heard),
        confirmed_at: moment(origin.confirmed),
        reach: origin.reach.word(),
        takes_bids: origin.takes_bids,
    }
}

fn clock(terms: &Terms) -> Option<ClockShape> {
    let Format::Descending(clock) = terms.format else { return None };
    Some(ClockShape {
        step: terms.currency.write(clock.step),
        interval_seconds: clock.interval.0 / MICROSECONDS,
        floor: terms.currency.write(clock.floor),
    })
}

fn steps(terms: &Terms) -> Vec<StepShape> {
    let rows = terms.steps.rows().iter().filter(|_| terms.has_ladder());
    let write = |amount| terms.currency.write(amount);
    rows.map(|row| StepShape { from: write(row.from), step: write(row.step) }).collect()
}

/// When the site was away.
#[derive(Debug, Serialize, ToSchema)]
struct AwayShape {
    /// Its last sign of life before.
    from: String,
    /// Its first one after.
    to: String,
}

/// An entry of the history, as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct EntryShape {
    /// Its number.
    number: u32,
    /// When it arrived.
    at: String,
    /// offer, take, buy_now, retract, cancel, lower_reserve, end_early, withdraw, accept, close or postpone.
    what: &'static str,
    /// The invented name of the bidder concerned.
    bidder: Option<String>,
    /// The amount, where the caller may see it.
    amount: Option<String>,
    /// The price after it.
    price: Option<String>,
    /// The invented name of who led after it.
    leader: Option<String>,
    /// The end after it.
    ends_at: String,
    /// Why, where that concerns the caller.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When the site was away, where that moved the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    away: Option<AwayShape>,
    /// The code of the refusal. Refused entries are seen by who was refused only.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<&'static str>,
}

impl EntryShape {
    /// An entry of an auction in this currency.
    pub(in super::super) fn new(row: HistoryRow, currency: auction::Currency) -> EntryShape {
        EntryShape {
            number: row.entry.number,
            at: moment(row.entry.at),
            what: row.entry.what,
            bidder: row.who,
            amount: amount(row.entry.amount, currency),
            price: amount(row.entry.price, currency),
            leader: row.leader,
            ends_at: moment(row.entry.ends_at),
            reason: row.entry.reason.map(String::from),
            away: row.entry.away.map(|(from, to)| AwayShape { from: moment(from), to: moment(to) }),
            refusal: match row.entry.verdict {
                Verdict::Accepted => None,
                Verdict::Refused(refusal) => Some(refusal.code()),
            },
        }
    }
}
