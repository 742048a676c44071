//! Whether others can be reached, and the hub itself where others dial it.

use super::clocks;
use crate::outgoing::{Trust, connect};
use crate::serve::roots;
use crate::settings::{Address, Settings, Upstream};
use process::doctor::Finding;
use std::time::Duration;
use tokio::net::lookup_host;
use tokio::time::timeout;

/// A hub that answers does so within this.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Whether those answer whom the settings name, and tell the same time; and the hub itself, if it runs.
pub async fn others(settings: &Settings, running: bool) -> Vec<Finding> {
    let trust = match roots(&settings.tls).and_then(|roots| Ok(Trust::beside_browsers(&roots)?)) {
        Ok(trust) => trust,
        Err(error) => return vec![Finding::Bad(format!("tls: {error:#}"))],
    };
    let mut found = vec![own(&settings.address, running, &trust).await];
    for Upstream { address, .. } in &settings.upstreams {
        let reached = reach("upstream", address, &trust).await;
        let answers = matches!(reached, Finding::Good(_));
        found.push(reached);
        if answers {
            found.extend(clocks::compare(address, &trust).await);
        }
    }
    found
}

async fn own(address: &Address, running: bool, trust: &Trust) -> Finding {
    if address.is_empty() {
        return Finding::Good("address: none, so nobody dials this hub; it dials others".to_owned());
    }
    if running {
        return reach("address", address, trust).await;
    }
    match lookup_host(address.name_and_port()).await.map(|mut found| found.next()) {
        Ok(Some(leads)) => Finding::Good(format!("address: {address} leads to {}", leads.ip())),
        _ => Finding::Bad(format!("address: the host of {address} has no address")),
    }
}

/// Whether somebody answers at an address, with the right certificate where there is one.
async fn reach(what: &str, address: &Address, trust: &Trust) -> Finding {
    let (host, port) = address.name_and_port();
    // Whoever has set an address of a private network means it.
    let trust = address.is_secure().then_some(trust);
    match timeout(PATIENCE, connect(&host, port, trust, true)).await {
        Ok(Ok(_)) => Finding::Good(format!("{what}: {address} answers")),
        Ok(Err(error)) => Finding::Bad(format!("{what}: {address}: {error}")),
        Err(_) => Finding::Bad(format!("{what}: {address} does not answer")),
    }
}
