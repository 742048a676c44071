use super::Scene;
use super::scene::event;
use crate::applications::carrier::Carrier;
use crate::{Message, SecretKey};
use axum::body::{Body, Bytes};
use axum::http::Request;
use futures_util::StreamExt;
use serde_json::Value;
use tower::ServiceExt;

/// A stream that is being read.
struct Reading {
    body: axum::body::BodyDataStream,
    text: String,
}

impl Reading {
    async fn begin(scene: &Scene, query: &str, last: Option<&str>) -> Reading {
        let token = format!("Bearer {}", scene.token);
        let mut request = Request::get(format!("/v1/messages{query}")).header("authorization", token);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = scene.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let mut reading = Reading { body: response.into_body().into_data_stream(), text: String::new() };
        // The first thing is an id without an event.
        let (_, data) = reading.next().await.unwrap();
        assert!(data.is_empty());
        reading
    }

    /// The next event: its id and its data, as a receiver joins it.
    async fn next(&mut self) -> Option<(String, String)> {
        loop {
            if let Some((block, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| {
                    let values: Vec<&str> =
                        block.lines().filter_map(|line| line.strip_prefix(name)).collect();
                    values.join("\n")
                };
                let found = (field("id: "), field("data: "));
                self.text = rest.to_owned();
                return Some(found);
            }
            let bytes: Bytes = self.body.next().await?.unwrap();
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    async fn id_and_event(&mut self) -> (String, Value) {
        let (id, data) = self.next().await.unwrap();
        (id, serde_json::from_str(&data).unwrap())
    }
}

#[tokio::test]
async fn events_come_in_order_and_say_where_they_stand() {
    let scene = Scene::new().await;
    scene.post(&event("before", "0")).await.expect(202);
    let mut stream = Reading::begin(&scene, "", None).await;
    scene.post_batch(&[event("1", "[\n 1,\r\n 2 ]"), event("2", "0")]).await.expect(202);
    let (_, first) = stream.id_and_event().await;
    assert_eq!((&first["id"], &first["data"][1]), (&"1".into(), &2.into()));
    assert_eq!((&first["hubnumber"], &first["hubindex"]), (&"2".into(), &0.into()));
    assert_eq!(first["hubkey"], scene.application.key.to_string());
    let (_, second) = stream.id_and_event().await;
    assert_eq!((&second["id"], &second["hubindex"]), (&"2".into(), &1.into()));
}

#[tokio::test]
async fn a_reader_goes_on_exactly_where_it_was_cut() {
    let scene = Scene::new().await;
    scene.post_batch(&[event("1", "0"), event("2", "0"), event("3", "0")]).await.expect(202);
    scene.post(&event("4", "0")).await.expect(202);
    let mut ids = Vec::new();
    let mut whole = Reading::begin(&scene, "?from=oldest", None).await;
    for _ in 0..4 {
        ids.push(whole.id_and_event().await);
    }
    for (at, (id, _)) in ids.iter().enumerate().take(3) {
        let mut rest = Reading::begin(&scene, "", Some(id)).await;
        assert_eq!(rest.id_and_event().await, ids[at + 1]);
    }
    // An id that this log never gave begins with the oldest.
    for unknown in ["0-2", "nonsense", ""] {
        let mut all = Reading::begin(&scene, "", Some(unknown)).await;
        assert_eq!(all.id_and_event().await, ids[0]);
    }
}

#[tokio::test]
async fn only_what_is_wanted_comes() {
    let scene = Scene::new().await;
    let other = SecretKey::from_seed([5; 32]);
    scene.carrier.add_origin(other.clone());
    let image = Message { media_type: "image/png".to_owned(), body: Bytes::from_static(b"png") };
    scene.post(&event("own", "0")).await.expect(202);
    scene.post(&event("typed", "0").replace("com.example.sold", "a&b")).await.expect(202);
    scene.carrier.post(other.public(), vec![image], 0).await.unwrap();
    let by_source = format!("?from=oldest&source=hub:{}", other.public());
    for (query, first) in [
        ("?from=oldest", "com.example.sold"),
        ("?from=oldest&type=a%26b", "a&b"),
        ("?from=oldest&type=x&type=a%26b", "a&b"),
        ("?from=oldest&own=false", "com.anuko.hub.message.v1"),
        (by_source.as_str(), "com.anuko.hub.message.v1"),
    ] {
        let mut stream = Reading::begin(&scene, query, None).await;
        assert_eq!(stream.id_and_event().await.1["type"], first, "{query}");
    }
    for wrong in ["?own=maybe", "?form=oldest", "?from=tomorrow"] {
        let answer = scene.ask("GET", &format!("/v1/messages{wrong}"), &[], "").await;
        assert_eq!(answer.refused(400), "invalid_parameter");
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_stream_gives_signs_of_life() {
    let scene = Scene::new().await;
    let mut stream = Reading::begin(&scene, "", None).await;
    let (id, data) = stream.next().await.unwrap();
    assert!(!id.is_empty() && data.is_empty());
}

#[tokio::test]
async fn streams_end_with_their_token_and_with_the_hub() {
    let scene = Scene::new().await;
    let mut stream = Reading::begin(&scene, "", None).await;
    scene.door.close();
    assert_eq!(stream.next().await, None);
    let scene = Scene::new().await;
    let mut stream = Reading::begin(&scene, "", None).await;
    scene.door.revoke_token(scene.application.id).await.unwrap();
    let other = SecretKey::from_seed([5; 32]);
    scene.carrier.add_origin(other.clone());
    scene
        .carrier
        .post(other.public(), vec![crate::Message { media_type: "a/b".into(), body: Bytes::new() }], 0)
        .await
        .unwrap();
    assert_eq!(stream.next().await, None);
}
