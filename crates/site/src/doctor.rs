//! `doctor` looks at the world: settings that are for tests, the folder, the disk, the port, the clock, the mail
//! server, the public address.

use crate::mail::Mailer;
use crate::settings::{Database, Settings, Transport};
use crate::site_folder;
use market::{Clock, SystemClock};
use std::fmt;
use std::io;
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::time::Duration;

/// How one thing is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// As it should be.
    Good(String),
    /// It works, but look at it.
    Doubtful(String),
    /// A setting that no site should run with.
    Dangerous(String),
    /// It will not work.
    Bad(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mark, text) = match self {
            Finding::Good(text) => ("ok     ", text),
            Finding::Doubtful(text) => ("look   ", text),
            Finding::Dangerous(text) => ("DANGER ", text),
            Finding::Bad(text) => ("WRONG  ", text),
        };
        write!(f, "{mark}{text}")
    }
}

impl Finding {
    /// The line for a terminal: what is dangerous or wrong stands in red.
    pub fn in_colour(&self) -> String {
        match self {
            Finding::Dangerous(_) | Finding::Bad(_) => format!("\x1b[31m{self}\x1b[0m"),
            _ => self.to_string(),
        }
    }
}

/// Less free disk than this is too little to begin with.
const DISK_LEAST: u64 = 256 * 1024 * 1024;

/// Looks at everything.
pub async fn examine(settings: &Settings) -> Vec<Finding> {
    let mut found: Vec<Finding> = settings.warnings().into_iter().map(dangerous).collect();
    let running = folder(settings, &mut found);
    found.push(disk(settings));
    found.extend(ports(settings, running));
    found.push(clock(settings, running).await);
    found.push(mail(settings).await);
    found.push(address(settings, running));
    found
}

fn dangerous((key, says): (impl fmt::Display, impl fmt::Display)) -> Finding {
    Finding::Dangerous(format!("{key}: {says}"))
}

/// Whether the folder can be used; true if a running site holds it.
fn folder(settings: &Settings, found: &mut Vec<Finding>) -> bool {
    let shown = settings.data.display();
    let held = site_folder::make(settings).and_then(|()| site_folder::hold(&settings.data));
    let (finding, running) = match held {
        Ok(Some(_)) => (Finding::Good(format!("data: {shown} is ours to use")), false),
        Ok(None) => (Finding::Good(format!("data: {shown} is held by a running site")), true),
        Err(error) => (Finding::Bad(format!("data: {error:#}")), false),
    };
    found.push(finding);
    running
}

fn disk(settings: &Settings) -> Finding {
    match rustix::fs::statvfs(&settings.data) {
        Ok(disk) => {
            let free = disk.f_bavail * disk.f_frsize;
            let text = format!("disk: {} MiB free", free / 1024 / 1024);
            if free < DISK_LEAST { Finding::Bad(text) } else { Finding::Good(text) }
        }
        Err(error) => Finding::Bad(format!("disk: {error}")),
    }
}

fn ports(settings: &Settings, running: bool) -> Vec<Finding> {
    let look = |address: std::net::SocketAddr| match TcpListener::bind(address) {
        Ok(_) => Finding::Good(format!("port: {address} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && running => {
            Finding::Good(format!("port: {address} is in use, as it should be: the site runs"))
        }
        Err(error) => Finding::Bad(format!("port: cannot listen on {address}: {error}")),
    };
    let first = |listen: &crate::settings::Listen| listen.sockets().first().copied();
    settings.listen.iter().filter_map(first).map(look).collect()
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
