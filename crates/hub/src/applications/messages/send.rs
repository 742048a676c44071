//! Sending events, each once.

use super::super::Door;
use super::super::answers::{Claim, EventKey, Receipt, Ticket};
use super::super::event::{Event, Fault};
use super::super::problem::Problem;
use super::super::tokens::Application;
use crate::envelope::{BYTES_ALWAYS, MESSAGES_MOST, Message, OVERHEAD, weight};
use crate::node::PostError;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An event that nobody knows yet, ready to be sent.
struct New {
    place: usize,
    ticket: Ticket,
    message: Message,
    ttl: u32,
}

/// Sends events and says where each is. All of them keep the rules; if one cannot be sent, those before it may have been,
/// and sending all again does no harm.
pub(super) async fn send(
    door: Arc<Door>,
    application: Arc<Application>,
    events: Vec<Event>,
) -> Result<Vec<Receipt>, Problem> {
    let mut receipts = vec![None; events.len()];
    let (first, repeated) = places(application.id, &events)?;
    let news = claim(&door, events, first, &mut receipts).await?;
    for group in groups(news) {
        post(&door, &application, group, &mut receipts).await?;
    }
    for (place, earlier) in repeated {
        receipts[place] = receipts[earlier];
    }
    receipts.into_iter().map(|receipt| receipt.ok_or(Problem::new("broken"))).collect()
}

/// Where each event stands first, in the order of keys, and which places repeat it.
type Places = (BTreeMap<EventKey, usize>, Vec<(usize, usize)>);

fn places(token: i64, events: &[Event]) -> Result<Places, Problem> {
    let (mut first, mut repeated) = (BTreeMap::new(), Vec::new());
    for (place, event) in events.iter().enumerate() {
        let key = EventKey::of(token, event);
        match first.get(&key).copied() {
            None => drop(first.insert(key, place)),
            Some(earlier) if events[earlier].content == event.content => repeated.push((place, earlier)),
            Some(_) => return Err(Problem::new("id_reused").of_event(place)),
        }
    }
    Ok((first, repeated))
}

/// Claims all events in the order of their keys, so that two batches never wait for each other.
async fn claim(
    door: &Door,
    mut events: Vec<Event>,
    first: BTreeMap<EventKey, usize>,
    receipts: &mut [Option<Receipt>],
) -> Result<Vec<New>, Problem> {
    let mut tickets = BTreeMap::new();
    let mut refused = None;
    let wanted: Vec<_> = first.iter().map(|(key, place)| (*key, events[*place].content)).collect();
    let claims = door.answers.claim(&wanted, || *door.carrier.news().borrow()).await?;
    for (claim, place) in claims.into_iter().zip(first.into_values()) {
        match claim {
            Claim::New(ticket) => drop(tickets.insert(place, ticket)),
            Claim::Known(receipt) => receipts[place] = Some(receipt),
            Claim::Reused => refused = Some(Problem::new("id_reused").of_event(place)),
        }
    }
    let now = door.clock.now();
    let late = tickets.keys().find(|place| events[**place].ttl(now).is_none());
    let refused = refused.or_else(|| late.map(|place| Problem::from(Fault::past()).of_event(*place)));
    if let Some(problem) = refused {
        tickets.into_values().for_each(Ticket::withdraw);
        return Err(problem);
    }
    let new = |(place, ticket): (usize, Ticket)| {
        let event = &mut events[place];
        New { place, ticket, ttl: event.ttl(now).unwrap_or(1), message: event.take_message() }
    };
    Ok(tickets.into_iter().map(new).collect())
}

/// Puts together what one envelope can hold that every hub takes; an event that is larger goes alone.
fn groups(news: Vec<New>) -> Vec<Vec<New>> {
    let mut groups: Vec<Vec<New>> = Vec::new();
    let mut bytes = 0;
    for new in news {
        let more = weight(&new.message);
        let joins = |group: &&mut Vec<New>| {
            group.len() < MESSAGES_MOST
                && group.first().is_some_and(|first| first.ttl == new.ttl)
                && OVERHEAD + bytes + more <= BYTES_ALWAYS
        };
        match groups.last_mut().filter(joins) {
            Some(group) => {
                bytes += more;
                group.push(new);
            }
            None => {
                bytes = more;
                groups.push(vec![new]);
            }
        }
    }
    groups
}

async fn post(
    door: &Door,
    application: &Application,
    group: Vec<New>,
    receipts: &mut [Option<Receipt>],
) -> Result<(), Problem> {
    let messages = group.iter().map(|new| new.message.clone()).collect();
    let ttl = group.first().map_or(0, |new| new.ttl);
    match door.carrier.post(application.key, messages, ttl).await {
        Ok(posted) => {
            for (index, new) in (posted.index..).zip(group) {
                let receipt = Receipt { epoch: posted.stream.epoch, number: posted.number, index };
                receipts[new.place] = Some(receipt);
                new.ticket.answered(receipt);
            }
            Ok(())
        }
        Err(error) => {
            let first = group.first().map_or(0, |new| new.place);
            // Only then does nobody know; the tickets that are dropped say so.
            if error != PostError::Failed {
                group.into_iter().for_each(|new| new.ticket.withdraw());
            }
            Err(Problem::from(error).of_event(first))
        }
    }
}
