//! `doctor` looks at the world: settings that are for tests, the folder, the key, the disk, the ports, the clock, the
//! certificate, the address, the upstreams.

use crate::hub_folder;
use crate::outgoing::{Trust, connect};
use crate::pages::moment;
use crate::serve::{certificate, roots};
use crate::settings::{Address, Settings, Upstream};
use crate::{Clock, SystemClock};
use process::doctor::{self, Finding};
use std::time::Duration;
use tokio::time::timeout;

/// Who runs, in sentences.
const WHO: &str = "hub";

/// A hub that answers does so within this.
const PATIENCE: Duration = Duration::from_secs(5);

/// Looks at everything.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let warnings = settings.warnings().into_iter();
    let mut found: Vec<Finding> =
        warnings.map(|(key, says)| Finding::Doubtful(format!("{key}: {says}"))).collect();
    let (folder, running) = doctor::folder(&settings.data, WHO);
    found.push(folder);
    found.push(key(settings));
    found.push(disk(settings));
    found.extend(doctor::ports(&settings.listen, running, WHO));
    found.push(Finding::Good(format!("clock: {}", moment(SystemClock.now()))));
    found.extend(tls(settings));
    match trust(settings) {
        Ok(trust) => found.extend(others(settings, &trust).await),
        Err(error) => found.push(Finding::Bad(format!("tls: {error:#}"))),
    }
    found
}

/// Whether those answer whom the settings name, and the hub itself where others dial it.
async fn others(settings: &Settings, trust: &Trust) -> Vec<Finding> {
    let mut found = Vec::new();
    if settings.address.is_empty() {
        found.push(Finding::Good("address: none, so nobody dials this hub; it dials others".to_owned()));
    } else {
        found.push(reach("address", &settings.address, trust).await);
    }
    for Upstream { address, .. } in &settings.upstreams {
        found.push(reach("upstream", address, trust).await);
    }
    found
}

fn key(settings: &Settings) -> Finding {
    match hub_folder::key(&settings.data) {
        Ok(Some(key)) => Finding::Good(format!("key: {}", key.public())),
        Ok(None) => Finding::Good("key: none yet; it is made when the hub first starts".to_owned()),
        Err(error) => Finding::Bad(format!("key: {error:#}")),
    }
}

/// The log may become as large as the settings allow.
fn disk(settings: &Settings) -> Finding {
    doctor::disk(&settings.data, |free, text| {
        if free < settings.retention_bytes {
            Finding::Doubtful(format!("{text}, less than `retention_bytes`"))
        } else {
            Finding::Good(text)
        }
    })
}

fn tls(settings: &Settings) -> Option<Finding> {
    match certificate(&settings.tls) {
        Ok(None) => None,
        Ok(Some(_)) => Some(Finding::Good("tls: certificate and key can be used".to_owned())),
        Err(error) => Some(Finding::Bad(format!("tls: {error:#}"))),
    }
}

fn trust(settings: &Settings) -> anyhow::Result<Trust> {
    Ok(Trust::beside_browsers(&roots(&settings.tls)?)?)
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
