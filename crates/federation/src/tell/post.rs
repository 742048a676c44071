//! What was written for other sites goes to the hub.

use crate::federation::Federation;
use hub::Message;
use hub::applications::event::EVENT;
use market::Refusal;
use store::outgoing;

/// How many messages go at once: what one envelope holds.
const CHUNK: usize = 256;

/// The most bytes that go at once; a hub signs no more in one envelope.
const BYTES: usize = 60 * 1024;

impl Federation {
    /// Hands what waits to the hub, in order; gives how many messages that were. If the process dies in between, the same
    /// words go twice, which changes nothing.
    pub async fn post(&self) -> Result<usize, Refusal> {
        let waiting = self.0.market.read(|tx| Ok(outgoing::waiting(tx, CHUNK)?)).await?;
        let Some(first) = waiting.first() else { return Ok(0) };
        let (ttl, mut bytes) = (first.ttl, 0);
        let taken: Vec<_> = waiting
            .iter()
            .take_while(|next| {
                bytes += next.body.len();
                next.ttl == ttl && (bytes <= BYTES || next.id == first.id)
            })
            .collect();
        let messages = taken.iter().map(|next| message(&next.body)).collect();
        let (count, last) = (taken.len(), taken.last().map_or(first.id, |last| last.id));
        self.hand_over(messages, ttl).await?;
        let done = self.0.market.journal().write(move |tx| outgoing::forget(tx, last));
        done.await.map_err(Refusal::from)?;
        Ok(count)
    }

    /// Gives messages to the hub; when this returns they are on its disk.
    pub(super) async fn hand_over(&self, messages: Vec<Message>, ttl: u32) -> Result<(), Refusal> {
        let posted = self.0.carrier.post(self.key(), messages, ttl).await;
        posted.map(drop).map_err(|error| Refusal::Unavailable(format!("the hub did not take it: {error}")))
    }
}

fn message(body: &str) -> Message {
    Message { media_type: EVENT.to_owned(), body: body.as_bytes().to_vec().into() }
}
