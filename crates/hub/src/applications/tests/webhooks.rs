use super::reply;
use super::scene::{Scene, event};
use crate::applications::webhooks::{Secret, sign};
use crate::outgoing::CallError;
use axum::body::{Body, Bytes};
use axum::http::Request;
use base64::Engine;
use serde_json::{Value, json};

const HOOK: &str = r#"{"url":"https://receiver.example.org/hook"}"#;
const YES: [(&str, &str); 2] = [("webhook-allowed-origin", "*"), ("webhook-allowed-rate", "*")];

impl Scene {
    async fn register(&self, body: &str) -> super::scene::Answer {
        self.ask("POST", "/v1/webhooks", &[], body).await
    }

    fn answer(&self, answers: impl IntoIterator<Item = Result<crate::outgoing::Reply, CallError>>) {
        self.caller.answers.lock().unwrap().extend(answers);
    }

    /// The request number so many, once it was made.
    async fn request(&self, number: usize) -> Request<Bytes> {
        // Everything happens in one thread: whoever is ready has his turn.
        for _ in 0..100_000 {
            if let Some(request) = self.caller.requests.lock().unwrap().get(number) {
                return request.clone();
            }
            tokio::task::yield_now().await;
        }
        panic!("there was no request {number}");
    }
}

#[tokio::test]
async fn permission_is_asked_for_and_then_deliveries_are_signed() {
    let scene = Scene::new().await;
    scene.answer([reply(200, &YES), reply(204, &[])]);
    let webhook = scene.register(HOOK).await.expect(201);
    assert_eq!((&webhook["state"], &webhook["rate"]), (&json!("active"), &Value::Null));
    let asked = scene.request(0).await;
    assert_eq!(
        (asked.method().as_str(), &asked.headers()["webhook-request-origin"]),
        ("OPTIONS", &"hub.example.org".parse().unwrap())
    );
    scene.post(&event("1", "7")).await.expect(202);
    let delivery = scene.request(1).await;
    assert_eq!(
        (delivery.method().as_str(), delivery.uri().to_string().as_str()),
        ("POST", "https://receiver.example.org/hook")
    );
    let header = |name: &str| delivery.headers()[name].to_str().unwrap();
    assert_eq!(header("content-type"), "application/cloudevents+json; charset=utf-8");
    assert_eq!(header("webhook-request-origin"), "hub.example.org");
    assert!(!header("webhook-id").contains('.'));
    let bytes = webhook["secret"].as_str().unwrap().strip_prefix("whsec_").unwrap();
    let bytes: [u8; 32] = base64::prelude::BASE64_STANDARD.decode(bytes).unwrap().try_into().unwrap();
    let timestamp = header("webhook-timestamp").parse().unwrap();
    assert_eq!(
        header("webhook-signature"),
        sign(&Secret::new(bytes), header("webhook-id"), timestamp, delivery.body())
    );
    let event: Value = serde_json::from_slice(delivery.body()).unwrap();
    assert_eq!((&event["id"], &event["hubnumber"]), (&json!("1"), &json!("1")));
    // The secret is shown once.
    let list = scene.ask("GET", "/v1/webhooks", &[], "").await;
    assert!(!String::from_utf8_lossy(&list.body).contains(webhook["secret"].as_str().unwrap()));
}

#[tokio::test]
async fn a_receiver_may_give_permission_later() {
    let scene = Scene::new().await;
    scene.answer([reply(405, &[]), reply(204, &[])]);
    let webhook = scene.register(HOOK).await.expect(201);
    assert_eq!(webhook["state"], "asked");
    scene.post(&event("1", "7")).await.expect(202);
    let callback = scene.request(0).await.headers()["webhook-request-callback"].to_str().unwrap().to_owned();
    let path = callback.strip_prefix("https://hub.example.org").unwrap();
    let confirm =
        |path: String| Request::get(path).header("webhook-allowed-rate", "30").body(Body::empty()).unwrap();
    assert_eq!(scene.send(confirm(format!("{path}0"))).await.refused(403), "wrong_key");
    assert_eq!(
        scene.send(confirm("/v1/webhooks/99/confirm?key=1".to_owned())).await.refused(403),
        "wrong_key"
    );
    assert_eq!(scene.send(confirm(path.to_owned())).await.status, 200);
    // What came since it was registered is delivered.
    assert_eq!(scene.request(1).await.method(), "POST");
    let id = &webhook["id"];
    let shown = scene.ask("GET", &format!("/v1/webhooks/{id}"), &[], "").await.expect(200);
    assert_eq!((&shown["state"], &shown["rate"]), (&json!("active"), &json!(30)));
}

