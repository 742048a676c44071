//! Personal tokens: made, listed, revoked by their owner. Making one is not kept for repetition: its key must
//! not be stored, and a second one harms nobody.

use crate::{Identity, Market, Refusal, Scope, Scopes, TOKEN_PREFIX, secret};
use auction::Person;
use store::keys::{self, Token};

/// A token that was just made. Its key is shown this once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// Its number.
    pub id: i64,
    /// The key.
    pub key: String,
}

/// Longest name of a token, in characters.
const NAME_LONGEST: usize = 60;

impl Market {
    /// Makes a token with some of the asker's own scopes.
    pub async fn create_token(
        &self,
        who: &Identity,
        name: &str,
        scopes: Scopes,
    ) -> Result<NewToken, Refusal> {
        who.require_active(Scope::Account)?;
        if let Some(scope) = Scope::ALL.into_iter().find(|s| scopes.has(*s) && !who.scopes.has(*s)) {
            return Err(Refusal::MissingScope(scope.word()));
        }
        self.create_token_for(who.person, name, scopes).await
    }

    /// Makes a token for somebody: the command line's way.
    pub async fn create_token_for(
        &self,
        person: Person,
        name: &str,
        scopes: Scopes,
    ) -> Result<NewToken, Refusal> {
        let name = name.trim().to_owned();
        if name.is_empty() || name.chars().count() > NAME_LONGEST || name.chars().any(char::is_control) {
            return Err(Refusal::field("name", if name.is_empty() { "missing" } else { "too_long" }));
        }
        let key = format!("{TOKEN_PREFIX}{}", self.chance.secret());
        let (hash, now, words) = (secret::hash(&key), self.clock.now(), scopes.to_string());
        let id = self.write(move |tx| Ok(keys::add_token(tx, &hash, person, &name, &words, now)?)).await?;
        Ok(NewToken { id, key })
    }

    /// The asker's tokens, revoked ones too, by number, behind one.
    pub async fn tokens(&self, who: &Identity, after: i64, limit: usize) -> Result<Vec<Token>, Refusal> {
        who.require(Scope::Account)?;
        let person = who.person;
        self.read(move |tx| Ok(keys::tokens(tx, person, after, limit)?)).await
    }

    /// Revokes one of the asker's tokens; at once.
    pub async fn revoke_token(&self, who: &Identity, id: i64) -> Result<(), Refusal> {
        who.require(Scope::Account)?;
        self.revoke_token_of(who.person, id).await
    }

    /// Revokes a token of somebody.
    pub async fn revoke_token_of(&self, person: Person, id: i64) -> Result<(), Refusal> {
        let now = self.clock.now();
        let revoked = self.write(move |tx| Ok(keys::revoke_token(tx, person, id, now)?)).await?;
        self.doorkeeper.forget();
        if revoked { Ok(()) } else { Err(Refusal::NoSuchToken) }
    }
}
