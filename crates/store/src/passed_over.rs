//! What was passed over of what other sites said: how often, and why. For the webmaster to see.

use crate::sites::SiteId;
use auction::Time;
use journal::{Error, Tx, args};

/// How often something of a site was passed over for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// Who said it.
    pub site: SiteId,
    /// The stable word of the reason.
    pub reason: String,
    /// How often.
    pub count: i64,
    /// When last.
    pub last_at: Time,
}

journal::statements! {
    /// Statements on `passed_over`.
    pub STATEMENTS;
    COUNT = "INSERT INTO passed_over (site, reason, count, last_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (site, reason) DO UPDATE SET count = passed_over.count + excluded.count, last_at = excluded.last_at";
    OF_SITE = "SELECT site, reason, count, last_at FROM passed_over WHERE site = $1 ORDER BY reason";
    ALL = "SELECT site, reason, count, last_at FROM passed_over ORDER BY site, reason";
}

/// So many more messages of a site were passed over.
pub fn count(tx: &mut Tx<'_>, site: SiteId, reason: &str, more: u32, now: Time) -> Result<(), Error> {
    tx.run(&COUNT, args![site.0, reason, more, now.0]).map(drop)
}

/// What was passed over of a site, by reason.
pub fn of_site(tx: &mut Tx<'_>, site: SiteId) -> Result<Vec<PassedOver>, Error> {
    tx.all(&OF_SITE, args![site.0], passed_over)
}

/// What was passed over of all sites.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<PassedOver>, Error> {
    tx.all(&ALL, args![], passed_over)
}

fn passed_over(row: &journal::Row<'_>) -> Result<PassedOver, Error> {
    Ok(PassedOver {
        site: SiteId(row.int(0)?),
        reason: row.text(1)?,
        count: row.int(2)?,
        last_at: Time(row.int(3)?),
    })
}
