//! A courier, step by step, by a clock that is set by hand.

use super::*;
use crate::applications::carrier::{Carrier, InMemory};
use crate::applications::messages::{Filter, Spot};
use crate::applications::tests::{Scripted, SetChance, reply};
use crate::applications::webhooks::schedule::Retry;
use crate::applications::webhooks::signature::Secret;
use crate::applications::{Parts, Policy};
use crate::log::SCHEMA;
use crate::{Clock, Message, SetClock};
use journal::{Journal, Location, Options};
use prometheus_client::metrics::histogram::Histogram;

const SCHEDULE: [u64; 10] = [5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800];

struct Scene {
    carrier: Arc<InMemory>,
    clock: Arc<SetClock>,
    caller: Arc<Scripted>,
    door: Arc<Door>,
    courier: Courier,
    _folder: tempfile::TempDir,
}

impl Scene {
    /// One webhook, and so many events that wait for it.
    async fn new(batch: u16, events: u8) -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(folder.path().join("hub.sqlite"));
        let journal = Journal::open(&location, &SCHEMA, &Options::default()).unwrap();
        let now = Time(1_764_072_000_000_000);
        let (carrier, clock) = (InMemory::opened(now), Arc::new(SetClock::at(now)));
        let caller = Arc::new(Scripted::default());
        let parts = Parts {
            carrier: carrier.clone(),
            journal,
            clock: clock.clone(),
            chance: Arc::new(SetChance::default()),
            caller: caller.clone(),
            policy: Policy { retry_seconds: SCHEDULE.to_vec(), ..Policy::default() },
            delivery_seconds: Histogram::new([1.0]),
        };
        let door = Door::open(parts).await.unwrap();
        let application = door.create_token("shop").await.unwrap().application;
        let mut webhook = Webhook {
            id: 0,
            token: application.id,
            url: "https://receiver.example.org/".to_owned(),
            secret: Secret::new([1; 32]),
            filter: Filter::default(),
            batch,
            state: State::Active,
            confirm: [0; 32],
            rate: None,
            spot: Spot::OLDEST,
            tried: 0,
            retry: Retry::default(),
            delivered: 0,
            error: None,
            created_at: now,
        };
        let row = webhook.clone();
        webhook.id = door.journal.write(move |tx| table::add(tx, &row)).await.unwrap();
        let scene =
            Scene { carrier, clock, caller, courier: Courier::new(&door, webhook), door, _folder: folder };
        for n in 0..events {
            scene.post(n).await;
        }
        scene
    }

    async fn post(&self, n: u8) {
        let key = self.door.tokens.by_id(1).unwrap().key;
        let message = Message { media_type: "text/plain".to_owned(), body: vec![n].into() };
        self.carrier.post(key, vec![message], 0).await.unwrap();
    }

    fn answer(&self, status: u16, headers: &[(&'static str, &'static str)]) {
        self.caller.answers.lock().unwrap().push_back(reply(status, headers));
    }

    fn ids(&self) -> Vec<String> {
        let requests = self.caller.requests.lock().unwrap();
        requests.iter().map(|request| request.headers()["webhook-id"].to_str().unwrap().to_owned()).collect()
    }

    async fn stored(&self) -> Webhook {
        let id = self.courier.webhook.id;
        self.door.journal.read(move |tx| table::find(tx, id)).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn all_ten_attempts_are_made_and_then_the_webhook_is_deactivated() {
    let mut scene = Scene::new(1, 1).await;
    let mut waits = Vec::new();
    while scene.courier.step().await.unwrap() != Step::Over {
        let Step::Until(due) = scene.courier.step().await.unwrap() else { panic!("it waits") };
        waits.push(due.since(scene.clock.now()).0 as f64 / 1e6);
        scene.clock.set(due);
    }
    assert_eq!(waits.len(), 10);
    for (wait, planned) in waits.iter().zip(SCHEDULE) {
        assert!((wait / planned as f64 - 1.0).abs() <= 0.2, "{wait} is not {planned} s");
    }
    // The first delivery and ten attempts, each with the same id and the time of the attempt.
    let ids = scene.ids();
    assert!(ids.len() == 11 && ids.iter().all(|id| *id == ids[0]));
    let times: Vec<String> = scene
        .caller
        .requests
        .lock()
        .unwrap()
        .iter()
        .map(|request| request.headers()["webhook-timestamp"].to_str().unwrap().to_owned())
        .collect();
    assert_ne!(times[0], times[10]);
    let stored = scene.stored().await;
    assert_eq!((stored.state, stored.spot), (State::Deactivated, Spot::OLDEST));
    assert!(stored.error.unwrap().1.contains("nobody is there"));
}

#[tokio::test]
async fn a_delivery_clears_the_counter_and_goes_on_in_order() {
    let mut scene = Scene::new(1, 2).await;
    scene.answer(500, &[]);
    scene.answer(200, &[]);
    scene.answer(302, &[("location", "https://elsewhere.example.org/")]);
    scene.courier.step().await.unwrap();
    for attempts in [0, 1] {
        let Step::Until(due) = scene.courier.step().await.unwrap() else { panic!("it waits") };
        scene.clock.set(due);
        // Delivered; then the next one is redirected, which is a failure.
        assert_eq!(scene.courier.step().await.unwrap(), Step::Again);
        if attempts == 0 {
            assert_eq!(scene.courier.webhook.retry.attempts, 0);
            assert_eq!(scene.courier.step().await.unwrap(), Step::Again);
        }
    }
    let ids = scene.ids();
    assert!(ids[0] == ids[1] && ids[1] != ids[2] && ids[2] == ids[3]);
    assert_eq!(scene.stored().await.delivered, 1);
}

#[tokio::test]
async fn a_batch_that_failed_is_the_same_when_it_is_tried_again() {
    let mut scene = Scene::new(10, 2).await;
    scene.answer(503, &[("retry-after", "3600")]);
    scene.courier.step().await.unwrap();
    scene.post(3).await;
    let Step::Until(due) = scene.courier.step().await.unwrap() else { panic!("it waits") };
    assert_eq!(due.since(scene.clock.now()), Span::hours(1));
    scene.clock.set(due);
    scene.answer(200, &[]);
    scene.answer(200, &[]);
    scene.courier.step().await.unwrap();
    scene.courier.step().await.unwrap();
    assert_eq!(scene.courier.step().await.unwrap(), Step::Idle);
    let requests = scene.caller.requests.lock().unwrap();
    let bodies: Vec<_> = requests.iter().map(|request| request.body().clone()).collect();
    assert!(bodies.len() == 3 && bodies[0] == bodies[1]);
    assert_eq!(requests[0].headers()["webhook-id"], requests[1].headers()["webhook-id"]);
}

/// Each delivery looked up and decoded 256 envelopes to send one event.
#[tokio::test]
async fn what_was_read_once_is_not_read_again_for_the_next_delivery() {
    let mut scene = Scene::new(1, 20).await;
    for _ in 0..20 {
        scene.answer(200, &[]);
        assert_eq!(scene.courier.step().await.unwrap(), Step::Again);
    }
    assert_eq!((scene.ids().len(), scene.carrier.reads()), (20, 1));
    scene.post(21).await;
    scene.answer(200, &[]);
    assert_eq!(scene.courier.step().await.unwrap(), Step::Again);
    assert_eq!((scene.ids().len(), scene.carrier.reads()), (21, 2));
}

#[tokio::test]
async fn a_date_in_retry_after_is_understood() {
    // 2025-11-25 12:00:00 is now.
    for (status, said, seconds) in [
        (429, "Tue, 25 Nov 2025 12:10:00 GMT", 600.0),
        (503, "Tue, 25 Nov 2025 11:00:00 GMT", 5.0),
        // Only these two statuses ask for it.
        (500, "3600", 5.0),
    ] {
        let mut scene = Scene::new(1, 1).await;
        scene.answer(status, &[("retry-after", said)]);
        scene.courier.step().await.unwrap();
        let Step::Until(due) = scene.courier.step().await.unwrap() else { panic!("it waits") };
        let wait = due.since(scene.clock.now()).0 as f64 / 1e6;
        assert!((wait / seconds - 1.0).abs() <= 0.2, "{wait}");
    }
}

#[tokio::test]
async fn whoever_says_410_gets_no_more() {
    let mut scene = Scene::new(1, 1).await;
    scene.answer(410, &[]);
    assert_eq!(scene.courier.step().await.unwrap(), Step::Over);
    assert_eq!(scene.stored().await.state, State::Gone);
}

#[tokio::test]
async fn deliveries_come_no_faster_than_the_receiver_allows() {
    let mut scene = Scene::new(1, 2).await;
    scene.courier.webhook.rate = Some(60);
    scene.answer(200, &[]);
    scene.courier.step().await.unwrap();
    assert_eq!(scene.courier.step().await.unwrap(), Step::Until(scene.clock.now() + Span::seconds(1)));
}
