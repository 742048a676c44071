//! The pages, over a hub that stands as it is told to.

use super::{Pages, router};
use crate::applications::carrier::InMemory;
use crate::applications::{Door, Parts, Policy};
use crate::log::SCHEMA;
use crate::metrics::Metrics;
use crate::node::Standing;
use crate::outgoing::{Network, Trust};
use crate::settings::{Overrides, Settings};
use crate::status::{Account, Neighbour, Status};
use crate::{SecretKey, SetClock, Span, SystemChance, Time};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use journal::{Journal, Location, Options};
use scraper::{Html, Selector};
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

const NOW: Time = Time(1_764_072_000_000_000);

fn neighbour(seed: u8, name: &str, standing: Standing) -> Neighbour {
    Neighbour {
        key: SecretKey::from_seed([seed; 32]).public(),
        name: name.to_owned(),
        address: String::new(),
        is_upstream: false,
        standing,
        linked_since: None,
        last_seen: None,
        attempts: 0,
        next_attempt: None,
        deactivated_since: None,
        lag_messages: 0,
        oldest_waiting: None,
        account: Account::default(),
        last_error: None,
    }
}

fn status() -> Status {
    let mut level = neighbour(1, "Level", Standing::Active);
    level.linked_since = Some(NOW - Span::minutes(3));
    level.is_upstream = true;
    let mut away = neighbour(2, "<b>Away</b>", Standing::Active);
    (away.attempts, away.lag_messages) = (3, 12);
    away.next_attempt = Some(NOW + Span::minutes(8));
    away.oldest_waiting = Some(NOW - Span::seconds(90));
    away.account = Account { accepted: 20, delivered: 8, waiting: 12, discarded: 0, recovered: 0 };
    away.last_error = Some((NOW - Span::hours(2), "no connection: refused (os error 111)".to_owned()));
    let mut puzzling = neighbour(6, "Puzzling", Standing::Active);
    (puzzling.linked_since, puzzling.lag_messages) = (Some(NOW - Span::minutes(2)), 1);
    let mut gone = neighbour(4, "Gone", Standing::Inactive);
    gone.deactivated_since = Some(NOW - Span::days(3));
    let neighbours = vec![level, away, neighbour(3, "", Standing::Pending), gone, puzzling];
    Status {
        neighbours,
        received: [("new", 10), ("duplicate", 2), ("bad_signature", 1_234), ("skew", 0)].into(),
        hops: [("1", 7), ("unknown", 3)].into(),
        refused_greetings: [("late", 0), ("wrong_host", 4)].into(),
        sent: 8,
        discarded: [("expired", 1), ("refused", 2), ("retention", 0)].into(),
        ways: Default::default(),
        origins: 1,
        envelopes: 10,
        bytes: 5120,
        forks: Vec::new(),
        alarms: vec!["Somebody asks to be let in.".to_owned()],
    }
}

async fn asked(path: &str, accept: &str) -> (u16, String) {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::Sqlite(folder.path().join("hub.sqlite"));
    let journal = Journal::open(&location, &SCHEMA, &Options::default()).unwrap();
    let carrier = InMemory::opened(NOW);
    carrier.tell(status());
    let metrics = Metrics::default();
    let parts = Parts {
        carrier,
        journal,
        clock: Arc::new(SetClock::at(NOW)),
        chance: Arc::new(SystemChance),
        caller: Arc::new(Network {
            allow_private: false,
            patience: Duration::from_secs(1),
            trust: Trust::beside_browsers(&[]).unwrap(),
        }),
        policy: Policy::default(),
        delivery_seconds: metrics.delivery_seconds.clone(),
    };
    metrics.delivery_seconds.observe(0.002);
    let settings = Settings::load(&Overrides::default(), std::iter::empty(), None).unwrap();
    let door = Door::open(parts).await.unwrap();
    let pages =
        Pages { door, metrics, settings, started: NOW - Span::days(2), recent: super::Recent::default() };
    let request = Request::get(path).header("accept", accept).body(Body::empty()).unwrap();
    let response = router(Arc::new(pages)).oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test]
