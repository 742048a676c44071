//! Rules 1 to 5, told twice: once upwards, once downwards. No sign is ever turned here.

use crate::reference::{Kind, Line, Listing, Said};

/// How the story goes so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tale {
    pub price: Option<i64>,
    /// Who leads, with what.
    pub leader: Option<(i64, i64)>,
    pub reserve: Option<i64>,
}

pub fn step(listing: &Listing, price: i64) -> i64 {
    let mut found = 1;
    for &(from, step) in &listing.steps {
        if price >= from {
            found = step;
        }
    }
    found
}

pub fn tell<'a>(listing: &Listing, lines: impl Iterator<Item = &'a Line>) -> Tale {
    let mut tale = Tale { price: None, leader: None, reserve: listing.reserve };
    for line in lines {
        match (line.said, listing.kind) {
            (Said::Offered(maximum), Kind::Ascending) => up(listing, &mut tale, line.who, maximum),
            (Said::Offered(minimum), Kind::Reverse) => down(listing, &mut tale, line.who, minimum),
            (Said::Offered(_), _) => {}
            (Said::ReserveLowered(to), Kind::Ascending) => lowered(&mut tale, to),
            (Said::ReserveLowered(to), Kind::Reverse) => raised(&mut tale, to),
            (Said::ReserveLowered(to), _) => tale.reserve = Some(to),
        }
    }
    tale
}

fn up(listing: &Listing, tale: &mut Tale, who: i64, maximum: i64) {
    match tale.leader {
        None => {
            tale.price = Some(listing.start);
            tale.leader = Some((who, maximum));
        }
        Some((leader, own)) if leader == who => {
            if maximum > own {
                tale.leader = Some((who, maximum));
            }
        }
        Some((_, own)) => {
            let (high, low) = if maximum > own { (maximum, own) } else { (own, maximum) };
            let mut price = low + step(listing, low);
            if price > high {
                price = high;
            }
            if price > tale.price.unwrap_or(0) {
                tale.price = Some(price);
            }
            if maximum > own {
                tale.leader = Some((who, maximum));
            }
        }
    }
    let (reserve, limit) = (tale.reserve.unwrap_or(0), tale.leader.unwrap().1);
    if limit >= reserve && tale.price.unwrap() < reserve {
        tale.price = Some(reserve);
    }
}

fn down(listing: &Listing, tale: &mut Tale, who: i64, minimum: i64) {
    match tale.leader {
        None => {
            tale.price = Some(listing.start);
            tale.leader = Some((who, minimum));
        }
        Some((leader, own)) if leader == who => {
            if minimum < own {
                tale.leader = Some((who, minimum));
            }
        }
        Some((_, own)) => {
            let (low, high) = if minimum < own { (minimum, own) } else { (own, minimum) };
            let mut price = high - step(listing, high);
            if price < low {
                price = low;
            }
            if price < tale.price.unwrap_or(i64::MAX) {
                tale.price = Some(price);
            }
            if minimum < own {
                tale.leader = Some((who, minimum));
            }
        }
    }
    let (most, limit) = (tale.reserve.unwrap_or(i64::MAX), tale.leader.unwrap().1);
    if limit <= most && tale.price.unwrap() > most {
        tale.price = Some(most);
    }
}

/// The seller lowers the reserve: above the price, a maximum that reaches it is cut.
fn lowered(tale: &mut Tale, to: i64) {
    tale.reserve = Some(to);
    if let (Some(price), Some((who, limit))) = (tale.price, tale.leader)
        && to > price
        && limit >= to
    {
        tale.leader = Some((who, to - 1));
    }
}

/// The mirror: the hidden most goes up.
fn raised(tale: &mut Tale, to: i64) {
    tale.reserve = Some(to);
    if let (Some(price), Some((who, limit))) = (tale.price, tale.leader)
        && to < price
        && limit <= to
    {
        tale.leader = Some((who, to + 1));
    }
}
