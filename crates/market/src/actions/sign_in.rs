//! Signing in and out.

use crate::{Email, Market, Refusal, SESSION_PREFIX, password, secret};
use auction::{Person, Span, Time};
use store::{Tx, keys, people};

/// What a person gives to sign in.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Mail address.
    pub email: String,
    /// Password.
    pub password: String,
    /// Stay signed in on this device.
    pub remember: bool,
    /// What the browser calls itself, for the list of sessions.
    pub agent: String,
}

/// A session that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who.
    pub person: Person,
    /// The key, known to nobody else.
    pub key: String,
    /// When it stops working.
    pub expires_at: Time,
}

/// How long a session lasts.
const SESSION: Span = Span::hours(24);

/// How long it lasts on a device that is remembered.
const REMEMBERED: Span = Span::days(30);

/// Longest name of a browser that is kept.
const AGENT_LONGEST: usize = 200;

/// A session that is about to be opened: its key and times are drawn before the transaction.
#[derive(Clone)]
pub(super) struct NewSession {
    key: String,
    agent: String,
    now: Time,
    expires_at: Time,
}

impl NewSession {
    pub(super) fn open(&self, tx: &mut Tx<'_>, person: Person) -> Result<SignedIn, Refusal> {
        let hash = secret::hash(&self.key);
        keys::open_session(tx, &hash, person, &self.agent, self.now, self.expires_at)?;
        Ok(SignedIn { person, key: self.key.clone(), expires_at: self.expires_at })
    }
}

impl Market {
    pub(super) fn new_session(&self, agent: &str, remember: bool) -> NewSession {
        let now = self.clock.now();
        let length = if remember { REMEMBERED } else { SESSION };
        NewSession {
            key: format!("{SESSION_PREFIX}{}", self.chance.secret()),
            agent: agent.chars().filter(|c| !c.is_control()).take(AGENT_LONGEST).collect(),
            now,
            expires_at: now + length,
        }
    }

    /// Opens a session. Whether the address or the password is wrong is not said, nor to be felt.
    pub async fn sign_in(&self, request: SignIn) -> Result<SignedIn, Refusal> {
        let Some(email) = Email::parse(&request.email) else { return Err(Refusal::WrongSignIn) };
        let key = email.key();
        self.doorkeeper.attempt(&key, self.clock.now())?;
        let account = self.read(move |tx| Ok(people::by_email(tx, &key)?)).await?;
        let hash = account.as_ref().and_then(|account| account.password.clone());
        let right = password::verify(request.password, hash).await?;
        let account = account.filter(|_| right).ok_or(Refusal::WrongSignIn)?;
        if account.confirmed_at.is_none() {
            return Err(Refusal::NotConfirmed);
        }
        let session = self.new_session(&request.agent, request.remember);
        self.write(move |tx| session.open(tx, account.person)).await
    }

    /// Ends a session.
    pub async fn sign_out(&self, key: &str) -> Result<(), Refusal> {
        let hash = secret::hash(key);
        self.write(move |tx| Ok(keys::close_session(tx, &hash)?)).await?;
        self.doorkeeper.forget();
        Ok(())
    }
}
