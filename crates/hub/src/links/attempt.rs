//! Trying to reach a neighbour where it said that it is.

use super::desk::Desk;
use super::dial::{NotReached, Source};
use super::greeting::{self, NoLink};
use super::link;
use super::url::{HubUrl, NoHubUrl};
use crate::key::PublicKey;
use crate::node::Input;
use std::sync::Arc;

/// Why an attempt, or a call to an upstream, has failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failed {
    #[error(transparent)]
    NoAddress(#[from] NoHubUrl),
    #[error(transparent)]
    NotReached(#[from] NotReached),
    #[error(transparent)]
    NoLink(#[from] NoLink),
    #[error("the log could not be asked: {0}")]
    Log(#[from] journal::Error),
}

/// Tries once. If it succeeds, the link lasts until it ends.
pub(crate) async fn attempt(desk: Arc<Desk>, key: PublicKey, address: String) {
    let tried = async {
        let url: HubUrl = address.parse()?;
        let mut socket = desk.connector.dial(&url, Source::Neighbour).await?;
        let hello = greeting::as_dialler(&mut socket, &desk, &url.host, Some(key)).await?;
        Ok::<_, Failed>((socket, hello))
    };
    match tried.await {
        Ok((socket, hello)) => {
            link::keep(&desk, socket, hello, false).await;
        }
        Err(why) => {
            desk.failures.note(key, desk.clock.now(), why.to_string());
            tracing::info!(%key, %why, "the neighbour {key} was not reached: {why}");
            desk.tell(Input::NotReached(key));
        }
    }
}
