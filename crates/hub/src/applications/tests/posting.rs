use super::Scene;
use super::scene::{NOW, event};
use crate::applications::event::Event;
use crate::node::PostError;
use crate::{PublicKey, Span};
use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use std::sync::Arc;

const STRUCTURED: (&str, &str) = ("content-type", "application/cloudevents+json; charset=UTF-8");

#[tokio::test]
async fn an_event_is_answered_with_its_number() {
    let scene = Scene::new().await;
    let answer = scene.post(&event("1", "7")).await.expect(202);
    let key = scene.application.key.to_string();
    assert_eq!(answer, json!({ "key": key, "epoch": NOW.0, "number": 1, "index": 0 }));
    let path = format!("/v1/envelopes/{key}/{}/1", NOW.0);
    let envelope = scene.ask("GET", &path, &[], "").await;
    assert_eq!(envelope.status, 200);
    let envelope = crate::Envelope::read(envelope.body).unwrap();
    let messages: Vec<_> = envelope.messages().collect();
    assert_eq!(
        (messages[0].media_type.as_str(), &*messages[0].body),
        ("application/cloudevents+json", event("1", "7").as_bytes())
    );
    assert!(crate::Seal::of(envelope).check().is_ok());
}

#[tokio::test]
async fn an_event_in_headers_is_kept_as_json() {
    let scene = Scene::new().await;
    let headers = [
        ("ce-specversion", "1.0"),
        ("ce-id", "a%20b"),
        ("ce-source", "/shop"),
        ("ce-type", "t"),
        ("content-type", "text/plain"),
    ];
    scene.ask("POST", "/v1/messages", &headers, "hello").await.expect(202);
    let found = crate::applications::carrier::Carrier::read_after(&*scene.carrier, 0, 9).await.unwrap();
    let message = found[0].1.messages().next().unwrap();
    let event = Event::structured(std::str::from_utf8(&message.body).unwrap()).unwrap();
    assert_eq!((event.id.as_str(), event.kind.as_str()), ("a b", "t"));
}

#[tokio::test]
async fn a_batch_is_answered_one_by_one_and_shares_an_envelope() {
    let scene = Scene::new().await;
    let events: Vec<String> = (0..256).map(|n| event(&n.to_string(), "0")).collect();
    let answer = scene.post_batch(&events).await.expect(202);
    let indexes: Vec<u64> =
        answer.as_array().unwrap().iter().map(|one| one["index"].as_u64().unwrap()).collect();
    assert_eq!(indexes, (0..256).collect::<Vec<u64>>());
    assert_eq!(scene.carrier.length(), 1);
    // What does not fit into an envelope that every hub takes goes into several.
    let large: Vec<String> =
        (0..3).map(|n| event(&format!("large{n}"), &format!("{:?}", "x".repeat(40_000)))).collect();
    scene.post_batch(&large).await.expect(202);
    assert_eq!(scene.carrier.length(), 4);
    assert_eq!(scene.post_batch(&[]).await.expect(202), json!([]));
}

#[tokio::test]
async fn what_is_sent_again_is_answered_as_the_first_time() {
    let mut scene = Scene::new().await;
    let first = scene.post(&event("1", "7")).await.expect(202);
    assert_eq!(scene.post(&event("1", "7")).await.expect(202), first);
    assert_eq!(scene.post(&event("1", "8")).await.refused(409), "id_reused");
    // In a batch, with a repetition inside.
    let again = scene.post_batch(&[event("2", "0"), event("1", "7"), event("2", "0")]).await.expect(202);
    assert_eq!((&again[1], &again[0]), (&first, &again[2]));
    let reused = scene.post_batch(&[event("3", "0"), event("3", "1")]).await;
    assert_eq!((reused.refused(409).as_str(), &reused.json()["event"]), ("id_reused", &json!(1)));
    assert_eq!(scene.carrier.length(), 2);
    // After a crash the answers follow from the log.
    scene.restart().await;
    assert_eq!(scene.post(&event("1", "7")).await.expect(202), first);
    assert_eq!(scene.carrier.length(), 2);
    // Another token means another event.
    let other = scene.door.create_token("other").await.unwrap();
    scene.token = other.token;
    assert_ne!(scene.post(&event("1", "7")).await.expect(202), first);
    // A day later it is an event like any other.
    scene.pass(Span::hours(24));
    scene.restart().await;
    scene.post(&event("1", "9")).await.expect(202);
}

#[tokio::test]
async fn many_who_send_the_same_at_once_get_one_answer() {
    let scene = Arc::new(Scene::new().await);
    let posts = (0..20).map(|_| {
        let scene = scene.clone();
        tokio::spawn(async move { scene.post(&event("1", "7")).await.expect(202) })
    });
    let answers = futures_util::future::join_all(posts).await;
    assert!(answers.iter().all(|answer| answer.as_ref().unwrap()["number"] == 1));
    assert_eq!(scene.carrier.length(), 1);
}