async fn people_see_a_page_in_words() {
    let (code, page) = asked("/status", "text/html,application/xhtml+xml,*/*;q=0.8").await;
    assert_eq!(code, 200);
    let html = Html::parse_document(&page);
    let select = |selector: &str| {
        let selector = Selector::parse(selector).unwrap();
        html.select(&selector).map(|found| found.text().collect::<String>()).collect::<Vec<_>>()
    };
    assert_eq!(select("main h1"), ["Anuko Hub"]);
    assert_eq!(select("[role=alert] li"), ["Somebody asks to be let in."]);
    assert_eq!(
        select("tbody .state"),
        [
            "linked for 3 minutes, level",
            "not linked; attempt 3 of 10 has failed, next attempt in 8 minutes; 12 envelopes wait",
            "asks to be let in; the webmaster has not decided yet",
            "deactivated 3 days ago, after 10 attempts; no more are made, and nothing waits for it until it comes back",
            "linked for 2 minutes, 1 envelope behind; for how long is not known",
        ]
    );
    assert_eq!(
        select("tbody td .small")[..2],
        ["Last error: no connection: refused (2 hours ago)", "for 1 minute"]
    );
    assert_eq!(select(".summary"), ["Linked with 2 hubs; 13 envelopes wait for 2 hubs."]);
    assert_eq!(select("time"), ["2025-11-25 12:00:00 UTC"]);
    assert!(page.contains("10 envelopes of 1 origin, 5.0 KiB"));
    assert!(!page.contains("<b>Away") && select("script").is_empty(), "names of others are text");
    assert_eq!(select("th[scope=col]").len(), 7);
    let refused: Vec<_> = select(".refused dt").into_iter().zip(select(".refused dd")).collect();
    assert_eq!(refused, [("It dialled a name that is none of this hub".to_owned(), "4".to_owned())]);
    let counted: Vec<_> =
        select(".counted:not(.refused) dt").into_iter().zip(select(".counted:not(.refused) dd")).collect();
    let counted: Vec<_> = counted.iter().map(|(what, number)| (what.as_str(), number.as_str())).collect();
    assert_eq!(
        counted,
        [
            ("Received, all", "1,246"),
            ("Received, new", "10"),
            ("Received, with a wrong signature", "1,234"),
            ("Received, known already", "2"),
            ("Copies that came of each, on the average", "1.20"),
            ("New, after 1 hub", "7"),
            ("New, after an unknown number of hubs", "3"),
            ("Sent to neighbours", "8"),
            ("Discarded: they are larger than the neighbour takes", "2"),
            ("Discarded: they came too late to be worth delivering", "1"),
        ]
    );
}

#[tokio::test]
async fn programs_get_the_same_as_json() {
    for accept in ["application/json", "*/*", ""] {
        let status: Value = serde_json::from_str(&asked("/status", accept).await.1).unwrap();
        let away = &status["neighbours"][1];
        assert_eq!((&away["lag_messages"], &away["lag_seconds"]), (&12.into(), &90.into()));
        assert_eq!((&away["accepted"], &away["waiting"]), (&20.into(), &12.into()));
        assert_eq!(
            (&away["standing"], &away["last_error"]),
            (&"active".into(), &"no connection: refused (os error 111)".into())
        );
        assert_eq!(status["received"]["bad_signature"], 1_234, "programs get the codes");
        assert_eq!(
            (&status["hops"]["1"], &status["refused_greetings"]["wrong_host"]),
            (&7.into(), &4.into())
        );
        assert_eq!(status["neighbours"][3]["deactivated_at"], "2025-11-22T12:00:00Z");
        assert_eq!((&status["redundancy"], &status["received"]["duplicate"]), (&1.2.into(), &2.into()));
    }
}

#[tokio::test]
async fn prometheus_gets_counters() {
    let (_, page) = asked("/metrics", "").await;
    let away = SecretKey::from_seed([2; 32]).public();
    for line in [
        "anuko_hub_received_total{result=\"new\"} 10".to_owned(),
        "anuko_hub_discarded_total{reason=\"expired\"} 1".to_owned(),
        "anuko_hub_hops_total{hops=\"1\"} 7".to_owned(),
        "anuko_hub_refused_greetings_total{reason=\"late\"} 0".to_owned(),
        "anuko_hub_refused_greetings_total{reason=\"wrong_host\"} 4".to_owned(),
        "anuko_hub_sent_total 8".to_owned(),
        "anuko_hub_redundancy 1.2".to_owned(),
        format!("anuko_hub_lag_messages{{neighbour=\"{away}\"}} 12"),
        format!("anuko_hub_lag_seconds{{neighbour=\"{away}\"}} 90"),
        "anuko_hub_delivery_seconds_bucket{le=\"0.003\"} 1".to_owned(),
        "# EOF".to_owned(),
    ] {
        assert!(page.lines().any(|other| other == line), "{line:?} is not in:\n{page}");
    }
}

#[tokio::test]
async fn a_lag_that_the_log_does_not_tell_is_unknown_and_not_0() {
    let status: Value = serde_json::from_str(&asked("/status", "").await.1).unwrap();
    let (level, puzzling) = (&status["neighbours"][0], &status["neighbours"][4]);
    assert_eq!((&level["lag_messages"], &level["lag_seconds"]), (&0.into(), &0.into()));
    assert_eq!((&puzzling["lag_messages"], &puzzling["lag_seconds"]), (&1.into(), &Value::Null));
    let (_, page) = asked("/metrics", "").await;
    let key = SecretKey::from_seed([6; 32]).public();
    assert!(page.contains(&format!("anuko_hub_lag_messages{{neighbour=\"{key}\"}} 1")));
    assert!(!page.contains(&format!("anuko_hub_lag_seconds{{neighbour=\"{key}\"}}")));
}

#[tokio::test]
async fn the_card_binds_the_key_to_the_domain() {
    let card: Value = serde_json::from_str(&asked("/.well-known/anuko-hub", "").await.1).unwrap();
    assert_eq!(card["key"].as_str().map(str::len), Some(64));
    assert_eq!((&card["name"], &card["limits"]["retention_days"]), (&"Anuko Hub".into(), &7.into()));
    assert_eq!(asked("/healthz", "").await, (200, "ok\n".to_owned()));
}

#[test]
fn an_account_that_adds_up_says_so() {
    let account = Account { accepted: 20, delivered: 9, waiting: 4, discarded: 10, recovered: 3 };
    assert!(account.adds_up());
    assert!(!Account { recovered: 2, ..account }.adds_up());
}
