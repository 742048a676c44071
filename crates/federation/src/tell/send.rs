//! Bids of people of this site go, sealed, to the sites that decide.

use super::event;
use crate::federation::Federation;
use crate::sealing::{BidAad, Contact, Offer, SealingKey};
use crate::secrets::random;
use crate::wire::{Bid, BidId, Body, Hash, Kind, Line, Money, Site};
use crate::{commitment, pseudonym};
use auction::{Span, Time};
use hub::{Message, PublicKey};
use market::Refusal;
use store::people::Account;
use store::replicas::Replica;
use store::sent_bids::{self, Sent};
use store::sites::Site as StoredSite;
use store::{Tx, people, replicas, sites};

/// How many bids go at a time: each is some 3 KiB, and an envelope holds 64.
const CHUNK: usize = 16;

/// A bid is sent at most so often, the last time about an hour after the first.
const TIMES_MOST: u32 = 8;

/// So long its site has to rule on it.
const FIRST_PAUSE: Span = Span::seconds(30);

/// A bid with everything that it is made of.
struct Leaving {
    sent: Sent,
    replica: Replica,
    site: StoredSite,
    account: Account,
}

impl Federation {
    /// Sends what was bid, and again what its site could have ruled on and has not; gives how many bids that were. If the
    /// process dies in between, the same bids go twice, under the same ids.
    pub async fn send_bids(&self) -> Result<usize, Refusal> {
        let now = self.0.market.now();
        let leaving = self.0.market.read(move |tx| leaving(tx, now)).await?;
        if leaving.is_empty() {
            return Ok(0);
        }
        let messages: Result<Vec<Message>, Refusal> = leaving.iter().map(|next| self.sealed(next)).collect();
        self.hand_over(messages?, 0).await?;
        let left: Vec<_> = leaving.iter().map(|next| (next.sent.id, again(next.sent.times, now))).collect();
        let count = left.len();
        let noted = self
            .0
            .market
            .journal()
            .write(move |tx| left.iter().try_for_each(|(id, again)| sent_bids::left(tx, *id, *again)));
        noted.await.map_err(Refusal::from)?;
        Ok(count)
    }

    fn sealed(&self, leaving: &Leaving) -> Result<Message, Refusal> {
        let Leaving { sent, replica, site, account } = leaving;
        let origin =
            Site(PublicKey::new(site.key).map_err(|_| Refusal::Failed("a site without a key".into()))?);
        let auction = replica.remote.cast_unsigned();
        let amount = Money::try_from(sent.amount).map_err(|error| super::unwritable(&error))?;
        let (bid, salt) = (BidId(sent.bid), Hash(sent.salt));
        let commitment = commitment::offer(origin, auction, bid, amount, salt);
        let (version, number, from) = (sent.version, sent.number, Site(self.key()));
        let aad = BidAad { origin, auction, version, site: from, bid, number, commitment };
        let to = SealingKey::new(replica.listing.sealing_key);
        let person = sent.person.0.cast_unsigned();
        let offer = Offer {
            amount,
            salt,
            pseudonym: pseudonym::pseudonym(&self.0.secrets.pseudonyms, origin, person),
            address: pseudonym::address(&to, &account.email),
        };
        let contact = Contact {
            name: Line::cut(&account.name),
            email: Line::cut(&account.email),
            language: Line::cut(&account.language),
        };
        let chance = self.0.market.chance();
        let unusable = |error| super::unwritable(&error);
        let body = Bid {
            origin,
            auction,
            version,
            bid,
            kind: kind(&sent.kind),
            number,
            commitment,
            offer: offer.seal(&to, &aad, random(chance)).map_err(unusable)?,
            contact: contact.seal(&to, &aad, random(chance)).map_err(unusable)?,
        };
        Ok(event(&format!("bid-{bid}"), Body::Bid(Box::new(body)))?.message)
    }
}

/// When a bid that was sent so often before may be sent again: after half a minute, then after pauses that double.
fn again(times: u32, now: Time) -> Option<Time> {
    (times + 1 < TIMES_MOST).then(|| now + Span(FIRST_PAUSE.0 << times))
}

/// The next bids, with what they are made of.
fn leaving(tx: &mut Tx<'_>, now: Time) -> Result<Vec<Leaving>, Refusal> {
    let mut leaving = Vec::new();
    for sent in sent_bids::due(tx, now, CHUNK)? {
        let missing = || Refusal::Failed(format!("bid {} lacks its auction, site or person", sent.id));
        let replica = replicas::find(tx, sent.replica)?.ok_or_else(missing)?;
        let site = sites::find(tx, replica.site)?.ok_or_else(missing)?;
        let account = people::find(tx, sent.person)?.ok_or_else(missing)?;
        leaving.push(Leaving { sent, replica, site, account });
    }
    Ok(leaving)
}

/// The kind on the wire of a stored word.
fn kind(word: &str) -> Kind {
    match word {
        "take" => Kind::Take,
        "buy_now" => Kind::Buy,
        _ => Kind::Offer,
    }
}