#[tokio::test]
async fn what_the_hub_refuses_can_be_sent_again() {
    let scene = Scene::new().await;
    for (error, status, code) in [
        (PostError::TooMuch(7), 429, "too_much"),
        (PostError::Cloned, 503, "cloned"),
        (PostError::Clock, 503, "wrong_clock"),
        (PostError::Failed, 503, "failed"),
        (PostError::Unfit, 413, "too_large"),
    ] {
        scene.carrier.refuse(&[error]);
        let answer = scene.post(&event("1", "7")).await;
        assert_eq!(answer.refused(status), code);
        if let PostError::TooMuch(_) = error {
            assert_eq!(answer.headers["retry-after"], "7");
        }
    }
    assert_eq!(scene.post(&event("1", "7")).await.expect(202)["number"], 1);
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_with_the_field_and_sends_nothing() {
    let scene = Scene::new().await;
    let wrong = event("1", "7").replace("/shop", "a b");
    let answer = scene.post(&wrong).await;
    assert_eq!(answer.refused(400), "invalid_event");
    assert_eq!(answer.json()["fields"][0]["field"], "source");
    let answer = scene.post_batch(&[event("2", "7"), wrong]).await;
    assert_eq!((answer.refused(400).as_str(), &answer.json()["event"]), ("invalid_event", &json!(1)));
    let late = event("3", "7").replace("\"data\"", "\"expirytime\":\"2020-01-01T00:00:00Z\",\"data\"");
    assert_eq!(scene.post(&late).await.json()["fields"][0]["problem"], "past");
    let large = event("4", &format!("{:?}", "x".repeat(65_536)));
    for (headers, body, status, code) in [
        (STRUCTURED, "{", 400, "not_json"),
        (STRUCTURED, large.as_str(), 413, "too_large"),
        (("content-type", "application/cloudevents+avro"), "x", 415, "unsupported_media_type"),
        (
            ("content-type", "application/cloudevents+json; charset=utf-16"),
            "x",
            415,
            "unsupported_media_type",
        ),
        (("content-type", "application/cloudevents-batch+json"), "{}", 400, "not_json"),
        (("content-type", "application/json"), "{}", 400, "invalid_event"),
    ] {
        assert_eq!(
            scene.ask("POST", "/v1/messages", &[headers], body).await.refused(status),
            code,
            "{headers:?}"
        );
    }
    let many: Vec<String> = (0..257).map(|n| event(&n.to_string(), "0")).collect();
    assert_eq!(scene.post_batch(&many).await.refused(413), "too_many_events");
    assert_eq!(scene.carrier.length(), 0);
}

#[tokio::test]
async fn an_event_of_64_kib_is_taken() {
    let scene = Scene::new().await;
    let frame = event("1", "\"\"").len();
    let exact = event("1", &format!("{:?}", "x".repeat(64 * 1024 - frame)));
    assert_eq!(exact.len(), 64 * 1024);
    scene.post(&exact).await.expect(202);
    // In binary mode the data alone may be nearly as large, and any bytes.
    let headers = [
        ("ce-specversion", "1.0"),
        ("ce-id", "2"),
        ("ce-source", "/shop"),
        ("ce-type", "t"),
        ("content-type", "image/png"),
    ];
    scene.ask("POST", "/v1/messages", &headers, &"x".repeat(65_000)).await.expect(202);
}

#[tokio::test]
async fn without_a_token_nothing_is_shown() {
    let scene = Scene::new().await;
    for path in ["/v1/messages", "/v1/identity", "/v1/webhooks", "/v1/webhooks/1"] {
        for header in [None, Some("Bearer wrong"), Some("Basic abc"), Some("Bearer")] {
            let mut request = Request::get(path);
            if let Some(header) = header {
                request = request.header("authorization", header);
            }
            let answer = scene.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.refused(401), "unauthorized");
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
        }
    }
    scene.door.revoke_token(scene.application.id).await.unwrap();
    assert_eq!(scene.post(&event("1", "7")).await.refused(401), "unauthorized");
    assert!(scene.application.is_revoked());
}

#[tokio::test]
async fn an_application_learns_its_key() {
    let scene = Scene::new().await;
    let identity = scene.ask("GET", "/v1/identity", &[], "").await.expect(200);
    let key: PublicKey = identity["key"].as_str().unwrap().parse().unwrap();
    assert_eq!((key, identity["name"].as_str()), (scene.application.key, Some("shop")));
    let exported = scene.door.tokens.export(scene.application.id).await.unwrap().unwrap();
    assert_eq!(exported.public(), key);
    // The database holds no token, only what it hashes to.
    let file = std::fs::read(scene.folder.path().join("hub.sqlite")).unwrap();
    let log = std::fs::read(scene.folder.path().join("hub.sqlite-wal")).unwrap_or_default();
    let holds =
        |bytes: &[u8]| bytes.windows(scene.token.len()).any(|window| window == scene.token.as_bytes());
    assert!(!holds(&file) && !holds(&log));
}

#[tokio::test]
async fn what_is_not_there_is_said_as_a_problem() {
    let scene = Scene::new().await;
    assert_eq!(scene.ask("GET", "/v1/nothing", &[], "").await.refused(404), "not_found");
    assert_eq!(scene.ask("PUT", "/v1/messages", &[], "").await.refused(405), "method_not_allowed");
    let key = scene.application.key;
    for path in ["x/1/1".to_owned(), format!("{key}/1/1"), format!("{key}/a/1")] {
        assert_eq!(
            scene.ask("GET", &format!("/v1/envelopes/{path}"), &[], "").await.refused(404),
            "not_found"
        );
    }
}
