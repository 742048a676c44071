//! Reads the entries and writes down the letters that they make due.

use super::Kind;
use crate::{Market, Refusal};
use auction::{Outcome, Person, Phase, Span, Time};
use std::collections::HashMap;
use store::entries::{self, News};
use store::{Tx, auctions, letters};

/// The position of this reader.
const READER: &str = "letters";

/// How many entries are read at a time.
const CHUNK: usize = 4096;

/// Remembers for whom an outbid letter was written lately, so that a bidding war gives few letters.
#[derive(Debug, Default)]
pub struct NewsReader {
    told: Option<HashMap<(i64, Person), Time>>,
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
        let now = self.clock.now();
        if reader.told.is_none() {
            reader.told = Some(self.recall(now).await?);
        }
        let (from, news, ended) = self.read(read_chunk).await?;
        let Some(last) = news.last().map(|news| news.sequence) else { return Ok(0) };
        let told = reader.told.get_or_insert_with(HashMap::new);
        let mut due = outbid(&news, told, now, self.policy.outbid_silence);
        due.extend(ended.into_iter().map(|(kind, person, auction)| Due { kind, person, auction, at: now }));
        self.write_down(from, last, due, now).await.inspect_err(|_| reader.told = None)?;
        Ok(news.len())
    }

    /// For whom outbid letters were written within the silence: after a start.
    async fn recall(&self, now: Time) -> Result<HashMap<(i64, Person), Time>, Refusal> {
        let since = now - self.policy.outbid_silence;
        let recent = self.read(move |tx| Ok(letters::recent(tx, Kind::Outbid.word(), since)?)).await?;
        Ok(recent.into_iter().map(|(auction, person, due)| ((auction, person), due)).collect())
    }

    async fn write_down(&self, from: i64, to: i64, due: Vec<Due>, now: Time) -> Result<(), Refusal> {
        let due: Vec<(String, Due)> = due.into_iter().map(|due| (self.message_id(), due)).collect();
        self.write(move |tx| {
            if store::position(tx, READER)? != from {
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
            Ok(store::move_position(tx, READER, to)?)
        })
        .await
    }
}

/// Letters about an end: kind, to whom, about which auction.
type Ended = Vec<(Kind, Person, i64)>;

fn read_chunk(tx: &mut Tx<'_>) -> Result<(i64, Vec<News>, Ended), Refusal> {
    let from = store::position(tx, READER)?;
    let news = entries::news(tx, from, CHUNK)?;
    let mut ended = Vec::new();
    for auction in news.iter().filter(|news| ends(&news.deed)).map(|news| news.auction) {
        ended.extend(end_letters(tx, auction)?);
    }
    Ok((from, news, ended))
}

fn ends(deed: &str) -> bool {
    matches!(deed, "close" | "end_early" | "buy_now" | "take" | "accept")
}

fn end_letters(tx: &mut Tx<'_>, id: i64) -> Result<Ended, Refusal> {
    let Some(stored) = auctions::find(tx, id)? else { return Ok(Vec::new()) };
    let seller = stored.auction.seller;
    Ok(match stored.auction.standing.phase {
        Phase::Closed { outcome: Outcome::Sold { winner, .. }, .. } => {
            vec![(Kind::Sold, seller, id), (Kind::Won, winner, id)]
        }
        Phase::Closed { outcome: Outcome::Unsold, .. } => vec![(Kind::NotSold, seller, id)],
        _ => Vec::new(),
    })
}

/// Outbid letters: at once, but for one auction and person not again within the silence, then once at its end;
/// and not to who leads again by the end of the chunk.
fn outbid(news: &[News], told: &mut HashMap<(i64, Person), Time>, now: Time, silence: Span) -> Vec<Due> {
    let mut leads: HashMap<i64, Option<Person>> = HashMap::new();
    for news in news {
        leads.insert(news.auction, news.leader);
    }
    told.retain(|_, last| now - *last < silence);
    let mut due = Vec::new();
    for (auction, person) in news.iter().filter_map(|news| Some((news.auction, news.displaced?))) {
        if leads.get(&auction) == Some(&Some(person)) {
            continue;
        }
        let last = told.get(&(auction, person)).copied();
        let at = match last {
            None => now,
            // One waits already, or was written for this very moment.
            Some(last) if last >= now => continue,
            Some(last) => last + silence,
        };
        told.insert((auction, person), at);
        due.push(Due { kind: Kind::Outbid, person, auction, at });
    }
    due
}
