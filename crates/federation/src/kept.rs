//! What was kept of an auction, for who checks it.

use crate::verify::Receipts;
use crate::wire::Site;
use hub::PublicKey;
use market::{Market, Refusal};
use store::{auctions, receipts as kept, replicas, sites};

/// The most envelopes of one file. What is behind them is missing in it, and whoever checks it is told so.
const MOST: usize = 20_000;

/// The receipts of an auction, by its number here; `here` is the key of this site. Refused if no auction has this number;
/// without envelopes if the network was never told of it.
pub async fn receipts(market: &Market, here: PublicKey, auction: i64) -> Result<Receipts, Refusal> {
    let read = move |tx: &mut store::Tx<'_>| {
        let (origin, remote) = if auctions::find(tx, auction)?.is_some() {
            (here, auction)
        } else {
            let replica = replicas::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            let site = sites::find(tx, replica.site)?.ok_or(Refusal::NoSuchAuction)?;
            (PublicKey::new(site.key).map_err(|_| Refusal::NoSuchAuction)?, replica.remote)
        };
        let envelopes = kept::of(tx, auction, MOST)?;
        Ok(Receipts::new(Site(origin), remote.cast_unsigned(), envelopes))
    };
    market.read(read).await
}
