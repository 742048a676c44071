//! Three nodes in this process: messages of one are in the logs of the others.

use hub::{Hub, Message, PublicKey};
use site::serve::Running;
use site::settings::{Overrides, Settings};
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// A test that would wait for ever fails instead.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn site_settings(data: &Path, upstream: &str, more: &[(&str, &str)]) -> Settings {
    let data = data.display().to_string();
    let own = [
        ("DATA", data.as_str()),
        ("LISTEN", "localhost:0"),
        ("MAIL_TRANSPORT", "memory"),
        ("NETWORK_UPSTREAMS", upstream),
    ];
    let all = own.iter().chain(more);
    let variables = all.map(|(name, value)| (format!("ANUKO_AUCTION_{name}"), (*value).to_owned()));
    Settings::load(&Overrides::default(), variables, None).unwrap()
}

async fn open_hub(data: &Path) -> hub::serve::Running {
    let data = data.display().to_string();
    let variables = [("DATA", data.as_str()), ("LISTEN", "localhost:0"), ("JOIN", "open")];
    let variables =
        variables.into_iter().map(|(name, value)| (format!("ANUKO_HUB_{name}"), value.to_owned()));
    let settings =
        hub::settings::Settings::load(&hub::settings::Overrides::default(), variables, None).unwrap();
    hub::serve::Running::start(settings).await.unwrap()
}

pub(super) fn dialled_at(address: &str) -> String {
    format!("{}/hub", address.replace("http://localhost", "ws://127.0.0.1"))
}

async fn post(hub: &Hub, text: &str) {
    let message = Message { media_type: "text/plain".to_owned(), body: text.to_owned().into() };
    hub.post(hub.identity(), vec![message], 0).await.unwrap();
}

/// What this hub has of an origin, once it has as many messages.
async fn heard(hub: &Hub, from: PublicKey, many: usize) -> Vec<String> {
    let mut news = hub.news();
    let wait = async {
        loop {
            let placed = hub.read_after(0, 1000).await.unwrap();
            let theirs = placed.iter().filter(|placed| placed.envelope.stream().origin == from);
            let texts: Vec<String> = theirs
                .flat_map(|placed| placed.envelope.messages())
                // Between them are the cards of the sites.
                .filter(|message| message.media_type == "text/plain")
                .map(|message| String::from_utf8(message.body.to_vec()).unwrap())
                .collect();
            if texts.len() >= many {
                return texts;
            }
            news.changed().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_site_says_is_in_the_logs_of_all_others() {
    let folders: Vec<TempDir> = (0..3).map(|_| tempfile::tempdir().unwrap()).collect();
    let middle = open_hub(folders[0].path()).await;
    let downstreams = [("NETWORK_DOWNSTREAMS", "true"), ("NETWORK_JOIN", "open")];
    let above = site_settings(folders[1].path(), &dialled_at(middle.address()), &downstreams);
    let above = Running::start(above).await.unwrap();
    let below = site_settings(folders[2].path(), &dialled_at(above.address().as_str()), &[]);
    let below = Running::start(below).await.unwrap();

    let (upper, lower) = (above.hub().unwrap().clone(), below.hub().unwrap().clone());
    post(&lower, "from below").await;
    post(&upper, "from above").await;
    for hub in [middle.hub(), &upper, &lower] {
        assert_eq!(heard(hub, lower.identity(), 1).await, ["from below"]);
        assert_eq!(heard(hub, upper.identity(), 1).await, ["from above"]);
    }

    // Who leaves says so, and what is said meanwhile waits for it.
    let (key, data) = (lower.identity(), folders[2].path());
    below.stop().await.unwrap();
    post(&upper, "meanwhile").await;
    let again = site_settings(data, &dialled_at(above.address().as_str()), &[]);
    let below = Running::start(again).await.unwrap();
    let lower = below.hub().unwrap();
    assert_eq!(lower.identity(), key, "the same site");
    assert_eq!(heard(lower, upper.identity(), 2).await, ["from above", "meanwhile"]);
    assert_eq!(heard(lower, key, 1).await, ["from below"], "its own log is still there");
    below.stop().await.unwrap();
    above.stop().await.unwrap();
    middle.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_stops_says_bye_to_those_below_it() {
    let folders: Vec<TempDir> = (0..2).map(|_| tempfile::tempdir().unwrap()).collect();
    let open = [("NETWORK_DOWNSTREAMS", "true"), ("NETWORK_JOIN", "open")];
    let above = Running::start(site_settings(folders[0].path(), "", &open)).await.unwrap();
    let url = dialled_at(above.address().as_str());
    let below = Running::start(site_settings(folders[1].path(), &url, &[])).await.unwrap();
    let (upper, lower) = (above.hub().unwrap().clone(), below.hub().unwrap().clone());
    post(&upper, "here").await;
    heard(&lower, upper.identity(), 1).await;
    above.stop().await.unwrap();
    let why = tokio::time::timeout(PATIENCE, async {
        loop {
            let said = lower.upstreams().values().find_map(|upstream| upstream.last_error.clone());
            if let Some(why) = said {
                return why;
            }
            tokio::task::yield_now().await;
        }
    });
    let why = why.await.unwrap();
    assert!(why.contains("stop"), "{why}");
    below.stop().await.unwrap();
}
