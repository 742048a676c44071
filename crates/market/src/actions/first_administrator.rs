//! The first start prints a one-time link; who follows it becomes the administrator.

use super::register::check_account;
use super::sign_in::SignedIn;
use super::{AddUser, Register};
use crate::{Market, Refusal, Role, password, secret};
use auction::Span;
use store::{keys, people};

/// The kind of the link.
const KIND: &str = "administrator";

/// How long it works; a new one is printed at every start without an administrator.
const WITHIN: Span = Span::days(7);

impl Market {
    /// The secret of a fresh link, if the site has no administrator yet.
    pub async fn first_start_link(&self) -> Result<Option<String>, Refusal> {
        let (key, now) = (self.chance.secret(), self.clock.now());
        self.write(move |tx| {
            if people::has_role(tx, Role::Administrator.word())? {
                return Ok(None);
            }
            keys::add_link(tx, &secret::hash(&key), KIND, None, now, now + WITHIN)?;
            Ok(Some(key.clone()))
        })
        .await
    }

    /// Makes the administrator by the link.
    pub async fn become_administrator(
        &self,
        key: &str,
        request: Register,
        agent: &str,
    ) -> Result<SignedIn, Refusal> {
        let (email, name) = check_account(&request.email, &request.name, Some(&request.password))?;
        let hash = password::hash(request.password, self.chance.clone()).await?;
        let (link, now) = (secret::hash(key), self.clock.now());
        let session = self.new_session(agent, false);
        let language = self.policy.language.clone();
        self.write(move |tx| {
            keys::use_link(tx, &link, KIND, now)?.ok_or(Refusal::LinkExpired)?;
            let user = AddUser { email: email.clone(), name: name.clone(), role: Role::Administrator };
            let person = user.insert(tx, Some(&hash), &language, now)?;
            people::set_password(tx, person, &hash)?;
            session.open(tx, person)
        })
        .await
    }
}
