//! A door with an application, over a hub in memory.

use crate::applications::carrier::InMemory;
use crate::applications::tokens::Application;
use crate::applications::{Door, Parts, Policy, router};
use crate::log::SCHEMA;
use crate::outgoing::{Call, CallError, Reply};
use crate::{Clock, SetClock, SystemChance, Time};
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};
use journal::{Journal, Location, Options};
use prometheus_client::metrics::histogram::Histogram;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tower::ServiceExt;

pub(crate) const NOW: Time = Time(1_764_072_000_000_000);

/// Answers calls as it was told to, and remembers them.
#[derive(Default)]
pub(crate) struct Scripted {
    pub(crate) answers: Mutex<VecDeque<Result<Reply, CallError>>>,
    pub(crate) requests: Mutex<Vec<Request<Bytes>>>,
}

impl Call for Scripted {
    fn call(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Reply, CallError>> {
        self.requests.lock().unwrap().push(request);
        let silence = || Err(CallError::Failed("nobody is there".to_owned()));
        ready(self.answers.lock().unwrap().pop_front().unwrap_or_else(silence)).boxed()
    }
}

/// An answer of a receiver.
pub(crate) fn reply(status: u16, headers: &[(&'static str, &'static str)]) -> Result<Reply, CallError> {
    let pairs =
        headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    let headers: HeaderMap = pairs.collect();
    Ok(Reply { status: StatusCode::from_u16(status).unwrap(), headers })
}

pub(super) struct Scene {
    pub(super) folder: TempDir,
    pub(super) journal: Journal,
    pub(super) carrier: Arc<InMemory>,
    pub(super) clock: Arc<SetClock>,
    pub(super) caller: Arc<Scripted>,
    pub(super) door: Arc<Door>,
    pub(super) router: Router,
    pub(super) token: String,
    pub(super) application: Arc<Application>,
}

impl Scene {
    pub(super) async fn new() -> Scene {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::Sqlite(folder.path().join("hub.sqlite"));
        let journal = Journal::open(&location, &SCHEMA, &Options::default()).unwrap();
        let carrier = InMemory::opened(NOW);
        let (clock, caller) = (Arc::new(SetClock::at(NOW)), Arc::new(Scripted::default()));
        let door = open(&carrier, &journal, &clock, &caller).await;
        let made = door.create_token("shop").await.unwrap();
        door.start().await.unwrap();
        let (router, token, application) = (router(door.clone()), made.token, made.application);
        Scene { folder, journal, carrier, clock, caller, door, router, token, application }
    }

    /// As after a crash: all that is not in the log or in the database is forgotten.
    pub(super) async fn restart(&mut self) {
        self.door.close();
        self.door = open(&self.carrier, &self.journal, &self.clock, &self.caller).await;
        self.door.start().await.unwrap();
        self.router = router(self.door.clone());
    }

    pub(super) fn pass(&self, span: crate::Span) {
        self.clock.set(self.clock.now() + span);
    }

    /// A request of the application.
    pub(super) async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let token = format!("Bearer {}", self.token);
        let mut request = Request::builder().method(method).uri(path).header("authorization", token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Answer { status, headers, body }
    }

    /// Posts an event in structured mode.
    pub(super) async fn post(&self, event: &str) -> Answer {
        self.ask("POST", "/v1/messages", &[("content-type", "application/cloudevents+json")], event).await
    }

    pub(super) async fn post_batch(&self, events: &[String]) -> Answer {
        let body = format!("[{}]", events.join(","));
        self.ask("POST", "/v1/messages", &[("content-type", "application/cloudevents-batch+json")], &body)
            .await
    }
}

async fn open(
    carrier: &Arc<InMemory>,
    journal: &Journal,
    clock: &Arc<SetClock>,
    caller: &Arc<Scripted>,
) -> Arc<Door> {
    let policy = Policy {
        name: "Test".to_owned(),
        own_name: "hub.example.org".to_owned(),
        pages: Some("https://hub.example.org".to_owned()),
        retry_seconds: vec![5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800],
        webhooks_per_token: 2,
    };
    let parts = Parts {
        carrier: carrier.clone(),
        journal: journal.clone(),
        clock: clock.clone(),
        chance: Arc::new(SystemChance),
        caller: caller.clone(),
        policy,
        delivery_seconds: Histogram::new([1.0]),
    };
    Door::open(parts).await.unwrap()
}

#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    #[track_caller]
    pub(super) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{self:?}");
        self.json()
    }

    /// The code of a refusal with this status.
    #[track_caller]
    pub(super) fn refused(&self, status: u16) -> String {
        let problem = self.expect(status);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(problem["status"], status);
        problem["code"].as_str().unwrap().to_owned()
    }
}

pub(super) fn event(id: &str, data: &str) -> String {
    format!(r#"{{"specversion":"1.0","id":"{id}","source":"/shop","type":"com.example.sold","data":{data}}}"#)
}
