//! The settings themselves. `print-config` and the documents are made from this list alone.

use super::AnukoAuction;
use super::kind::choice::{Memo, Registration, Transport};
use super::kind::database::Database;
use super::kind::language::Spoken;
use super::kind::money::Money;
use super::kind::name::Name;
use super::kind::network::Network;
use super::kind::power::Power;
use super::kind::public_url::PublicUrl;
use super::kind::secret::SecretUrl;
use super::kind::sender::Sender;
use super::kind::smtp::SmtpUrl;
use super::kind::zone::Zone;
use crate::words::Language;
use auction::Currency;
use hub::PublicKey;
use hub::settings::{Address, Host, Join, Upstream};
use jiff::tz::TimeZone;
use lettre::message::Mailbox;
use settings::kind::{Folder, Level, Line, List, Listen, Listening, LogFormat, YesNo};
use std::path::PathBuf;

/// Whole numbers of a site are small.
type Whole<const LEAST: u64, const MOST: u64> = settings::kind::Whole<LEAST, MOST, u32>;

settings::declare! {
    program AnukoAuction;

    /// Everything that an operator can decide, complete and checked.
    Settings at "" with [
        /// Letters.
        mail: MailSettings,
        /// How much anybody may ask for.
        limits: LimitSettings,
        /// The network of sites.
        network: NetworkSettings,
        /// What the site tells its operator.
        log: LogSettings,
    ] {
        /// The addresses to listen on; `localhost` means this machine alone, by IPv4 and (where there is any) IPv6.
        listen: Vec<Listen> as List<Listening<AnukoAuction>, 1, 16> = r#"["localhost:8080"]"#;
        /// The folder that holds everything the site keeps: database, letters, the lock of its process.
        data: PathBuf as Folder = r#""./data""#;
        /// Where the database is: empty for SQLite in the data folder, or the address of a PostgreSQL database.
        database: Database as Database = r#""""#;
        /// The address that people type, used in links of letters; empty for localhost with the first port of `listen`.
        public_url: PublicUrl as PublicUrl = r#""""#;
        /// The name of the site, on every page and under every letter.
        name: String as Name = r#""Anuko Auction""#;
        /// The language of people who did not choose one.
        language: Language as Spoken = r#""en""#;
        /// The currency that listings start with.
        currency: Currency as Money = r#""EUR""#;
        /// The currencies that sellers may choose from; empty for `currency` alone.
        currencies: Vec<Currency> as List<Money, 0, 200> = "[]";
        /// The time zone in which people see times who did not choose one.
        time_zone: TimeZone as Zone = r#""UTC""#;
        /// The table of bid steps fits dollars and euros; for other magnitudes it is scaled by 10 to this power.
        step_power: i8 as Power = "0";
        /// Who may register: `open` for everybody, `closed` for nobody but those whom an administrator adds.
        registration: Registration as Registration = r#""open""#;
        /// Whether a moderator must approve a listing before it opens.
        approval: bool as YesNo = "false";
        /// How long, in seconds, nobody is told again that he was outbid on the same item.
        outbid_silence_seconds: u32 as Whole<0, 604_800> = "600";
        /// The threads that serve requests; 0 for one on each processor but one, which the thread that writes needs.
        workers: u32 as Whole<0, 1024> = "0";
        /// The connections that read the database at the same time.
        readers: u32 as Whole<1, 256> = "4";
        /// How long, in seconds, a stopping site lets running requests finish.
        shutdown_seconds: u32 as Whole<0, 3600> = "10";
        /// The proxies whose `X-Forwarded-For` is believed; with none, the address of the connection counts.
        trusted_proxies: Vec<Network> as List<Network, 0, 256> = "[]";
        /// For tests and demonstrations only: durations from 10 seconds and extension windows from 1 second.
        allow_short_auctions: bool as YesNo = "false";
        /// For tests only: lets the site connect to addresses of private networks that strangers named.
        allow_private_addresses: bool as YesNo = "false";
        /// For benchmarks only: opens a route, `/bench/echo`, that reads a bid and answers as many bytes without doing anything.
        bench_route: bool as YesNo = "false";
    }

    /// How letters leave.
    MailSettings at "mail." {
        /// How letters leave: `smtp`, into a `folder` (mail in the data folder, a file each), or into `memory` for tests.
        transport: Transport as Transport = r#""folder""#;
        /// The mail server: `smtps://user:password@host` (best), `smtp://user:password@host:587?tls=required`, or `smtp://host:25`.
        smtp_url: SecretUrl as SmtpUrl = r#""""#;
        /// The sender of all letters.
        from: Mailbox as Sender = r#""Anuko Auction <noreply@localhost>""#;
        /// The most letters that leave in a minute; 0 for no limit.
        letters_per_minute: u32 as Whole<0, 1_000_000> = "0";
        /// The waits, in seconds, before a letter that did not leave is tried again; after the last one it is given up.
        retry_seconds: Vec<u32> as List<Whole<1, 604_800>, 0, 32> = "[60, 300, 900, 3600, 10800, 21600, 43200, 86400]";
    }

    /// How much anybody may ask for. A rate of 0 is no limit.
    LimitSettings at "limits." {
        /// The requests a second that one address may make for long; 0 for no limit.
        requests_per_second_per_address: u32 as Whole<0, 1_000_000> = "50";
        /// The requests that one address may make at once after a rest.
        requests_burst_per_address: u32 as Whole<1, 1_000_000> = "200";
        /// The live streams that one address may have open at the same time; 0 for no limit.
        streams_per_address: u32 as Whole<0, 1_000_000> = "100";
        /// The bids a second that one person may place for long; 0 for no limit.
        bids_per_second_per_person: u32 as Whole<0, 1_000_000> = "20";
        /// The bids that one person may place at once after a rest.
        bids_burst_per_person: u32 as Whole<1, 1_000_000> = "100";
        /// The attempts to sign in a minute with one mail address, and the letters that strangers can have sent to it; 0 for
        /// no limit.
        sign_in_attempts_per_minute: u32 as Whole<0, 1_000_000> = "10";
        /// The most bytes that the body of a request may have.
        body_bytes: u32 as Whole<1024, 67_108_864> = "65536";
        /// The seconds within which the body of a request has to arrive.
        body_seconds: u32 as Whole<1, 3600> = "30";
    }

    /// The network of sites. A site takes part when it names an upstream or takes downstreams; else none of this is used.
    NetworkSettings at "network." {
        /// The hubs and sites that this one dials, each with its key behind a #, so that nobody else can answer there.
        upstreams: Vec<Upstream> as List<Upstream, 0, 64> = "[]";
        /// Whether other sites and hubs may dial this one, at `/hub` of its address; `join` says which.
        downstreams: bool as YesNo = "false";
        /// Who may link: `approve` for whom an administrator lets in, `open` for everybody, `list` for the keys of `list`.
        join: Join as Join = r#""approve""#;
        /// The keys that may link when `join` is `list`.
        list: Vec<PublicKey> as List<PublicKey, 0, 10_000> = "[]";
        /// Where others dial this site; empty for `/hub` at `public_url`, or for nowhere if only this machine can follow that.
        address: Address as Address = r#""""#;
        /// The hosts under which this site may be dialled; empty for the host of its address, and without one for loopback.
        hosts: Vec<String> as List<Host, 0, 16> = "[]";
        /// How the webmasters of other sites reach the one of this site, such as a mail address.
        contact: String as Line<0, 200> = r#""""#;
        /// What this site takes and what not, in a sentence or as the address of a page, for the webmasters of other sites.
        policy: String as Line<0, 200> = r#""""#;
        /// Whether decisions carry, sealed to this site itself, what it needs to take them back from its neighbours when it was restored from a copy: `on` or `off`.
        memo: Memo as Memo = r#""on""#;
        /// How many listings of one other site are taken in a minute, new ones and those that are told again; the rest is passed over.
        listings_per_minute: u32 as Whole<1, 1_000_000> = "2000";
        /// How many open auctions of one other site are kept.
        auctions_per_site: u32 as Whole<1, 10_000_000> = "20000";
        /// How many bids of people of one other site on auctions of this one are taken in a minute.
        bids_per_minute: u32 as Whole<1, 10_000_000> = "12000";
        /// How many days messages are kept for sites that are away; never less than two.
        retention_days: u32 as Whole<2, 3650> = "7";
        /// How many bytes of messages are kept; when there are more, the origin that holds most loses its oldest.
        retention_bytes: u64 as settings::kind::Whole<16_777_216, 1_099_511_627_776> = "2147483648";
    }

    /// What the site tells its operator, on standard error.
    LogSettings at "log." {
        /// How a line of the log is written: `text` for people, `json` for programs.
        format: LogFormat as LogFormat = r#""text""#;
        /// How much is logged: off, error, warn, info, debug or trace; also for a part: `info,market=debug`.
        level: String as Level<AnukoAuction> = r#""info""#;
    }
}
