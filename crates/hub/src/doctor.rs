//! `doctor` looks at the world: settings that are for tests, the folder, the key, the disk, the ports, the clock, the
//! certificate, the address, the upstreams.

use crate::hub_folder;
use crate::outgoing::{Trust, connect};
use crate::pages::moment;
use crate::serve::{certificate, roots};
use crate::settings::{Address, Listen, Settings, Upstream};
use crate::{Clock, SystemClock};
use std::fmt;
use std::io;
use std::net::TcpListener;
use std::time::Duration;
use tokio::time::timeout;

/// How one thing is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// As it should be.
    Good(String),
    /// It works, but look at it.
    Doubtful(String),
    /// It will not work.
    Bad(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mark, text) = match self {
            Finding::Good(text) => ("ok     ", text),
            Finding::Doubtful(text) => ("look   ", text),
            Finding::Bad(text) => ("WRONG  ", text),
        };
        write!(f, "{mark}{text}")
    }
}

/// A hub that answers does so within this.
const PATIENCE: Duration = Duration::from_secs(5);

/// Looks at everything.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let warnings = settings.warnings().into_iter();
    let mut found: Vec<Finding> =
        warnings.map(|(key, says)| Finding::Doubtful(format!("{key}: {says}"))).collect();
    let running = folder(settings, &mut found);
    found.push(key(settings));
    found.push(disk(settings));
    found.extend(ports(settings, running));
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

/// Whether the folder can be used; true if a running hub holds it.
fn folder(settings: &Settings, found: &mut Vec<Finding>) -> bool {
    let shown = settings.data.display();
    let held = hub_folder::make(&settings.data).and_then(|()| hub_folder::hold(&settings.data));
    let (finding, running) = match held {
        Ok(Some(_)) => (Finding::Good(format!("data: {shown} is ours to use")), false),
        Ok(None) => (Finding::Good(format!("data: {shown} is held by a running hub")), true),
        Err(error) => (Finding::Bad(format!("data: {error:#}")), false),
    };
    found.push(finding);
    running
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
    match rustix::fs::statvfs(&settings.data) {
        Ok(disk) => {
            let free = disk.f_bavail * disk.f_frsize;
            let text = format!("disk: {} MiB free", free / 1024 / 1024);
            if free < settings.retention_bytes {
                Finding::Doubtful(format!("{text}, less than `retention_bytes`"))
            } else {
                Finding::Good(text)
            }
        }
        Err(error) => Finding::Bad(format!("disk: {error}")),
    }
}

fn ports(settings: &Settings, running: bool) -> Vec<Finding> {
    let look = |address: std::net::SocketAddr| match TcpListener::bind(address) {
        Ok(_) => Finding::Good(format!("port: {address} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && running => {
            Finding::Good(format!("port: {address} is in use, as it should be: the hub runs"))
        }
        Err(error) => Finding::Bad(format!("port: cannot listen on {address}: {error}")),
    };
    let first = |listen: &Listen| listen.sockets().first().copied();
    settings.listen.iter().filter_map(first).map(look).collect()
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
