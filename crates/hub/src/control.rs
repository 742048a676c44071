//! Commands on a hub, whether it runs or not: through the socket in its data folder, or, where nobody holds the folder,
//! by opening the database here.

mod call;
mod inspect;

pub use call::call;

use crate::applications::Door;
use crate::key::{PublicKey, hex};
use crate::log::AGE_LEAST;
use crate::pages::{moment, neighbour};
use crate::time::Time;
use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What can be asked of a hub by who has its machine.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// List neighbours.
    Neighbours,
    /// Let one in.
    Approve {
        /// Its key.
        key: String,
    },
    /// Turn one away.
    Block {
        /// Its key.
        key: String,
    },
    /// Forget one.
    Forget {
        /// Its key.
        key: String,
    },
    /// Post again, after others were seen to sign with the key of this hub.
    Resume,
    /// Make a token.
    CreateToken {
        /// What it is for.
        name: String,
    },
    /// List tokens.
    ListTokens,
    /// Make a token worthless.
    RevokeToken {
        /// Its number.
        id: i64,
    },
    /// Give the secret key of a token.
    ExportToken {
        /// Its number.
        id: i64,
    },
    /// Show envelopes.
    Inspect {
        /// Whose.
        key: String,
        /// Which stream; the proof that the key has forked if none is named.
        epoch: Option<u64>,
        /// Which one; the first of the stream if none is named.
        number: Option<u64>,
    },
    /// Copy the database into a new file.
    Backup {
        /// The file, with its whole path.
        to: PathBuf,
    },
    /// Let go of what is older.
    Trim {
        /// Microseconds since 1970.
        before: u64,
        /// Even if a neighbour may still want it.
        #[serde(default)]
        force: bool,
    },
}

/// The longest name of a token.
const NAME_MOST: usize = 100;

/// Does what is asked.
pub async fn answer(door: &Door, request: Request) -> Result<Value> {
    match request {
        Request::Neighbours => {
            let (status, now) = (door.carrier.status().await?, door.now());
            Ok(status.neighbours.iter().map(|one| neighbour(one, now)).collect())
        }
        Request::Approve { key } => {
            let key = public(&key)?;
            if !door.carrier.approve(key).await? {
                bail!("there is no neighbour {key}: `anuko-hub neighbours list` shows all");
            }
            Ok(json!({ "key": key.to_string(), "standing": "active" }))
        }
        Request::Block { key } => {
            let key = public(&key)?;
            door.carrier.block(key).await?;
            Ok(json!({ "key": key.to_string(), "standing": "blocked" }))
        }
        Request::Forget { key } => {
            let key = public(&key)?;
            if !door.carrier.forget(key).await? {
                bail!("there is no neighbour {key}, or it is blocked: `anuko-hub neighbours list` shows all");
            }
            Ok(json!({ "key": key.to_string(), "forgotten": true }))
        }
        Request::Resume => {
            Ok(json!({ "posting": true, "had_stopped": door.carrier.resume_posting().await? }))
        }
        Request::Inspect { key, epoch, number } => inspect::inspect(door, public(&key)?, epoch, number).await,
        Request::Backup { to } => backup(door, to).await,
        Request::Trim { before, force } => trim(door, Time(before), force).await,
        about_tokens => tokens(door, about_tokens).await,
    }
}

/// The log, and the keys of applications with it; not the key of the hub, so that no copy is a clone.
async fn backup(door: &Door, to: PathBuf) -> Result<Value> {
    let (journal, file) = (door.journal.clone(), to.clone());
    tokio::task::spawn_blocking(move || journal.backup(&file)).await??;
    process::folder::make_private(&to)?;
    Ok(json!({ "file": to, "bytes": std::fs::metadata(&to)?.len() }))
}

/// Whoever is away for two days has been promised what comes meanwhile: that goes only if it is wanted expressly.
async fn trim(door: &Door, before: Time, force: bool) -> Result<Value> {
    let youngest = door.now() - AGE_LEAST;
    if before > youngest && !force {
        bail!(
            "what is younger than two days is kept for neighbours that are away: trim before {}, or add --force",
            moment(youngest)
        );
    }
    Ok(json!({ "envelopes": door.carrier.trim(before).await? }))
}

async fn tokens(door: &Door, request: Request) -> Result<Value> {
    match request {
        Request::CreateToken { name } => {
            let name = name.trim();
            if name.is_empty() || name.len() > NAME_MOST || name.contains(char::is_control) {
                bail!("a name has 1 to {NAME_MOST} bytes on one line");
            }
            let made = door.create_token(name).await?;
            let application = &made.application;
            Ok(
                json!({ "id": application.id, "name": name, "key": application.key.to_string(), "token": made.token }),
            )
        }
        Request::RevokeToken { id } => match door.revoke_token(id).await? {
            true => Ok(json!({ "id": id, "revoked": true })),
            false => bail!("there is no token {id}, or it was revoked before"),
        },
        Request::ExportToken { id } => {
            let key = door.tokens.export(id).await?.with_context(|| format!("there is no token {id}"))?;
            Ok(json!({ "id": id, "key": key.public().to_string(), "seed": hex(&key.seed()) }))
        }
        _ => {
            let listed = door.tokens.list().await?.into_iter().map(|token| {
                json!({ "id": token.id, "name": token.name, "key": token.key.to_string(),
                        "created_at": moment(token.created_at), "revoked_at": token.revoked_at.map(moment) })
            });
            Ok(listed.collect())
        }
    }
}

fn public(key: &str) -> Result<PublicKey> {
    key.parse().with_context(|| format!("{key:?} is no key"))
}
