//! The keys to which an origin seals its memos: another one each month, so that each can be destroyed.

use crate::federation::Federation;
use crate::sealing::{SealingKey, SealingSecret};
use crate::secrets::{kept, random};
use auction::{Span, Time};
use market::Refusal;
use std::collections::BTreeMap;
use store::{Tx, site};

/// A month of thirty days.
const MONTH: Span = Span::days(30);

/// Keys of months that ended longer ago are destroyed: an auction lasts one month at most, and is settled in another.
const KEPT_MONTHS: i64 = 4;

/// The secrets by month.
pub(crate) type Recovery = BTreeMap<i64, SealingSecret>;

fn month(now: Time) -> i64 {
    now.0.div_euclid(MONTH.0)
}

fn fact(month: i64) -> String {
    format!("recovery_secret_{month}")
}

impl Federation {
    /// To which key a memo is sealed now. That of the next month is there as well, so that a backup of today opens what is
    /// sealed tomorrow.
    pub(crate) async fn recovery_key(&self, now: Time) -> Result<SealingKey, Refusal> {
        let mut known = self.0.recovery.lock().await;
        let this = month(now);
        if !known.contains_key(&(this + 1)) {
            let fresh = [random(self.0.market.chance()), random(self.0.market.chance())];
            *known = self.0.market.journal().write(move |tx| turned(tx, this, &fresh)).await?;
        }
        known.get(&this).map(SealingSecret::public).ok_or(Refusal::Unknown)
    }

    /// The same; none if nothing is sealed that way.
    pub(crate) async fn memo_key(&self, now: Time) -> Result<Option<SealingKey>, Refusal> {
        if self.0.memo { self.recovery_key(now).await.map(Some) } else { Ok(None) }
    }

    /// All secrets that may open a memo, newest first.
    pub(crate) async fn recovery_secrets(&self) -> Result<Vec<SealingSecret>, Refusal> {
        self.recovery_key(self.0.market.now()).await?;
        Ok(self.0.recovery.lock().await.values().rev().cloned().collect())
    }
}

/// The secrets of a month that begins.
fn turned(tx: &mut Tx<'_>, this: i64, fresh: &[[u8; 32]; 2]) -> Result<Recovery, Refusal> {
    let mut all = Recovery::new();
    for (month, fresh) in (this..).zip(fresh) {
        all.insert(month, SealingSecret::generate(kept(tx, &fact(month), fresh)?));
    }
    for month in this - KEPT_MONTHS..this {
        if let Some(bytes) = site::fact(tx, &fact(month))?.as_deref().and_then(hub::read_hex) {
            all.insert(month, SealingSecret::generate(bytes));
        }
    }
    for month in this - 3 * KEPT_MONTHS..this - KEPT_MONTHS {
        site::forget_fact(tx, &fact(month))?;
    }
    Ok(all)
}
