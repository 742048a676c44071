//! What other sites say is taken in, envelope by envelope, in the order of the hub's log.
//!
//! Everything but the verdict on bids is written in one transaction; then bids are asked of the auctioneer, all at once.
//! Only after that the place moves: after a crash in between, the same is heard again, and nothing has a second effect.

mod bids;
mod kept;
mod listing;
mod rulings;
mod standing;

pub(crate) use rulings::word;

use crate::federation::Federation;
use crate::wire::{self, Body, Received, Site, SiteCard};
use auction::Time;
use hub::{Envelope, PublicKey};
use market::actions::GuestBid;
use market::{Refusal, Treatment};
use std::sync::Arc;
use store::sites::{self, Card, SiteId};
use store::{Tx, site};

/// How many envelopes are heard at a time.
const CHUNK: usize = 256;

/// What a site has said in one envelope.
struct Heard {
    /// Who signed it.
    from: PublicKey,
    envelope: Arc<Envelope>,
    /// Its messages that concern auctions; one or more.
    messages: Vec<Received>,
}

impl Heard {
    /// When it was signed.
    fn at(&self) -> Time {
        Time(i64::try_from(self.envelope.time().0).unwrap_or(i64::MAX))
    }
}

/// The site that speaks.
struct Speaker {
    key: PublicKey,
    /// Its number here.
    site: SiteId,
    /// When it signed what is heard.
    at: Time,
}

/// What taking a message in needs to know of this site.
#[derive(Clone)]
struct Here {
    key: PublicKey,
    sealing: crate::sealing::SealingSecret,
    now: Time,
}

/// What is to be done when everything is written.
#[derive(Default)]
struct Then {
    /// Auctions whose watchers are told.
    changed: Vec<i64>,
    /// Bids to be decided.
    bids: Vec<GuestBid>,
}

impl Federation {
    /// Hears what is new; gives how many envelopes that were.
    pub async fn hear(&self) -> Result<usize, Refusal> {
        let place = self.heard().await?;
        let read = self.0.carrier.read_after(place, CHUNK).await;
        let envelopes = read.map_err(crate::federation::log_failed)?;
        let Some((last, _)) = envelopes.last() else { return Ok(0) };
        let (fact, cursor) = self.cursor(*last);
        let heard: Vec<Heard> =
            envelopes.iter().filter_map(|(_, envelope)| self.understood(envelope)).collect();
        if !heard.is_empty() {
            self.take_in(heard).await?;
        }
        let moved = self.0.market.journal().write(move |tx| site::set_fact(tx, fact, &cursor));
        moved.await.map_err(Refusal::from)?;
        Ok(envelopes.len())
    }

    /// The messages of an envelope that concern auctions, if there are any. What is malformed is logged and passed over.
    fn understood(&self, envelope: &Arc<Envelope>) -> Option<Heard> {
        let from = envelope.stream().origin;
        let mut messages = Vec::new();
        for message in envelope.messages() {
            match wire::read(&message) {
                Ok(received) => messages.extend(received),
                Err(malformed) => {
                    tracing::warn!(site = %from, %malformed, "a message was passed over: {malformed}")
                }
            }
        }
        (!messages.is_empty()).then(|| Heard { from, envelope: envelope.clone(), messages })
    }

    async fn take_in(&self, heard: Vec<Heard>) -> Result<(), Refusal> {
        let market = &self.0.market;
        let here = Here { key: self.key(), sealing: self.0.secrets.sealing.clone(), now: market.now() };
        let written = market.journal().write(move |tx| {
            let mut then = Then::default();
            for envelope in &heard {
                hear_one(tx, &here, envelope, &mut then)?;
            }
            Ok::<_, Refusal>(then)
        });
        let Then { changed, bids } = written.await?;
        market.notices().changed(changed);
        let asked = bids.into_iter().map(|bid| market.guest_bid(bid));
        for answer in futures_util::future::join_all(asked).await {
            match answer {
                Ok(_) => {}
                // Nothing was decided; the same is asked again.
                Err(Refusal::Unknown) => return Err(Refusal::Unknown),
                Err(refusal @ (Refusal::Unavailable(_) | Refusal::Failed(_))) => return Err(refusal),
                Err(refusal) => tracing::info!(code = refusal.code(), "a bid from elsewhere was turned away"),
            }
        }
        Ok(())
    }
}

fn hear_one(tx: &mut Tx<'_>, here: &Here, heard: &Heard, then: &mut Then) -> Result<(), Refusal> {
    if heard.from == here.key {
        // What this site has said itself is known; it is heard as a receipt.
        return kept::keep(tx, here, heard);
    }
    let site = sites::heard(tx, heard.from.bytes(), heard.at())?;
    let treatment = sites::find(tx, site)?.map(|found| found.treatment);
    if treatment.as_deref() == Some(Treatment::Block.word()) {
        return Ok(());
    }
    let speaker = Speaker { key: heard.from, site, at: heard.at() };
    heard.messages.iter().try_for_each(|message| take_in(tx, here, &speaker, message, then))?;
    kept::keep(tx, here, heard)
}

fn take_in(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    message: &Received,
    then: &mut Then,
) -> Result<(), Refusal> {
    match &message.event.body {
        Body::Site(card) => Ok(set_card(tx, speaker.site, card)?),
        Body::Listing(listing) => listing::take_in(tx, here, speaker, listing, then),
        Body::Rulings(rulings) => rulings::take_in(tx, here, speaker, rulings, &message.data, then),
        Body::Bid(bid) if bid.origin == Site(here.key) => bids::take_in(tx, speaker, bid, then),
        Body::Pulse(pulse) => Ok(sites::pulsed(tx, speaker.site, pulse.at.into())?),
        // The rulings have told the rest already; these are for who checks an auction afterwards.
        Body::Bid(_) | Body::Closed(_) | Body::Opened(_) | Body::Withdrawn(_) | Body::Wanted(_) => Ok(()),
    }
}

fn set_card(tx: &mut Tx<'_>, site: SiteId, card: &SiteCard) -> Result<(), store::Error> {
    let card = Card {
        name: card.name.as_str(),
        address: card.address.as_ref().map_or("", |address| address.as_str()),
        contact: card.contact.as_str(),
        software: card.software.as_str(),
        policy: card.policy.as_str(),
        sealing_key: card.sealing_key.bytes(),
    };
    sites::set_card(tx, site, &card)
}
