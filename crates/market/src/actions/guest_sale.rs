//! Something was sold to somebody of another site: the origin alone writes to seller and winner.

use crate::letters::Kind;
use crate::{Market, Refusal, winner_link};
use auction::Person;
use store::guest_winners::{self, GuestWinner};
use store::{Tx, auctions, letters};

/// A sale to a guest.
#[derive(Clone, Debug)]
pub struct GuestSale {
    /// The auction.
    pub auction: i64,
    /// Who has won.
    pub winner: Person,
    /// How the winner is reached; none if what came with the winning bid does not open.
    pub contact: Option<GuestContact>,
}

/// What was sealed in a winning bid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuestContact {
    /// The name.
    pub name: String,
    /// The mail address.
    pub email: String,
    /// The language of letters.
    pub language: String,
}

impl Market {
    /// Writes down how winners are reached and the letters to them and to the sellers, in the transaction that moves a
    /// reader of the entries on.
    pub async fn record_guest_sales(
        &self,
        reader: &'static str,
        from: i64,
        to: i64,
        sales: Vec<GuestSale>,
    ) -> Result<(), Refusal> {
        let mut key = [0; 32];
        self.chance.fill(&mut key);
        let sales: Vec<_> =
            sales.into_iter().map(|sale| (sale, [self.message_id(), self.message_id()])).collect();
        let (now, changed) = (self.clock.now(), sales.iter().map(|(sale, _)| sale.auction).collect());
        self.write(move |tx| {
            if store::position(tx, reader)? != from {
                return Err(Refusal::Unavailable("another process reaches the winners".to_owned()));
            }
            if !sales.is_empty() {
                winner_link::keep_key(tx, &key)?;
            }
            sales.iter().try_for_each(|(sale, ids)| record(tx, sale, ids, now))?;
            Ok(store::move_position(tx, reader, to)?)
        })
        .await?;
        self.notices.changed(changed);
        Ok(())
    }
}

fn record(
    tx: &mut Tx<'_>,
    sale: &GuestSale,
    [to_seller, to_winner]: &[String; 2],
    now: auction::Time,
) -> Result<(), Refusal> {
    let Some(stored) = auctions::find(tx, sale.auction)? else { return Ok(()) };
    let letter = |message_id, kind: Kind, person| letters::New {
        message_id,
        kind: kind.word(),
        person,
        auction: Some(sale.auction),
        secret: None,
        due_at: now,
    };
    let GuestContact { name, email, language } = sale.contact.clone().unwrap_or_default();
    let (auction, person) = (sale.auction, sale.winner);
    let winner = GuestWinner { auction, person, name, email, language, opened_at: now };
    guest_winners::insert(tx, &winner)?;
    if winner.is_reached() {
        letters::insert(tx, &letter(to_winner, Kind::Won, sale.winner), now)?;
    }
    Ok(letters::insert(tx, &letter(to_seller, Kind::Sold, stored.auction.seller), now)?)
}
