//! Reads the entries and writes down the letters that they make due.

use super::Kind;
use crate::{Market, Refusal};
use auction::{Outcome, Person, Phase, Span, Time};
use std::collections::HashMap;
use store::entries::{self, News};
use store::replicas::{self, ReplicaNews};
use store::{Tx, auctions, guests, letters};

/// The position of this reader.
const READER: &str = "letters";

/// The position of the one that reads decisions of other sites.
const READER_ELSEWHERE: &str = "letters_elsewhere";

/// How many entries are read at a time.
const CHUNK: usize = 4096;

/// Remembers for whom an outbid letter waits, so that a bidding war asks the store seldom. Forgetting it does no
/// harm: the store knows.
#[derive(Debug, Default)]
pub struct NewsReader {
    waiting: HashMap<(i64, Person), Time>,
}

/// A change of the lead.
struct Lead {
    auction: i64,
    /// Who lost it to an offer.
    displaced: Option<Person>,
    /// Who has it.
    leader: Option<Person>,
}

/// A letter that is due, before it has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Due {
    kind: Kind,
    person: Person,
    auction: i64,
    at: Time,
}

impl Market {
    /// Reads what is new and writes the letters that it makes due, in the transaction that moves the position.
    /// Gives how many entries were read; less than a full chunk means that there is nothing more.
    pub async fn read_news(&self, reader: &mut NewsReader) -> Result<usize, Refusal> {
        let (now, silence) = (self.clock.now(), self.policy.outbid_silence);
        let networked = self.policy.networked;
        let Chunk { from, news, ended } = self.read(move |tx| read_chunk(tx, networked, now)).await?;
        let Some(last) = news.last().map(|news| news.sequence) else { return Ok(0) };
        let leads = news.iter().map(|news| Lead {
            auction: news.auction,
            displaced: news.displaced,
            leader: news.leader,
        });
        let outbid = reader.outbid(&leads.collect::<Vec<_>>(), now);
        let mut due = self.read(move |tx| outbid_letters(tx, &outbid, now, silence)).await?;
        let waiting: Vec<_> = due.iter().map(|due| ((due.auction, due.person), due.at)).collect();
        due.extend(ended);
        self.write_down(READER, from, last, due, now).await?;
        reader.waiting.extend(waiting);
        Ok(news.len())
    }

    /// Reads what other sites have newly decided, and writes the letters to people of this site that it makes due. Gives
    /// how many decisions were read.
    pub async fn read_news_elsewhere(&self, reader: &mut NewsReader) -> Result<usize, Refusal> {
        let (now, silence) = (self.clock.now(), self.policy.outbid_silence);
        let (from, news, leads) = self.read(read_elsewhere).await?;
        let Some(last) = news.last().map(|news| news.sequence) else { return Ok(0) };
        let outbid = reader.outbid(&leads, now);
        let due = self.read(move |tx| outbid_letters(tx, &outbid, now, silence)).await?;
        let waiting: Vec<_> = due.iter().map(|due| ((due.auction, due.person), due.at)).collect();
        self.write_down(READER_ELSEWHERE, from, last, due, now).await?;
        reader.waiting.extend(waiting);
        Ok(news.len())
    }

    async fn write_down(
        &self,
        reader: &'static str,
        from: i64,
        to: i64,
        due: Vec<Due>,
        now: Time,
    ) -> Result<(), Refusal> {
        let due: Vec<(String, Due)> = due.into_iter().map(|due| (self.message_id(), due)).collect();
        self.write(move |tx| {
            if store::position(tx, reader)? != from {
                return Err(Refusal::Unavailable("another process reads the news".to_owned()));
            }
            for (message_id, due) in &due {
                let letter = letters::New {
                    message_id,
                    kind: due.kind.word(),
                    person: due.person,
                    auction: Some(due.auction),
                    secret: None,
                    due_at: due.at,
                };
                letters::insert(tx, &letter, now)?;
            }
            Ok(store::move_position(tx, reader, to)?)
        })
        .await
    }
}

