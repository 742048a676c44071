//! An auction of another site is listed, revised, or told again.

use super::standing::Bidders;
use super::{Here, Speaker, Then};
use crate::wire;
use market::Refusal;
use store::replicas::{self, Listing, Replica};
use store::{Error, Tx};

/// Takes in a listing. An older version changes nothing, and terms do not change once there are decisions.
pub(super) fn take_in(
    tx: &mut Tx<'_>,
    here: &Here,
    speaker: &Speaker,
    told: &wire::Listing,
    then: &mut Then,
) -> Result<(), Refusal> {
    let Ok(remote) = i64::try_from(told.auction) else { return Ok(()) };
    let listing = match listing(told) {
        Ok(listing) => listing,
        Err(malformed) => {
            tracing::warn!(site = %speaker.key, %malformed, "a listing was passed over: {malformed}");
            return Ok(());
        }
    };
    let id = match replicas::by_origin(tx, speaker.site, remote)? {
        Some(known) if is_edited_after_a_bid(&known, &listing) => {
            tracing::warn!(site = %speaker.key, auction = remote, "terms that are frozen were changed; passed over");
            return Ok(());
        }
        Some(known) => {
            if listing.version > known.listing.version {
                replicas::revise(tx, known.id, &listing)?;
            }
            known.id
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

/// Price-relevant terms are frozen at the first bid, whatever a site says later.
fn is_edited_after_a_bid(known: &Replica, listing: &Listing) -> bool {
    known.told.last > 0 && known.told.offers > 0 && known.listing.terms != listing.terms
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
