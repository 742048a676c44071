//! The settings themselves. `print-config` and the documents are made from this list alone.

use super::AnukoHub;
use super::kind::address::Address;
use super::kind::choice::{Join, Spread};
use super::kind::host::Host;
use super::kind::upstream::Upstream;
use crate::PublicKey;
use settings::kind::{File, Folder, Level, Line, List, Listen, Listening, LogFormat, Whole, YesNo};
use std::net::IpAddr;
use std::path::PathBuf;

settings::declare! {
    program AnukoHub;

    /// Everything that a webmaster can decide, complete and checked.
    Settings at "" with [
        /// How much is taken from others.
        limits: LimitSettings,
        /// How long others may be silent.
        links: LinkSettings,
        /// How messages reach applications that have an address.
        webhooks: WebhookSettings,
        /// Encryption without a proxy.
        tls: TlsSettings,
        /// What the hub tells its webmaster.
        log: LogSettings,
    ] {
        /// The addresses to listen on; `localhost` means this machine alone, by IPv4 and (where there is any) IPv6.
        listen: Vec<Listen> as List<Listening<AnukoHub>, 1, 16> = r#"["localhost:8480"]"#;
        /// The folder that holds everything the hub keeps: key, database, the lock of its process.
        data: PathBuf as Folder = r#""./hub-data""#;
        /// What people call this hub; neighbours see it.
        name: String as Line<1, 100> = r#""Anuko Hub""#;
        /// How other webmasters reach the webmaster, such as a mail address.
        contact: String as Line<0, 200> = r#""""#;
        /// What this hub carries and what not, in a sentence or as the address of a page.
        policy: String as Line<0, 200> = r#""""#;
        /// Where others dial this hub, such as wss://hub.example.org/hub; empty if they cannot.
        address: Address as Address = r#""""#;
        /// The hosts under which this hub may be dialled; empty for the host of `address`, and without one for loopback.
        hosts: Vec<String> as List<Host, 0, 16> = "[]";
        /// The proxies in front of this hub: only of these the header `X-Forwarded-For` is believed.
        proxies: Vec<IpAddr> as List<IpAddr, 0, 16> = "[]";
        /// The hubs that this one dials, each with its key behind a #, so that nobody else can answer there.
        upstreams: Vec<Upstream> as List<Upstream, 0, 64> = "[]";
        /// Who may link: `approve` for whom the webmaster lets in, `open` for everybody, `list` for the keys of `list`.
        join: Join as Join = r#""approve""#;
        /// The keys that may link when `join` is `list`.
        list: Vec<PublicKey> as List<PublicKey, 0, 10_000> = "[]";
        /// How messages spread: `tree` so that each comes about once, `flood` to all neighbours whatever they have.
        spread: Spread as Spread = r#""tree""#;
        /// How many days messages are kept for those who are away; never less than two.
        retention_days: u64 as Whole<2, 3650> = "7";
        /// How many bytes of messages are kept; when there are more, the origin that holds most loses its oldest.
        retention_bytes: u64 as Whole<16_777_216, 1_099_511_627_776> = "2147483648";
        /// The connections that read the database at the same time.
        readers: u64 as Whole<1, 256> = "4";
        /// How long, in seconds, a stopping hub lets running requests finish.
        shutdown_seconds: u64 as Whole<0, 3600> = "10";
        /// For tests only: lets the hub connect to addresses of private networks that applications named for webhooks, and that neighbours named for links.
        allow_private_addresses: bool as YesNo = "false";
    }

    /// How much is taken from others. What is over a limit is delayed, never dropped.
    LimitSettings at "limits." {
        /// Whether limits are kept; `false` is for benchmarks only.
        enforce: bool as YesNo = "true";
        /// The envelopes a second that one origin may send for long.
        envelopes_per_second: u64 as Whole<1, 1_000_000> = "200";
        /// The envelopes that one origin may send at once after a rest.
        envelopes_burst: u64 as Whole<1, 1_000_000> = "2000";
        /// The bytes a second that one origin may send for long.
        bytes_per_second: u64 as Whole<65_536, 1_073_741_824> = "1048576";
        /// The bytes a day that one origin may send.
        bytes_per_day: u64 as Whole<65_536, 1_099_511_627_776> = "536870912";
        /// The bytes a second that one link may bring.
        link_bytes_per_second: u64 as Whole<65_536, 1_073_741_824> = "16777216";
        /// The most neighbours.
        neighbours: u64 as Whole<1, 100_000> = "1000";
        /// The most origins.
        origins: u64 as Whole<1, 1_000_000> = "10000";
        /// The new origins that are taken in a minute.
        new_origins_per_minute: u64 as Whole<1, 100_000> = "10";
        /// The most new origins that one link may bring while it is open.
        origins_per_link: u64 as Whole<1, 1_000_000> = "1000";
        /// How long, in seconds, a client may take to agree on encryption and to send the head of a request; then it is cut.
        head_seconds: u64 as Whole<1, 300> = "20";
    }

    /// How long the other side of a link may be silent.
    LinkSettings at "links." {
        /// How often, in seconds, each link is pinged; many proxies cut what is silent for 60.
        ping_seconds: u64 as Whole<1, 300> = "25";
        /// After so many seconds without a sign of life the other side of a link is dead: the link ends, and is dialled again.
        dead_seconds: u64 as Whole<2, 900> = "60";
        /// How long, in seconds, both sides of a link may take to prove who they are; then it is cut.
        greeting_seconds: u64 as Whole<1, 60> = "10";
    }

    /// How messages reach applications that have an address.
    WebhookSettings at "webhooks." {
        /// The waits, in seconds, before a delivery that failed is tried again, each ± 20 %; after the last one the webhook
        /// is deactivated until a new handshake.
        retry_seconds: Vec<u64> as List<Whole<1, 604_800>, 1, 32> = "[5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800]";
        /// How long, in seconds, an application may take to answer.
        timeout_seconds: u64 as Whole<1, 300> = "20";
        /// The most webhooks of one token.
        per_token: u64 as Whole<0, 1000> = "10";
    }

    /// Encryption without a proxy.
    TlsSettings at "tls." {
        /// The file with the certificate chain (PEM); empty when a proxy encrypts.
        certificate: PathBuf as File = r#""""#;
        /// The file with the key of the certificate (PEM).
        key: PathBuf as File = r#""""#;
        /// A file with certificates (PEM) that are trusted beside those that browsers trust, wherever this hub calls others.
        roots: PathBuf as File = r#""""#;
    }

    /// What the hub tells its webmaster, on standard error.
    LogSettings at "log." {
        /// How a line of the log is written: `text` for people, `json` for programs.
        format: LogFormat as LogFormat = r#""text""#;
        /// How much is logged: off, error, warn, info, debug or trace; also for a part: `info,hub::links=debug`.
        level: String as Level<AnukoHub> = r#""info""#;
    }
}
