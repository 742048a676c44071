//! A hub that is away, that is killed, or that gets an older copy of its disk, while ten thousand messages pass. With the
//! default limits: the clock of the hubs is put forward as if a minute passed, or an hour.

use crate::scene::{Served, key, port, serve, serve_in, serve_on, until};
use hub::{Clock, Hub, HubSettings, Join, Message, Span, StreamId, SystemClock, Time};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;
use tempfile::TempDir;

const MESSAGES: usize = 10_000;
/// In one post.
const TOGETHER: usize = 25;
const KILLS: u64 = 5;

/// How long the hub is away, by the clock of the others.
const AWAY: Span = Span::seconds(60);

/// A clock that goes by itself, and can be put forward.
#[derive(Default)]
struct Ahead(AtomicU64);

impl Ahead {
    fn put_forward(&self, span: Span) {
        self.0.fetch_add(span.0, Ordering::SeqCst);
    }
}

impl Clock for Ahead {
    fn now(&self) -> Time {
        SystemClock.now() + Span(self.0.load(Ordering::SeqCst))
    }
}

fn with(clock: &Arc<Ahead>, url: Option<&str>) -> impl Fn(&mut HubSettings) {
    let (clock, url) = (Arc::clone(clock), url.map(str::to_owned));
    move |settings| {
        settings.clock = Arc::clone(&clock) as Arc<dyn Clock>;
        settings.upstreams = url.iter().map(|url| url.parse().unwrap()).collect();
    }
}

async fn upstream() -> (Served, Arc<Ahead>) {
    let clock = Arc::new(Ahead::default());
    (serve(1, with(&clock, None)).await, clock)
}

/// Posts messages with these numbers.
async fn post(hub: &Hub, from: usize, to: usize) {
    post_over(hub, from, to, &Ahead::default(), Span(0)).await;
}

/// The same, spread over so long by this clock.
async fn post_over(hub: &Hub, from: usize, to: usize, clock: &Ahead, span: Span) {
    for first in (from..to).step_by(TOGETHER) {
        clock.put_forward(Span(span.0 * TOGETHER as u64 / (to - from) as u64));
        let text = |number: usize| number.to_string().into();
        let one = |number| Message { media_type: "text/plain".to_owned(), body: text(number) };
        let messages = (first..first + TOGETHER).map(one).collect();
        hub.post(hub.identity(), messages, 0).await.unwrap();
    }
}

/// Where each message is: stream, number in it, place in the envelope.
type Seat = (StreamId, u64, usize);

/// All messages of the upstream that a hub has, in the order in which applications get them, once it is level.
async fn all(hub: &Hub) -> Vec<(Seat, usize)> {
    let (mut place, mut found) = (0, Vec::new());
    while found.len() < MESSAGES {
        hub.news().wait_for(|news| *news > place).await.unwrap();
        for placed in hub.read_after(place, 500).await.unwrap() {
            place = placed.place;
            let (stream, number) = (placed.envelope.stream(), placed.envelope.number());
            for (index, message) in placed.envelope.messages().enumerate() {
                if stream.origin == key(1).public() {
                    let text = std::str::from_utf8(&message.body).unwrap().parse().unwrap();
                    found.push(((stream, number, index), text));
                }
            }
        }
    }
    found
}

/// All are there, in order, none twice, each where it is at the upstream.
async fn is_level(hub: &Hub, upstream: &Hub) {
    let (here, there) = (all(hub).await, all(upstream).await);
    assert!(here.iter().map(|(_, text)| *text).eq(0..MESSAGES), "in order, none missing, none twice");
    let seats: BTreeMap<Seat, usize> = here.iter().copied().collect();
    assert_eq!(seats.len(), MESSAGES);
    assert!(there.iter().all(|(seat, text)| seats.get(seat) == Some(text)), "under the same numbers");
}

