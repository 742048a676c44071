//! `doctor` looks at the world: settings that are for tests, the folder, the disk, the port, the clock, the mail
//! server, the public address, the network.

use crate::mail::Mailer;
use crate::settings::{Database, Settings, Transport};
use crate::site_folder;
use market::{Clock, SystemClock};
use process::doctor::{self, Finding};
use std::fmt;
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

/// Who runs, in sentences.
const WHO: &str = "site";

/// Less free disk than this is too little to begin with.
const DISK_LEAST: u64 = 256 * 1024 * 1024;

/// Looks at everything.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let mut found: Vec<Finding> = settings.warnings().into_iter().map(dangerous).collect();
    let (folder, running) = doctor::folder(&settings.data, WHO);
    found.push(folder);
    found.push(disk(settings));
    found.extend(doctor::ports(&settings.listen, running, WHO));
    found.push(clock(settings, running).await);
    found.push(mail(settings).await);
    found.push(address(settings, running));
    if settings.network.is_networked() {
        found.extend(network(settings, running).await);
    }
    found
}

fn dangerous((key, says): (impl fmt::Display, impl fmt::Display)) -> Finding {
    Finding::Dangerous(format!("{key}: {says}"))
}

fn disk(settings: &Settings) -> Finding {
    let judge = |free, text| if free < DISK_LEAST { Finding::Bad(text) } else { Finding::Good(text) };
    doctor::disk(&settings.data, judge)
}

/// A clock behind the last sign of life was set back: ends would come twice.
async fn clock(settings: &Settings, running: bool) -> Finding {
    let now = SystemClock.now();
    let shown = crate::api::moment(now);
    if running || !matches!(settings.database, Database::Embedded) {
        return Finding::Good(format!("clock: {shown}"));
    }
    if !site_folder::has_database(settings) {
        return Finding::Good(format!("clock: {shown}; the database is made when the site first starts"));
    }
    let location = site_folder::location(settings);
    let last = tokio::task::spawn_blocking(move || location.look(store::site::last_beat)).await;
    match last {
        Ok(Ok(Some(last))) if last > now => Finding::Bad(format!(
            "clock: {shown} is before {}, when the site ran last",
            crate::api::moment(last)
        )),
        Ok(Err(error)) => Finding::Bad(format!("database: {error}")),
        Err(error) => Finding::Bad(format!("database: {error}")),
        Ok(Ok(_)) => Finding::Good(format!("clock: {shown}; the database can be read")),
    }
}

async fn mail(settings: &Settings) -> Finding {
    match settings.mail.transport {
        Transport::Folder => {
            let folder = settings.mail_folder();
            Finding::Doubtful(format!("mail: letters are not sent, they go into {}", folder.display()))
        }
        Transport::Memory => Finding::Doubtful("mail: letters are not sent, nor kept".to_owned()),
        Transport::Smtp => {
            let mailer = match Mailer::new(settings) {
                Ok(mailer) => mailer,
                Err(error) => return Finding::Bad(format!("mail: {error}")),
            };
            match mailer.greet().await {
                Ok(()) => Finding::Good("mail: the mail server greets us".to_owned()),
                Err(error) => Finding::Bad(format!("mail: {error}")),
            }
        }
    }
}

/// Whether people can find the site under its public address.
fn address(settings: &Settings, running: bool) -> Finding {
    let url = &settings.public_url;
    let authority = url.as_str().split("://").nth(1).unwrap_or_default();
    let port = if url.is_secure() { 443 } else { 80 };
    let target = if authority.contains(':') { authority.to_owned() } else { format!("{authority}:{port}") };
    let resolved = target.to_socket_addrs().ok().and_then(|mut addresses| addresses.next());
    let Some(resolved) = resolved else { return Finding::Bad(format!("address: {url} has no address")) };
    if !running {
        return Finding::Good(format!("address: {url} leads to {}", resolved.ip()));
    }
    match TcpStream::connect_timeout(&resolved, Duration::from_secs(3)) {
        Ok(_) => Finding::Good(format!("address: {url} answers")),
        Err(error) => Finding::Bad(format!("address: {url} does not answer: {error}")),
    }
}

/// The key of the site, its address for others, and those whom it dials: whether they answer and tell the same time.
async fn network(settings: &Settings, running: bool) -> Vec<Finding> {
    match crate::network::hub_settings(settings) {
        Ok(own) => {
            let mut found = vec![hub::doctor::key(&own)];
            found.extend(hub::doctor::others(&own, running).await);
            found
        }
        Err(error) => vec![Finding::Bad(format!("network: {error:#}"))],
    }
}
