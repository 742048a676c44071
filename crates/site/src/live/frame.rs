//! One state of an auction as the bytes of an event.

use super::next_change;
use crate::api::AuctionShape;
use auction::{Format, Time};
use bytes::Bytes;
use market::{Market, Refusal};

/// One state, encoded once for all who watch.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Differs whenever what strangers see differs.
    pub(super) id: String,
    /// When time alone may change it.
    pub(super) next_change: Time,
    /// The event.
    pub(super) bytes: Bytes,
}

impl Frame {
    /// Looks at an auction as a stranger and encodes what is there.
    pub(super) async fn look(market: &Market, auction: i64) -> Result<Frame, Refusal> {
        let page = market.auction_page(None, auction).await?;
        let clock = matches!(page.terms.format, Format::Descending(_));
        let shown = &page.shown;
        let next_change = next_change(page.at, page.terms.opens_at, shown.ends_at, shown.progress, clock);
        let reach_until = page.origin.as_ref().map_or(Time(i64::MAX), |origin| origin.reach_until);
        let next_change = next_change.min(reach_until);
        let shape = AuctionShape::new(&page, false);
        let id = shape.event_id();
        let json = serde_json::to_string(&shape).map_err(|error| Refusal::Failed(error.to_string()))?;
        let bytes = Bytes::from(format!("id: {id}\nevent: auction\ndata: {json}\n\n"));
        Ok(Frame { id, next_change, bytes })
    }

    /// Strangers do not see the auction any more.
    pub(super) fn gone(auction: i64) -> Frame {
        let bytes = Bytes::from(format!("id: gone\nevent: gone\ndata: {auction}\n\n"));
        Frame { id: "gone".to_owned(), next_change: Time(i64::MAX), bytes }
    }
}
