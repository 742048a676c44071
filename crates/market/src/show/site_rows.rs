//! The sites of the network, for who decides how they are treated; and auctions that wait for that.

use super::listed_elsewhere;
use super::lists::{ListRow, Listing};
use super::origin::site_name;
use crate::{Identity, Market, Refusal, Role, Treatment};
use auction::Time;
use store::passed_over::{self, PassedOver};
use store::sites::{self, Site, SiteId};
use store::{people, replica_approvals, replicas, site_treatments};

/// A site of the network.
#[derive(Clone, Debug)]
pub struct SiteRow {
    /// As it has introduced itself.
    pub site: Site,
    /// What it is called.
    pub name: String,
    /// How it is treated.
    pub treatment: Treatment,
    /// Why, in words of the webmaster.
    pub note: String,
    /// Who decided that, and when; nobody for the command line.
    pub decided: Option<(Option<String>, Time)>,
    /// What was passed over of what it said, by reason.
    pub passed_over: Vec<PassedOver>,
    /// How many of its auctions have not ended.
    pub auctions: usize,
}

/// An auction of another site that waits for approval.
#[derive(Clone, Debug)]
pub struct WaitingReplica {
    /// The auction.
    pub row: ListRow,
    /// The seller's public name.
    pub seller: String,
    /// Plain text.
    pub description: String,
}

impl Market {
    /// Sites that were heard of or decided about, behind one, in the order in which they were first named.
    pub async fn sites(&self, after: SiteId, limit: usize) -> Result<Vec<SiteRow>, Refusal> {
        self.read(move |tx| {
            let mut rows = Vec::new();
            for site in sites::page(tx, after, limit)? {
                let last = site_treatments::last(tx, site.id)?;
                let by = match last.as_ref().and_then(|last| last.by) {
                    Some(person) => people::find(tx, person)?.map(|account| account.name),
                    None => None,
                };
                rows.push(SiteRow {
                    name: site_name(&site),
                    treatment: Treatment::of(&site),
                    note: last.as_ref().map_or_else(String::new, |last| last.note.clone()),
                    decided: last.map(|last| (by, last.at)),
                    passed_over: passed_over::of_site(tx, site.id)?,
                    auctions: site_treatments::published_of(tx, site.id)?.len(),
                    site,
                });
            }
            Ok(rows)
        })
        .await
    }

    /// Auctions of other sites that wait for a moderator, ending soonest first.
    pub async fn waiting_replicas(
        &self,
        who: &Identity,
        limit: usize,
    ) -> Result<Vec<WaitingReplica>, Refusal> {
        who.require_role(Role::Moderator)?;
        let now = self.clock.now();
        self.read(move |tx| {
            let mut waiting = Vec::new();
            for id in replica_approvals::awaiting(tx, now, limit)? {
                let Some(replica) = replicas::find(tx, id)? else { continue };
                let site = sites::find(tx, replica.site)?.map_or_else(String::new, |site| site_name(&site));
                waiting.push(WaitingReplica {
                    seller: replica.listing.seller.clone(),
                    description: replica.listing.description.clone(),
                    row: listed_elsewhere::row(replica, site, Listing::Open, now),
                });
            }
            Ok(waiting)
        })
        .await
    }
}
