//! Commands on a site, whether it runs or not: through the socket in its data folder, or, where nobody holds the
//! folder, by opening the database here.

mod call;
mod network;

pub use call::call;

use crate::network::SiteHub;
use crate::settings::Settings;
use anyhow::{Context, Result, anyhow};
use market::actions::AddUser;
use market::{Email, Market, Refusal, Scopes};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What can be asked of a site by who has its machine.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Add an account.
    AddUser {
        /// Mail address; taken as confirmed.
        email: String,
        /// Shown name.
        name: String,
        /// The word of the role.
        role: String,
        /// Make a token with all scopes, too.
        with_token: bool,
    },
    /// Make a token.
    CreateToken {
        /// Whose.
        email: String,
        /// Its name.
        name: String,
        /// Words separated by spaces.
        scopes: String,
    },
    /// List tokens.
    ListTokens {
        /// Whose.
        email: String,
    },
    /// Revoke a token.
    RevokeToken {
        /// Its number.
        id: i64,
    },
    /// Copy everything that the site keeps into a file.
    Backup {
        /// Which must not exist yet.
        file: PathBuf,
    },
    /// Look for what must not be.
    Check,
    /// Tell what everybody may know of an auction.
    Digest {
        /// Its number here.
        auction: i64,
    },
    /// Tell how it stands with the network.
    Network,
    /// Let a neighbour in.
    Approve {
        /// Its key.
        key: String,
    },
    /// Turn a neighbour away, and its messages.
    Block {
        /// Its key.
        key: String,
    },
}

/// What requests are about: a site, whether it runs or not.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// Everything that can be done.
    pub market: &'a Market,
    /// What its operator decided.
    pub settings: &'a Settings,
    /// Its hub, if it is networked.
    pub hub: Option<&'a SiteHub>,
}

impl Request {
    /// Whether the hub is needed.
    fn is_about_hub(&self) -> bool {
        matches!(
            self,
            Request::Network | Request::Approve { .. } | Request::Block { .. } | Request::Digest { .. }
        )
    }
}

/// Does what is asked.
pub async fn answer(site: Asked<'_>, request: Request) -> Result<Value> {
    let market = site.market;
    match request {
        Request::AddUser { email, name, role, with_token } => {
            let role =
                role.parse().map_err(|_| anyhow!("{role:?} is no role: user, moderator or administrator"))?;
            let user = AddUser { email: address(&email)?, name, role };
            let person = market.add_user(user).await.map_err(told)?;
            let mut added = json!({ "id": person.0, "email": email });
            if with_token {
                let token =
                    market.create_token_for(person, "command line", Scopes::ALL).await.map_err(told)?;
                added["token"] = token.key.into();
            }
            Ok(added)
        }
        Request::CreateToken { email, name, scopes } => {
            let known = "read, bid, sell, account, moderate";
            let scopes =
                Scopes::parse(&scopes.replace(',', " ")).with_context(|| format!("scopes are: {known}"))?;
            let account = market.account_by_email(&address(&email)?).await.map_err(told)?;
            let token = market.create_token_for(account.person, &name, scopes).await.map_err(told)?;
            Ok(json!({ "id": token.id, "token": token.key }))
        }
        Request::ListTokens { email } => {
            let account = market.account_by_email(&address(&email)?).await.map_err(told)?;
            let tokens = market.read(move |tx| Ok(store::keys::tokens(tx, account.person, 0, 10_000)?)).await;
            let tokens = tokens.map_err(told)?.into_iter().map(|token| {
                let revoked_at = token.revoked_at.map(crate::api::moment);
                json!({ "id": token.id, "name": token.name, "scopes": token.scopes,
                        "created_at": crate::api::moment(token.created_at), "revoked_at": revoked_at })
            });
            Ok(tokens.collect())
        }
        Request::RevokeToken { id } => {
            let owner = market.read(move |tx| Ok(store::keys::token_owner(tx, id)?)).await.map_err(told)?;
            let owner = owner.with_context(|| format!("there is no token {id}"))?;
            market.revoke_token_of(owner, id).await.map_err(told)?;
            Ok(json!({ "id": id, "revoked": true }))
        }
        Request::Backup { file } => {
            let (journal, settings) = (market.journal().clone(), site.settings.clone());
            tokio::task::spawn_blocking(move || crate::backup::write(&settings, &journal, &file)).await?
        }
        Request::Check => {
            let journal = market.journal().clone();
            let look = move || {
                let mut found = journal.check()?;
                found.extend(journal.location().look(store::check)?);
                Ok::<_, store::Error>(found)
            };
            let found = tokio::task::spawn_blocking(look).await??;
            Ok(json!({ "problems": found }))
        }
        about_hub => network::answer(site, about_hub).await,
    }
}

fn address(text: &str) -> Result<Email> {
    Email::parse(text).with_context(|| format!("{text:?} is no mail address"))
}

/// A refusal as an error for the command line.
fn told(refusal: Refusal) -> anyhow::Error {
    let answer = crate::answer::answer(&refusal, crate::words::Language::english());
    let fields: Vec<String> =
        answer.fields.iter().map(|field| format!("{}: {}", field.field, field.words)).collect();
    if fields.is_empty() { anyhow!(answer.words) } else { anyhow!(fields.join("; ")) }
}
