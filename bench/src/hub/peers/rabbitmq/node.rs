//! A node of RabbitMQ with names, ports and folders of its own. It knows nothing of a node of the system, and is started
//! without the script of Debian, which would be somebody else.

use crate::hub::keeper::{Kept, free_address};
use crate::hub::peers::settled;
use anyhow::{Context, Result};
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

pub(super) const PROGRAM: &str = "/usr/lib/rabbitmq/bin/rabbitmq-server";

/// The post office by which nodes of Erlang find each other; else the first node would leave one behind.
pub(super) struct Post {
    _kept: Kept,
    port: u16,
}

impl Post {
    pub(super) fn open(folder: &Path) -> Result<Post> {
        fs::create_dir_all(folder)?;
        let at = free_address()?;
        let mut command = Command::new("epmd");
        command.args(["-address", "127.0.0.1", "-port", &at.port().to_string()]);
        let kept = Kept::start(&command, &folder.join("epmd.log"))?;
        kept.listens(at)?;
        Ok(Post { _kept: kept, port: at.port() })
    }
}

pub(super) struct Node {
    pub(super) kept: Kept,
    address: SocketAddr,
}

impl Node {
    /// Starts a node, with a shovel from another one.
    pub(super) fn start(folder: &Path, name: &str, post: &Post, from: Option<&Node>) -> Result<Node> {
        let (address, among_nodes) = (free_address()?, free_address()?);
        settled(folder, "enabled_plugins", "[rabbitmq_shovel].\n")?;
        // The nodes need not be told of the disk that others use.
        fs::write(folder.join("rabbitmq.conf"), "disk_free_limit.absolute = 50MB\nloopback_users = none\n")?;
        let shovel = from.map_or_else(|| "[].\n".to_owned(), |from| shovel(&from.url(), &url(address)));
        fs::write(folder.join("advanced.config"), shovel)?;
        let mut command = Command::new(PROGRAM);
        let file = |name: &str| folder.join(name);
        command
            .env("HOME", folder)
            .env("ERL_EPMD_PORT", post.port.to_string())
            .env("RABBITMQ_NODENAME", format!("{name}@localhost"))
            .env("RABBITMQ_NODE_IP_ADDRESS", address.ip().to_string())
            .env("RABBITMQ_NODE_PORT", address.port().to_string())
            .env("RABBITMQ_DIST_PORT", among_nodes.port().to_string())
            .env("RABBITMQ_MNESIA_BASE", file("mnesia"))
            .env("RABBITMQ_LOG_BASE", file("logs"))
            .env("RABBITMQ_PID_FILE", file("pid"))
            .env("RABBITMQ_CONF_ENV_FILE", file("none"))
            .env("RABBITMQ_CONFIG_FILE", file("rabbitmq.conf"))
            .env("RABBITMQ_ADVANCED_CONFIG_FILE", file("advanced.config"))
            .env("RABBITMQ_ENABLED_PLUGINS_FILE", file("enabled_plugins"));
        let mut kept = Kept::start(&command, &file("log"))?;
        kept.listens(address)?;
        // What was started is a script.
        let process = fs::read_to_string(file("pid")).context("no pid file")?;
        kept.is_process(process.trim().parse()?);
        Ok(Node { kept, address })
    }

    pub(super) fn url(&self) -> String {
        url(self.address)
    }
}

fn url(address: SocketAddr) -> String {
    format!("amqp://guest:guest@{address}/%2f")
}

/// Confirms to A what B has confirmed.
fn shovel(from: &str, to: &str) -> String {
    let queue = super::QUEUE;
    let declared = format!("{{declarations, [{{'queue.declare', [{{queue, <<\"{queue}\">>}}, durable]}}]}}");
    format!(
        "[{{rabbitmq_shovel, [{{shovels, [{{bench, [\n\
         {{source, [{{protocol, amqp091}}, {{uris, [\"{from}\"]}}, {declared},\n\
           {{queue, <<\"{queue}\">>}}, {{prefetch_count, 1000}}]}},\n\
         {{destination, [{{protocol, amqp091}}, {{uris, [\"{to}\"]}}, {declared},\n\
           {{publish_properties, [{{delivery_mode, 2}}]}},\n\
           {{publish_fields, [{{exchange, <<>>}}, {{routing_key, <<\"{queue}\">>}}]}}]}},\n\
         {{ack_mode, on_confirm}}, {{reconnect_delay, 1}}]}}]}}]}}].\n"
    )
}
