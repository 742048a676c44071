//! Somebody follows the link in the letter and confirms the address.

use super::sign_in::SignedIn;
use crate::letters::Kind;
use crate::{Market, Refusal, secret};
use store::{keys, people};

impl Market {
    /// Confirms an address and signs its owner in.
    pub async fn confirm(&self, key: &str, agent: &str) -> Result<SignedIn, Refusal> {
        let (hash, now) = (secret::hash(key), self.clock.now());
        let session = self.new_session(agent, false);
        self.write(move |tx| {
            let used = keys::use_link(tx, &hash, Kind::Confirm.word(), now)?;
            let person = used.flatten().ok_or(Refusal::LinkExpired)?;
            people::confirm(tx, person, now)?;
            session.open(tx, person)
        })
        .await
    }
}
