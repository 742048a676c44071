//! Seller or moderator takes an item off without a sale.

use super::Receipt;
use crate::{Identity, Market, Refusal};
use auction::{CommandId, Deed};

/// Longest reason, in characters.
const REASON_LONGEST: usize = 500;

/// A reason as it is kept: one line, not too long, there if it has to be.
pub(super) fn reason(text: &str, needed: bool) -> Result<Box<str>, Refusal> {
    // PostgreSQL stores no NUL, and in a batch that would be everybody's error.
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    match line.chars().count() {
        0 if needed => Err(Refusal::field("reason", "missing")),
        n if n > REASON_LONGEST => Err(Refusal::field("reason", "too_long")),
        _ => Ok(line.into()),
    }
}

impl Market {
    /// Withdraws. A reason is needed; it is shown on the page.
    pub async fn withdraw(
        &self,
        who: &Identity,
        auction: i64,
        id: CommandId,
        version: u32,
        why: &str,
    ) -> Result<Receipt, Refusal> {
        let reason = reason(why, true)?;
        let by = self.seller_or_moderator(who, auction).await?;
        self.command(auction, id, by, version, Deed::Withdraw { reason }).await
    }
}
