//! A site asks how auctions of this one stand. What is noted here is answered by `tell`, once for all who asked.

use super::Here;
use crate::wire::Wanted;
use auction::{Span, Time};
use market::Refusal;
use store::{Tx, announced, site};

/// All open auctions are told again no more often.
const ALL_EVERY: Span = Span::minutes(10);

/// The fact that says when they were last asked for.
const ALL_ASKED: &str = "all_asked";

pub(super) fn take_in(tx: &mut Tx<'_>, here: &Here, wanted: &Wanted) -> Result<(), Refusal> {
    for auction in &wanted.auctions {
        if let Ok(id) = i64::try_from(auction.auction) {
            announced::ask(tx, id, auction.from)?;
        }
    }
    let last = site::fact(tx, ALL_ASKED)?.and_then(|text| text.parse().ok()).map(Time);
    if wanted.auctions.is_empty() && last.is_none_or(|last| here.now - last >= ALL_EVERY) {
        site::set_fact(tx, ALL_ASKED, &here.now.0.to_string())?;
        announced::tell_all(tx, here.now)?;
    }
    Ok(())
}
