//! An auction of another site is listed, revised, or told again.

use super::standing::Bidders;
use super::{Here, Reason, Speaker, Then};
use crate::wire;
use market::Refusal;
use store::replicas::{self, Listing, Replica};
use store::{Error, Tx, level};

/// Takes in a listing. An older version changes nothing, and terms do not change once there are decisions.
pub(super) fn take_in(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    told: &wire::Listing,
    then: &mut Then,
) -> Result<(), Refusal> {
    let (remote, Ok(listing)) = (i64::try_from(told.auction).unwrap_or(0), listing(told)) else {
        then.passed.add(speaker.site, Reason::Malformed);
        return Ok(());
    };
    let id = match replicas::by_origin(tx, speaker.site, remote)? {
        Some(known) if is_edited_after_a_bid(&known, &listing, told.cut) => {
            then.passed.add(speaker.site, Reason::FrozenTerms);
            return Ok(());
        }
        Some(known) if contradicts(&known, told) => {
            then.passed.add(speaker.site, Reason::Contradiction);
            return Ok(());
        }
        Some(known) => {
            if listing.version > known.listing.version {
                replicas::revise(tx, known.id, &listing)?;
            }
            if told.state.last > known.told.last {
                level::want(tx, known.id, known.told.last)?;
            }
            known.id
        }
        None if is_too_much(tx, here, speaker)? => {
            then.passed.add(speaker.site, Reason::TooMany);
            return Ok(());
        }
        None => replicas::insert(tx, speaker.site, remote, &listing, here.now)?,
    };
    for addition in &told.additions {
        replicas::add(tx, id, addition.at.into(), addition.text.as_str())?;
    }
    set_standing(tx, here, speaker, told, id)?;
    then.changed.push(id);
    Ok(())
}

/// What was told with the listing counts only if it is newer than what is known.
fn set_standing(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    told: &wire::Listing,
    id: i64,
) -> Result<(), Error> {
    let Some(known) = replicas::find(tx, id)? else { return Ok(()) };
    let head = told.state.head.map_or(known.head, |head| head.0);
    if told.state.last < known.told.last || (told.state.last == known.told.last && told.state.last > 0) {
        return Ok(());
    }
    let bidders = Bidders { here: &here.key, speaker, replica: id };
    let standing = bidders.told(tx, &told.state)?;
    replicas::tell(tx, id, &standing, &head, speaker.at)
}

/// Everything but what is added is frozen at the first bid, whatever a site says later. `cut`: the text made room for what
/// was added.
fn is_edited_after_a_bid(known: &Replica, listing: &Listing, cut: bool) -> bool {
    let was = &known.listing;
    let changed = was.terms != listing.terms
        || was.title != listing.title
        || was.sealing_key != listing.sealing_key
        || was.description != listing.description && !cut;
    known.told.offers > 0 && changed
}

/// Two heads after one entry are two histories.
fn contradicts(known: &Replica, told: &wire::Listing) -> bool {
    let last = known.told.last;
    last > 0 && told.state.last == last && told.state.head.is_some_and(|head| head.0 != known.head)
}

fn is_too_much(tx: &mut Tx<'_>, here: &Here, speaker: &Speaker) -> Result<bool, Error> {
    Ok(level::count_open(tx, speaker.site)? >= i64::from(here.limits.auctions_per_site))
}

fn listing(told: &wire::Listing) -> Result<Listing, wire::Malformed> {
    let category: Vec<&str> = told.category.iter().map(|word| word.as_str()).collect();
    Ok(Listing {
        version: told.version,
        terms_version: told.terms_version,
        title: told.title.as_str().to_owned(),
        description: told.description.as_str().to_owned(),
        seller: told.seller.as_str().to_owned(),
        category: category.join("\n"),
        sealing_key: *told.sealing_key.bytes(),
        terms: told.terms.rules(None)?,
    })
}
