//! What other sites say is taken in, envelope by envelope, in the order of the hub's log.
//!
//! Everything but the verdict on bids is written in one transaction; then bids are asked of the auctioneer, all at once.
//! Only after that the place moves: after a crash in between, the same is heard again, and nothing has a second effect.

mod bids;
mod kept;
mod listing;
mod own_bids;
mod passed;
mod pulse;
mod rulings;
mod standing;
mod wanted;

pub(crate) use rulings::word;

use crate::federation::Federation;
use crate::limits::{Counted, Limits};
use crate::sealing::SealingKey;
use crate::tell::Outcome;
use crate::wire::{self, Body, Received, Site, SiteCard};
use auction::Time;
use bids::Asked;
use hub::applications::carrier::Place;
use hub::{Envelope, PublicKey};
use market::{Refusal, Treatment};
use passed::{Passed, Reason};
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
    /// When it was signed, as far as that was before now.
    at: Time,
    /// Its messages that concern auctions.
    messages: Vec<Received>,
    /// What was not taken of them.
    passed: Vec<Reason>,
}

/// The site that speaks.
struct Speaker {
    key: PublicKey,
    /// Its number here.
    site: SiteId,
    /// When it signed what is heard.
    at: Time,
    /// What is meant for it alone is sealed to this key.
    sealing: Option<SealingKey>,
    treatment: Treatment,
}

/// What taking a message in needs to know of this site.
#[derive(Clone)]
struct Here {
    key: PublicKey,
    sealing: crate::sealing::SealingSecret,
    now: Time,
    limits: Limits,
}

/// What is to be done when everything is written.
#[derive(Default)]
struct Then {
    /// Auctions whose watchers are told.
    changed: Vec<i64>,
    /// Bids to be decided.
    bids: Vec<Asked>,
    /// What became of bids without asking anybody.
    outcomes: Vec<Outcome>,
    passed: Passed,
}

impl Federation {
    /// Hears what is new; gives how many envelopes that were.
    pub async fn hear(&self) -> Result<usize, Refusal> {
        let mut place = self.0.place.lock().await;
        let from = match *place {
            Some(known) => known,
            None => self.heard().await?,
        };
        let read = self.0.carrier.read_after(from, CHUNK).await;
        let envelopes = read.map_err(crate::federation::log_failed)?;
        let last = envelopes.last().map(|(last, _)| *last);
        let heard: Vec<Heard> =
            envelopes.iter().filter_map(|(_, envelope)| self.understood(envelope)).collect();
        if !heard.is_empty() {
            self.take_in(heard).await?;
        }
        if let Some(last) = last {
            self.move_on(last).await?;
        }
        *place = Some(last.unwrap_or(from));
        Ok(envelopes.len())
    }

    async fn move_on(&self, place: Place) -> Result<(), Refusal> {
        let (fact, cursor) = self.cursor(place);
        let moved = self.0.market.journal().write(move |tx| site::set_fact(tx, fact, &cursor));
        moved.await.map_err(Refusal::from)
    }

    /// The messages of an envelope that concern auctions, if there are any, without what is malformed or more than is taken
    /// of one site.
    fn understood(&self, envelope: &Arc<Envelope>) -> Option<Heard> {
        let from = envelope.stream().origin;
        let at = Time(i64::try_from(envelope.time().0).unwrap_or(i64::MAX));
        let (mut messages, mut passed) = (Vec::new(), Vec::new());
        for message in envelope.messages() {
            match wire::read(&message) {
                Ok(Some(received)) if self.is_too_much(from, &received.event.body, at) => {
                    passed.push(Reason::TooMany);
                }
                Ok(received) => messages.extend(received),
                Err(malformed) => {
                    tracing::debug!(site = %from, %malformed, "a message was passed over: {malformed}");
                    passed.push(Reason::Malformed);
                }
            }
        }
        let is_something = !messages.is_empty() || !passed.is_empty();
        // Nobody is heard from the future, whatever his clock says.
        let at = at.min(self.0.market.now());
        is_something.then_some(Heard { from, envelope: envelope.clone(), at, messages, passed })
    }

    fn is_too_much(&self, from: PublicKey, body: &Body, at: Time) -> bool {
        let here = Site(self.key());
        if from == self.key() {
            return false;
        }
        let counted = match body {
            Body::Listing(_) => Counted::Listing,
            Body::Bid(bid) if bid.origin == here => Counted::Bid,
            Body::Wanted(wanted) if wanted.origin == here => Counted::Question,
            _ => return false,
        };
        !self.0.gate.lets_in(from, counted, at)
    }

    async fn take_in(&self, heard: Vec<Heard>) -> Result<(), Refusal> {
        let market = &self.0.market;
        let here = Here {
            key: self.key(),
            sealing: self.0.secrets.sealing.clone(),
            now: market.now(),
            limits: self.0.gate.limits,
        };
        let written = market.journal().write(move |tx| {
            let mut then = Then::default();
            for envelope in &heard {
                hear_one(tx, &here, envelope, &mut then)?;
            }
            then.passed.write(tx, here.now)?;
            Ok::<_, Refusal>(then)
        });
        let Then { changed, bids, mut outcomes, passed } = written.await?;
        passed.log();
        market.notices().changed(changed);
        outcomes.extend(self.decide(bids).await?);
        self.tell_outcomes(outcomes).await
    }
}

fn hear_one(tx: &mut Tx<'_>, here: &Here, heard: &Heard, then: &mut Then) -> Result<(), Refusal> {
    if heard.from == here.key {
        // What this site has said itself is known; it is heard as a receipt.
        return kept::keep(tx, here, heard);
    }
    let site = sites::heard(tx, heard.from.bytes(), heard.at)?;
    let Some(found) = sites::find(tx, site)? else { return Ok(()) };
    let treatment = Treatment::of(&found);
    if treatment == Treatment::Block {
        let count = heard.messages.len() + heard.passed.len();
        (0..count).for_each(|_| then.passed.add(site, Reason::Blocked));
        return Ok(());
    }
    heard.passed.iter().for_each(|reason| then.passed.add(site, *reason));
    let sealing = found.sealing_key.map(SealingKey::new);
    let speaker = Speaker { key: heard.from, site, at: heard.at, sealing, treatment };
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
        Body::Verdict(verdict) if verdict.site == Site(here.key) => {
            own_bids::hear_verdict(tx, here, speaker, verdict, then)
        }
        Body::Bid(bid) if bid.origin == Site(here.key) => bids::take_in(tx, speaker, bid, then),
        Body::Pulse(pulse) => pulse::take_in(tx, here, speaker, pulse, then),
        Body::Wanted(wanted) if wanted.origin == Site(here.key) => wanted::take_in(tx, here, wanted),
        // What is for other sites; and the rulings have told the rest already, which is for who checks afterwards.
        Body::Verdict(_)
        | Body::Bid(_)
        | Body::Wanted(_)
        | Body::Closed(_)
        | Body::Opened(_)
        | Body::Withdrawn(_) => Ok(()),
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
