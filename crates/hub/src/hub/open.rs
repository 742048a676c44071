//! Opening everything in order.

use super::alarms::Alarms;
use super::hands::Hands;
use super::posts::Posts;
use super::runner::{Event, Runner};
use super::{Hub, HubSettings, Inner, keeper};
use crate::frame::{ADDRESS_MOST, Bye, NAME_MOST, Reason};
use crate::key::{PublicKey, SecretKey};
use crate::links::{
    About, Checkers, Connector, Desk, Failures, Hosts, Refusals, Strangers, Table, ToNode, Upstreams,
    keep_linked,
};
use crate::log::{Log, LogName};
use crate::node::{Node, Restored};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use tokio::runtime::Handle;
use tokio::sync::watch;

/// Why a hub could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum NotOpened {
    /// A hub is its key.
    #[error("a hub needs a key")]
    NoKey,
    /// Name, address or software have more bytes than a HELLO takes.
    #[error("the {0} of the hub is too long")]
    TooLong(&'static str),
    /// Name, address or software is more than one line.
    #[error("the {0} of the hub has control characters")]
    NoLine(&'static str),
    /// The log cannot be used.
    #[error("the log cannot be opened: {0}")]
    Log(#[from] journal::OpenError),
    /// The log cannot be read.
    #[error("the log cannot be read: {0}")]
    NoRead(#[from] journal::Error),
    /// TLS cannot be spoken.
    #[error("TLS cannot be spoken: {0}")]
    Tls(#[from] rustls::Error),
    /// A thread could not be had.
    #[error("a thread could not be started: {0}")]
    Thread(#[from] std::io::Error),
}

pub(super) async fn open(settings: HubSettings, keys: Vec<SecretKey>) -> Result<Hub, NotOpened> {
    let own = keys.first().cloned().ok_or(NotOpened::NoKey)?;
    let about = about(&settings)?;
    let (log, mut restored) = open_log(&settings).await?;
    restored.upstreams = upstreams(&settings, &log).await?;
    let (events, inbox) = mpsc::channel();
    let desk = Arc::new(desk(&settings, own, about, log, &events)?);
    let alarms = Arc::new(Alarms::default());
    let node = Node::new(settings.node.clone(), keys, restored, settings.clock.now());
    let hands = Hands::new(Arc::clone(&desk), events.clone(), Arc::clone(&alarms));
    let posts = Arc::new(Posts::default());
    let runner = Runner::new(node, hands, Arc::clone(&posts), Arc::clone(&settings.clock));
    let (failing, failed) = watch::channel(false);
    let guard = NodeGuard { desk: Arc::clone(&desk), failing };
    thread::Builder::new().name("hub-node".to_owned()).spawn(move || {
        let _guard = guard;
        runner.run(&inbox);
    })?;
    let mut tasks = vec![tokio::spawn(keeper::keep(Arc::clone(&desk), settings.retention()))];
    tasks.extend(
        settings.upstreams.iter().map(|url| tokio::spawn(keep_linked(Arc::clone(&desk), url.clone()))),
    );
    Ok(Hub(Arc::new(Inner { desk, events, posts, alarms, tasks: Mutex::new(tasks), failed })))
}

/// A hub whose node has failed must not look as if it ran: its neighbours go elsewhere.
struct NodeGuard {
    desk: Arc<Desk>,
    failing: watch::Sender<bool>,
}

impl Drop for NodeGuard {
    fn drop(&mut self) {
        if thread::panicking() {
            tracing::error!("the node has failed; this hub does nothing more until it is started again");
            self.desk.stopping.send_replace(true);
            self.failing.send_replace(true);
            let text = "the node has failed".to_owned();
            self.desk.table.close_all(&Bye { reason: Reason::Failed, retry_after: 60, text });
        }
    }
}

fn about(settings: &HubSettings) -> Result<About, NotOpened> {
    let texts = [
        (&settings.name, NAME_MOST, "name"),
        (&settings.address, ADDRESS_MOST, "address"),
        (&settings.software, NAME_MOST, "software"),
    ];
    if let Some((.., what)) = texts.iter().find(|(text, most, _)| text.len() > *most) {
        return Err(NotOpened::TooLong(what));
    }
    if let Some((.., what)) = texts.iter().find(|(text, ..)| text.contains(char::is_control)) {
        return Err(NotOpened::NoLine(what));
    }
    Ok(About {
        name: settings.name.clone(),
        address: settings.address.clone(),
        software: settings.software.clone(),
        retention_seconds: u32::try_from(settings.node.retention.0 / 1_000_000).unwrap_or(u32::MAX),
    })
}

async fn open_log(settings: &HubSettings) -> Result<(Log, Restored), NotOpened> {
    let (folder, readers) = (settings.data.clone(), settings.readers);
    let name = LogName(settings.chance.number());
    let opened = tokio::task::spawn_blocking(move || Log::open(&folder, name, readers)).await;
    Ok(opened.map_err(std::io::Error::other)??)
}

/// Who the upstreams are, so that none is taken for a neighbour that may be given up before it is linked.
async fn upstreams(settings: &HubSettings, log: &Log) -> Result<BTreeSet<PublicKey>, NotOpened> {
    let mut keys = BTreeSet::new();
    for url in &settings.upstreams {
        let pinned = log.pinned(url.to_string()).await?;
        keys.extend(url.key().or(pinned));
    }
    Ok(keys)
}

fn desk(
    settings: &HubSettings,
    key: SecretKey,
    about: About,
    log: Log,
    events: &mpsc::Sender<Event>,
) -> Result<Desk, NotOpened> {
    let events = events.clone();
    // After the node has stopped nobody waits for this any more.
    let to_node: ToNode = Arc::new(move |from_link| drop(events.send(Event::FromLink(from_link))));
    let limits = settings.links.clone();
    Ok(Desk {
        key,
        about,
        clock: Arc::clone(&settings.clock),
        chance: Arc::clone(&settings.chance),
        log,
        checkers: Checkers::start(&to_node, &settings.clock, &settings.chance)?,
        to_node,
        table: Table::default(),
        strangers: Strangers::new(limits.strangers, limits.strangers_of_one),
        refusals: Refusals::default(),
        failures: Failures::default(),
        hosts: Hosts::new(&settings.hosts),
        connector: Connector::new(settings.allow_private_addresses, &settings.extra_roots)?,
        upstreams: Upstreams::default(),
        stopping: watch::Sender::new(false),
        runtime: Handle::current(),
        limits,
    })
}