/// The courier was called back for the question, and nobody sent it out again.
#[tokio::test]
async fn a_receiver_that_does_not_decide_anew_goes_on_getting_what_was_agreed() {
    let scene = Scene::new().await;
    scene.answer([reply(200, &YES), reply(405, &[]), reply(200, &[])]);
    scene.register(HOOK).await.expect(201);
    assert_eq!(scene.register(HOOK).await.expect(200)["state"], "active");
    scene.post(&event("1", "7")).await.expect(202);
    let delivered = tokio::time::timeout(std::time::Duration::from_secs(60), scene.request(2)).await;
    assert_eq!(delivered.expect("it is delivered").method(), "POST");
}

#[tokio::test]
async fn several_events_go_together_only_if_that_was_asked_for() {
    let scene = Scene::new().await;
    let events: Vec<String> = (1..=3).map(|n| event(&n.to_string(), "0")).collect();
    scene.post_batch(&events).await.expect(202);
    scene.answer([reply(200, &YES), reply(200, &[]), reply(200, &[]), reply(200, &[])]);
    scene.register(r#"{"url":"https://one.example.org/","from":"oldest"}"#).await.expect(201);
    for (number, id) in [(1, "1"), (2, "2"), (3, "3")] {
        let delivered: Value = serde_json::from_slice(scene.request(number).await.body()).unwrap();
        assert_eq!(delivered["id"], id);
    }
    scene.answer([reply(200, &YES), reply(200, &[])]);
    scene.register(r#"{"url":"https://many.example.org/","from":"oldest","batch":10}"#).await.expect(201);
    let delivery = scene.request(5).await;
    assert_eq!(delivery.headers()["content-type"], "application/cloudevents-batch+json; charset=utf-8");
    let delivered: Vec<Value> = serde_json::from_slice(delivery.body()).unwrap();
    let ids: Vec<&str> = delivered.iter().map(|event| event["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["1", "2", "3"]);
}

#[tokio::test]
async fn what_cannot_be_registered_leaves_nothing_behind() {
    let scene = Scene::new().await;
    assert_eq!(scene.register(r#"{"url":"https://a/","colour":1}"#).await.refused(400), "invalid_webhook");
    assert_eq!(scene.register(HOOK).await.refused(502), "not_reached");
    scene.answer([Err(CallError::NotAllowed("private".to_owned()))]);
    assert_eq!(scene.register(HOOK).await.refused(403), "address_not_allowed");
    let list = scene.ask("GET", "/v1/webhooks", &[], "").await.expect(200);
    assert_eq!(list, json!({ "webhooks": [] }));
    scene.answer([reply(200, &YES), reply(200, &YES)]);
    for host in ["a", "b"] {
        scene.register(&format!(r#"{{"url":"https://{host}.example.org/"}}"#)).await.expect(201);
    }
    assert_eq!(scene.register(HOOK).await.refused(409), "too_many_webhooks");
}

#[tokio::test]
async fn a_webhook_belongs_to_its_token_and_can_be_deleted() {
    let mut scene = Scene::new().await;
    scene.answer([reply(200, &YES), reply(200, &YES)]);
    let id = scene.register(HOOK).await.expect(201)["id"].clone();
    // The same address again is the same webhook.
    let again = scene.register(HOOK).await.expect(200);
    assert!(again["id"] == id && again.get("secret").is_none());
    let (path, own) = (format!("/v1/webhooks/{id}"), scene.token.clone());
    scene.token = scene.door.create_token("other").await.unwrap().token;
    assert_eq!(scene.ask("GET", &path, &[], "").await.refused(404), "not_found");
    assert_eq!(scene.ask("DELETE", &path, &[], "").await.refused(404), "not_found");
    scene.token = own;
    assert_eq!(scene.ask("DELETE", &path, &[], "").await.status, 204);
    assert_eq!(scene.ask("GET", &path, &[], "").await.refused(404), "not_found");
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_is_gone_gets_no_more_until_it_is_asked_again() {
    let scene = Scene::new().await;
    scene.answer([reply(200, &YES), reply(410, &[])]);
    let id = scene.register(HOOK).await.expect(201)["id"].clone();
    scene.post(&event("1", "7")).await.expect(202);
    scene.request(1).await;
    let path = format!("/v1/webhooks/{id}");
    let mut state = Value::Null;
    while state != "gone" {
        state = scene.ask("GET", &path, &[], "").await.expect(200)["state"].clone();
    }
    // What waited comes after a new handshake.
    scene.answer([reply(200, &YES), reply(200, &[])]);
    assert_eq!(scene.register(HOOK).await.expect(200)["state"], "active");
    let delivered: Value = serde_json::from_slice(scene.request(3).await.body()).unwrap();
    assert_eq!(delivered["id"], "1");
}
