//! What became of a bid is told to its site alone, where no ruling tells it.

use super::write_down;
use crate::federation::Federation;
use crate::sealing::{Code, CodeAad, SealingKey};
use crate::secrets::random;
use crate::wire::{BidId, Body, Line, Site, Verdict};
use auction::{CommandId, Person, Span, Time};
use hub::PublicKey;
use market::Refusal;
use market::actions::GuestBid;
use store::{Tx, guest_bids};

/// Of one bid a site is told no more often. It waits longer before it asks again.
const PAUSE: Span = Span::seconds(20);

/// A bid, and the site that is told.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bidding {
    /// Whose bid it is.
    pub(crate) site: PublicKey,
    /// What is meant for that site is sealed to this key; none before it has introduced itself.
    pub(crate) sealing: Option<SealingKey>,
    /// The auction, as the bid names it.
    pub(crate) auction: u64,
    /// The bid.
    pub(crate) bid: BidId,
}

/// What became of a bid.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    bidding: Bidding,
    /// Auction, bidder and command, if it got so far.
    kept: Option<(i64, Person, CommandId)>,
    /// The number of its entry.
    entry: Option<u32>,
    /// The stable code, and the amount that goes with it.
    refusal: Option<(String, Option<i64>)>,
}

impl Outcome {
    /// It was refused before it was an entry.
    pub(crate) fn turned_away(
        bidding: Bidding,
        bid: Option<&GuestBid>,
        code: String,
        data: Option<i64>,
    ) -> Outcome {
        let kept = bid.map(|bid| (bid.auction, bid.guest, bid.bid));
        Outcome { bidding, kept, entry: None, refusal: Some((code, data)) }
    }

    /// It was decided before, and is asked again.
    pub(crate) fn decided(
        bidding: Bidding,
        bid: &GuestBid,
        entry: u32,
        refusal: Option<(String, Option<i64>)>,
    ) -> Outcome {
        Outcome { bidding, kept: Some((bid.auction, bid.guest, bid.bid)), entry: Some(entry), refusal }
    }
}

impl Federation {
    /// Writes down what became of bids, and keeps why they were turned away: whoever asks again is told the same.
    pub(crate) async fn tell_outcomes(&self, outcomes: Vec<Outcome>) -> Result<(), Refusal> {
        if outcomes.is_empty() {
            return Ok(());
        }
        let market = self.market();
        let (here, now) = (Site(self.key()), market.now());
        let told: Vec<(Outcome, [u8; 32])> =
            outcomes.into_iter().map(|outcome| (outcome, random(market.chance()))).collect();
        let changed: Vec<i64> =
            told.iter().filter_map(|(outcome, _)| outcome.kept.map(|kept| kept.0)).collect();
        let written = market.journal().write(move |tx| {
            told.iter().try_for_each(|(outcome, random)| tell(tx, here, outcome, *random, now))
        });
        written.await?;
        // Whoever sends what is written looks at once.
        market.notices().changed(changed);
        Ok(())
    }
}

fn tell(tx: &mut Tx<'_>, here: Site, outcome: &Outcome, random: [u8; 32], now: Time) -> Result<(), Refusal> {
    if let Some((auction, guest, command)) = outcome.kept {
        if let (None, Some(refusal)) = (outcome.entry, &outcome.refusal) {
            guest_bids::turn_away(tx, auction, guest, command, refusal)?;
        }
        if !guest_bids::tell(tx, auction, guest, command, now - PAUSE, now)? {
            return Ok(());
        }
    }
    let Bidding { site, sealing, auction, bid } = outcome.bidding;
    let code = outcome.refusal.as_ref().map(|(code, amount)| Code {
        code: Some(Line::cut(code)),
        amount: *amount,
        ..Code::default()
    });
    let aad = CodeAad { origin: here, auction, n: outcome.entry.unwrap_or(0), bid: Some(bid) };
    // A site that gave no usable key learns the verdict, and not why.
    let code = code.zip(sealing).and_then(|(code, key)| code.seal(&key, &aad, random).ok());
    let (n, accepted) = (outcome.entry, outcome.refusal.is_none());
    let told = Verdict { site: Site(site), auction, bid, n, accepted, code };
    let event = format!("verdict-{bid}-{}", now.0);
    write_down(tx, None, &event, Body::Verdict(told), 0, now).map(drop)
}