#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::disallowed_methods, reason = "it measures")]
async fn a_hub_that_was_away_for_a_minute_and_ten_thousand_messages_is_level_after_its_return() {
    let (upstream, clock) = upstream().await;
    let url = upstream.url();
    let mut away = serve(2, with(&clock, Some(&url))).await;
    until(async || upstream.linked().await.len() == 1).await;
    away.hub.close().await;
    let folder = std::mem::replace(&mut away.folder, tempfile::tempdir().unwrap());
    post_over(&upstream.hub, 0, MESSAGES, &clock, AWAY).await;
    let begun = Instant::now();
    let back = serve_in(folder, 2, with(&clock, Some(&url))).await;
    is_level(&back.hub, &upstream.hub).await;
    println!("away for {AWAY:?} and {MESSAGES} messages: level after {:?}", begun.elapsed());
}

/// What the copy had not seen comes again, under the numbers that it had.
#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::disallowed_methods, reason = "it measures")]
async fn a_hub_whose_disk_was_replaced_by_an_hour_old_copy_misses_none_of_ten_thousand() {
    let (upstream, clock) = upstream().await;
    let url = upstream.url();
    let before = serve(2, with(&clock, Some(&url))).await;
    let copy = tempfile::tempdir().unwrap();
    post(&upstream.hub, 0, MESSAGES / 4).await;
    until(async || *before.hub.news().borrow() == *upstream.hub.news().borrow()).await;
    let (hub, file) = (before.hub.clone(), copy.path().join(hub::FILE));
    tokio::task::spawn_blocking(move || hub.backup(&file)).await.unwrap().unwrap();
    clock.put_forward(Span::hours(1));
    post(&upstream.hub, MESSAGES / 4, MESSAGES).await;
    is_level(&before.hub, &upstream.hub).await;
    before.hub.close().await;
    let begun = Instant::now();
    let after = serve_in(copy, 2, with(&clock, Some(&url))).await;
    is_level(&after.hub, &upstream.hub).await;
    println!("an hour-old copy, {} messages behind: level after {:?}", MESSAGES * 3 / 4, begun.elapsed());
}

const FOLDER: &str = "HUB_CHILD_FOLDER";
const UPSTREAM: &str = "HUB_CHILD_UPSTREAM";

/// A process that can be killed.
struct Killed(Child);

impl Killed {
    fn start(folder: &Path, url: &str) -> Killed {
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "outage::a_hub_in_a_process_of_its_own", "--ignored"])
            .envs([(FOLDER, folder.as_os_str()), (UPSTREAM, url.as_ref())])
            .stdout(Stdio::null())
            .spawn();
        Killed(child.unwrap())
    }
}

impl Drop for Killed {
    /// Not asked to stop: killed, by its number.
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "this is the process that another test starts and kills"]
async fn a_hub_in_a_process_of_its_own() {
    let (Ok(folder), Ok(url)) = (std::env::var(FOLDER), std::env::var(UPSTREAM)) else { return };
    let mut settings = HubSettings::new(folder, "to be killed");
    settings.node.join = Join::Open;
    settings.upstreams = vec![url.parse().unwrap()];
    let _hub = Hub::open(settings, vec![key(2)]).await.unwrap();
    std::future::pending::<()>().await;
}

#[tokio::test(flavor = "multi_thread")]
#[allow(clippy::disallowed_methods, reason = "it measures")]
async fn a_hub_that_is_killed_again_and_again_in_mid_stream_misses_none_of_ten_thousand() {
    let (upstream, clock) = upstream().await;
    let (url, folder) = (upstream.url(), TempDir::new().unwrap());
    let delivered = async || {
        let of = |node: &hub::Node| node.neighbours().map(|found| found.counters.delivered).sum::<u64>();
        upstream.hub.look(of).await.unwrap()
    };
    let part = MESSAGES / KILLS as usize;
    for kill in 0..KILLS as usize {
        let child = Killed::start(folder.path(), &url);
        let had = delivered().await;
        until(async || upstream.linked().await.len() == 1).await;
        let hub = upstream.hub.clone();
        let posting = tokio::spawn(async move { post(&hub, kill * part, (kill + 1) * part).await });
        // It is taking what comes, and more comes while it is killed.
        until(async || delivered().await > had).await;
        drop(child);
        posting.await.unwrap();
        until(async || upstream.linked().await.is_empty()).await;
    }
    let begun = Instant::now();
    let again = serve_on(port().await, folder, 2, with(&clock, Some(&url))).await;
    is_level(&again.hub, &upstream.hub).await;
    println!("killed {KILLS} times in mid-stream: level after {:?}", begun.elapsed());
}
