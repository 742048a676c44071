//! Sealed auctions: sort and pick.

use crate::reference::{Kind, Line, Listing, Said};

/// Winner and price.
pub fn pick<'a>(
    listing: &Listing,
    reserve: Option<i64>,
    lines: impl Iterator<Item = &'a Line>,
) -> Option<(i64, i64)> {
    let mut offers: Vec<(i64, u32, i64)> = vec![];
    for line in lines {
        if let Said::Offered(amount) = line.said {
            offers.retain(|&(_, _, who)| who != line.who);
            offers.push((amount, line.number, line.who));
        }
    }
    offers.sort_by_key(|&(amount, number, _)| (-amount, number));
    let &(best, _, winner) = offers.first()?;
    let least = reserve.unwrap_or(0).max(listing.start);
    if best < least {
        return None;
    }
    let second = offers.get(1).map_or(least, |&(amount, _, _)| amount.max(least));
    Some((winner, if listing.kind == Kind::SealedFirst { best } else { second }))
}
