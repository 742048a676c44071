//! The webmaster decides how another site is treated, and moderators which of its auctions are shown.

use crate::show::site_name;
use crate::{Identity, Market, Refusal, Role, Treatment};
use auction::{Person, Time};
use store::site_treatments::{self, Decision};
use store::sites::{self, Site, SiteId};
use store::{Tx, replica_approvals, replicas};

/// How a site shall be treated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreatSite {
    /// The key of the site. One that was never heard is treated so as soon as it is.
    pub key: [u8; 32],
    /// How.
    pub treatment: Treatment,
    /// Why, for whoever looks after the site later; may be empty.
    pub note: String,
}

/// The most characters of a note.
const NOTE_MOST: usize = 500;

/// A site that was named and never heard.
const NEVER: Time = Time(0);

/// Sites of one list.
const SITES_MOST: usize = 10_000;

impl Market {
    /// Treats sites so from now on. `by`: an administrator; none for who has the machine.
    pub async fn treat_sites(&self, by: Option<&Identity>, sites: Vec<TreatSite>) -> Result<(), Refusal> {
        by.map_or(Ok(()), |who| who.require_role(Role::Administrator))?;
        if sites.iter().any(|site| site.note.chars().count() > NOTE_MOST) {
            return Err(Refusal::field("note", "too_long"));
        }
        let (by, now) = (by.map(|who| who.person), self.clock.now());
        let written = self.write(move |tx| {
            let changed: Result<Vec<Vec<i64>>, Refusal> =
                sites.iter().map(|site| treat(tx, site, by, now)).collect();
            Ok(changed?.concat())
        });
        self.notices.changed(written.await?);
        Ok(())
    }

    /// Shows an auction of a site that is shown after approval only, or keeps it from being shown. For moderators.
    pub async fn approve_replica(&self, who: &Identity, auction: i64, approved: bool) -> Result<(), Refusal> {
        who.require_role(Role::Moderator)?;
        let (by, now) = (who.person, self.clock.now());
        self.write(move |tx| {
            replicas::find(tx, auction)?.ok_or(Refusal::NoSuchAuction)?;
            Ok(replica_approvals::decide(tx, auction, approved, by, now)?)
        })
        .await?;
        self.notices.changed(vec![auction]);
        Ok(())
    }

    /// Sites that are blocked, with why: what a block list is made from.
    pub async fn blocked_sites(&self) -> Result<Vec<(Site, String)>, Refusal> {
        self.read(|tx| {
            let all = sites::page(tx, SiteId(0), SITES_MOST)?;
            let blocked = all.into_iter().filter(|site| Treatment::of(site) == Treatment::Block);
            let with_note = |site: Site| {
                let note = site_treatments::last(tx, site.id)?.map_or_else(String::new, |last| last.note);
                Ok((site, note))
            };
            blocked.map(with_note).collect()
        })
        .await
    }
}

fn treat(tx: &mut Tx<'_>, asked: &TreatSite, by: Option<Person>, at: Time) -> Result<Vec<i64>, Refusal> {
    let site = sites::named(tx, &asked.key, NEVER)?;
    sites::treat(tx, site, asked.treatment.word())?;
    site_treatments::note(tx, site, &Decision { note: asked.note.clone(), by, at })?;
    let name = sites::find(tx, site)?.map_or_else(String::new, |site| site_name(&site));
    let word = asked.treatment.word();
    tracing::info!(
        site = name,
        treatment = word,
        by = by.map(|by| by.0),
        "the site {name} is treated as: {word}"
    );
    Ok(site_treatments::published_of(tx, site)?)
}