impl NewsReader {
    /// Who has lost a lead in these news, does not lead again at their end, and is not about to be told anyway.
    fn outbid(&mut self, news: &[Lead], now: Time) -> Vec<(i64, Person)> {
        self.waiting.retain(|_, due| *due >= now);
        let leads: HashMap<i64, Option<Person>> =
            news.iter().map(|news| (news.auction, news.leader)).collect();
        let mut outbid: Vec<(i64, Person)> = news
            .iter()
            .filter_map(|news| Some((news.auction, news.displaced?)))
            // Their own site tells them.
            .filter(|(_, person)| !guests::is_guest(*person))
            .filter(|(auction, person)| leads.get(auction) != Some(&Some(*person)))
            .filter(|key| !self.waiting.contains_key(key))
            .collect();
        outbid.sort_unstable();
        outbid.dedup();
        outbid
    }
}

/// Outbid letters: at once, but about one auction not again within the silence, then once at its end. A letter
/// that was dropped has told nobody anything.
fn outbid_letters(
    tx: &mut Tx<'_>,
    outbid: &[(i64, Person)],
    now: Time,
    silence: Span,
) -> Result<Vec<Due>, Refusal> {
    let mut due = Vec::new();
    for &(auction, person) in outbid {
        let at = match letters::last(tx, auction, person, Kind::Outbid.word())? {
            // One waits already, or was written for this very moment.
            Some(last) if last >= now => continue,
            Some(last) => now.max(last + silence),
            None => now,
        };
        due.push(Due { kind: Kind::Outbid, person, auction, at });
    }
    Ok(due)
}

/// What other sites have newly decided, and how the leads changed by it.
fn read_elsewhere(tx: &mut Tx<'_>) -> Result<(i64, Vec<ReplicaNews>, Vec<Lead>), Refusal> {
    let from = store::position(tx, READER_ELSEWHERE)?;
    let news = replicas::news(tx, from, CHUNK)?;
    let (mut led, mut leads) = (HashMap::new(), Vec::new());
    for news in &news {
        let before = match led.insert(news.replica, news.leader) {
            Some(before) => before,
            None => replicas::led_before(tx, news.replica, news.number)?,
        };
        let displaced = before.filter(|_| news.what == "offer" && before != news.leader);
        leads.push(Lead { auction: news.replica, displaced, leader: news.leader });
    }
    Ok((from, news, leads))
}

/// What is new behind the position, with the letters about auctions that ended.
struct Chunk {
    from: i64,
    news: Vec<News>,
    ended: Vec<Due>,
}

fn read_chunk(tx: &mut Tx<'_>, networked: bool, now: Time) -> Result<Chunk, Refusal> {
    let from = store::position(tx, READER)?;
    let news = entries::news(tx, from, CHUNK)?;
    let mut ended = Vec::new();
    for news in &news {
        // What the entry itself says, not what the auction says by now: an acceptance that follows has an entry
        // of its own, and nobody hears of a sale twice.
        if let Phase::Closed { outcome, .. } = news.phase {
            ended.extend(end_letters(tx, networked, news.auction, outcome, now)?);
        }
    }
    Ok(Chunk { from, news, ended })
}

fn end_letters(
    tx: &mut Tx<'_>,
    networked: bool,
    auction: i64,
    outcome: Outcome,
    at: Time,
) -> Result<Vec<Due>, Refusal> {
    let Some(stored) = auctions::find(tx, auction)? else { return Ok(Vec::new()) };
    let due = |kind, person| Due { kind, person, auction, at };
    let seller = stored.auction.seller;
    Ok(match outcome {
        // Both are written to once the winner's contact was opened.
        Outcome::Sold { winner, .. } if networked && guests::is_guest(winner) => Vec::new(),
        Outcome::Sold { winner, .. } if guests::is_guest(winner) => vec![due(Kind::Sold, seller)],
        Outcome::Sold { winner, .. } => vec![due(Kind::Sold, seller), due(Kind::Won, winner)],
        Outcome::Unsold => vec![due(Kind::NotSold, seller)],
    })
}
