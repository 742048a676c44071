//! Who lacks decisions gets them again, word for word: once for all who asked.

use crate::federation::Federation;
use auction::{Span, Time};
use market::Refusal;
use store::{Tx, announced, outgoing, told_rulings};

/// An auction is told again no more often.
const EVERY: Span = Span::minutes(1);

/// After an auction is over its rulings are kept so long: an origin that is silent for half of it counts as lost.
const KEPT: Span = Span::days(28);

const FORGET_EVERY: Span = Span::hours(1);

/// So many auctions are told again at a time.
const CHUNK: usize = 32;

/// So many messages of each. Who lacks more asks again.
const MESSAGES_MOST: usize = 64;

impl Federation {
    /// Writes down again what others asked for; gives of how many auctions.
    pub async fn answer(&self) -> Result<usize, Refusal> {
        let now = self.0.market.now();
        let asked = self.0.market.read(move |tx| Ok(announced::asked(tx, now - EVERY, CHUNK)?)).await?;
        let count = asked.len();
        if count > 0 {
            let told = self.0.market.journal().write(move |tx| {
                asked.iter().try_for_each(|(auction, from)| tell_again(tx, *auction, *from, now))
            });
            told.await?;
        }
        Ok(count)
    }
}

impl Federation {
    /// Forgets, once an hour, rulings of auctions that have been over for so long that nobody asks for them.
    pub async fn forget(&self) -> Result<usize, Refusal> {
        let now = self.0.market.now();
        let mut rhythm = self.0.rhythm.lock().await;
        if rhythm.forget_due.is_some_and(|due| now < due) {
            return Ok(0);
        }
        let gone = self.0.market.journal().write(move |tx| told_rulings::forget(tx, now - KEPT)).await?;
        rhythm.forget_due = Some(now + FORGET_EVERY);
        Ok(usize::try_from(gone).unwrap_or(usize::MAX))
    }
}

fn tell_again(tx: &mut Tx<'_>, auction: i64, from: u32, now: Time) -> Result<(), Refusal> {
    for body in told_rulings::behind(tx, auction, from, MESSAGES_MOST)? {
        outgoing::append(tx, Some(auction), "rulings", &body, 0, now)?;
    }
    Ok(announced::answered(tx, auction, now)?)
}
