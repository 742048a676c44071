//! A forgotten password: a letter, a link, a new one.

use super::register::RESET_WITHIN;
use super::sign_in::SignedIn;
use crate::letters::Kind;
use crate::{Email, Market, Refusal, password, secret};
use store::{keys, letters, people};

impl Market {
    /// Sends a link to set a new password, if there is such an account. The answer does not tell.
    pub async fn ask_for_reset(&self, email: &str) -> Result<(), Refusal> {
        let email = Email::parse(email).ok_or_else(|| Refusal::field("email", "not_an_address"))?;
        let now = self.clock.now();
        self.doorkeeper.letter(&email.key(), now)?;
        let (key, message_id) = (self.chance.secret(), self.message_id());
        self.write(move |tx| {
            let Some(account) = people::by_email(tx, &email.key())? else { return Ok(()) };
            let kind = Kind::Reset.word();
            let person = Some(account.person);
            keys::add_link(tx, &secret::hash(&key), kind, person, now, now + RESET_WITHIN)?;
            let letter = letters::New {
                message_id: &message_id,
                kind,
                person: account.person,
                auction: None,
                secret: Some(&key),
                due_at: now,
            };
            Ok(letters::insert(tx, &letter, now)?)
        })
        .await
    }

    /// Sets a new password by the link, ends all sessions and opens one. The address is confirmed by it, too.
    pub async fn reset_password(&self, key: &str, new: String, agent: &str) -> Result<SignedIn, Refusal> {
        password::check(&new).map_err(|problem| Refusal::field("password", problem))?;
        let hash = password::hash(new, self.chance.clone()).await?;
        let (link, now) = (secret::hash(key), self.clock.now());
        let session = self.new_session(agent, false);
        let opened = self
            .write(move |tx| {
                let used = keys::use_link(tx, &link, Kind::Reset.word(), now)?;
                let person = used.flatten().ok_or(Refusal::LinkExpired)?;
                people::set_password(tx, person, &hash)?;
                people::confirm(tx, person, now)?;
                keys::close_sessions(tx, person)?;
                session.open(tx, person)
            })
            .await?;
        self.doorkeeper.forget();
        Ok(opened)
    }
}
