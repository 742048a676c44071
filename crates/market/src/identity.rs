//! Who is at the door, and what that allows.

use crate::Refusal;
use auction::Person;
use std::fmt;
use std::str::FromStr;

/// What an account may do on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Lists and bids.
    User,
    /// Also approves, cancels bids, withdraws and suspends.
    Moderator,
    /// Also gives roles.
    Administrator,
}

/// The word is no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRole;

impl Role {
    /// The word of the role, as in the API and in the store.
    pub fn word(self) -> &'static str {
        match self {
            Role::User => "user",
            Role::Moderator => "moderator",
            Role::Administrator => "administrator",
        }
    }
}

impl FromStr for Role {
    type Err = NoRole;
    fn from_str(word: &str) -> Result<Role, NoRole> {
        [Role::User, Role::Moderator, Role::Administrator]
            .into_iter()
            .find(|role| role.word() == word)
            .ok_or(NoRole)
    }
}

/// One thing that a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read what the owner can see.
    Read,
    /// Bid, buy, take back.
    Bid,
    /// List and manage own auctions.
    Sell,
    /// The account: tokens, password.
    Account,
    /// Moderate, as far as the role allows.
    Moderate,
}

/// What a key may be used for: a set of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 5] = [Scope::Read, Scope::Bid, Scope::Sell, Scope::Account, Scope::Moderate];

    /// The word of the scope.
    pub fn word(self) -> &'static str {
        match self {
            Scope::Read => "read",
            Scope::Bid => "bid",
            Scope::Sell => "sell",
            Scope::Account => "account",
            Scope::Moderate => "moderate",
        }
    }
}

impl Scopes {
    /// Every scope: what a session has.
    pub const ALL: Scopes = Scopes(0b1_1111);

    /// The scopes of words separated by spaces; `None` if one is unknown or there is none.
    pub fn parse(words: &str) -> Option<Scopes> {
        let mut scopes = 0;
        for word in words.split_ascii_whitespace() {
            scopes |= 1 << Scope::ALL.iter().position(|scope| scope.word() == word)?;
        }
        (scopes != 0).then_some(Scopes(scopes))
    }

    /// Whether this one is among them.
    pub fn has(self, scope: Scope) -> bool {
        self.0 & (1 << scope as u8) != 0
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> =
            Scope::ALL.into_iter().filter(|scope| self.has(*scope)).map(Scope::word).collect();
        f.write_str(&words.join(" "))
    }
}

/// Somebody who has shown a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Who.
    pub person: Person,
    /// Shown name.
    pub name: String,
    /// What the account may do.
    pub role: Role,
    /// What the key may be used for.
    pub scopes: Scopes,
    /// The account is suspended: may read, nothing else.
    pub suspended: bool,
}

impl Identity {
    /// Fails unless the key has this scope.
    pub fn require(&self, scope: Scope) -> Result<(), Refusal> {
        if !self.scopes.has(scope) {
            return Err(Refusal::MissingScope(scope.word()));
        }
        Ok(())
    }

    /// Fails unless this is an active account whose key has this scope.
    pub fn require_active(&self, scope: Scope) -> Result<(), Refusal> {
        self.require(scope)?;
        if self.suspended { Err(Refusal::AccountSuspended) } else { Ok(()) }
    }

    /// Fails unless the account has at least this role, and the key the scope to moderate.
    pub fn require_role(&self, role: Role) -> Result<(), Refusal> {
        self.require_active(Scope::Moderate)?;
        if self.role >= role { Ok(()) } else { Err(Refusal::NotPermitted) }
    }
}
