//! Asking a receiver for permission (web hook specification, 4).

use crate::outgoing::{Call, CallError, Reply};
use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, Method, Request};

/// What is said about the program.
pub(super) const PROGRAM: &str = concat!("anuko-hub/", env!("CARGO_PKG_VERSION"));

/// A request for permission.
pub(super) struct Question<'a> {
    /// The address that is to be delivered to.
    pub(super) url: &'a str,
    /// The name of this hub.
    pub(super) origin: &'a str,
    /// Where permission can be given later.
    pub(super) callback: Option<String>,
    /// The requests a minute to ask for.
    pub(super) rate: Option<u32>,
}

/// What a receiver said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Permission {
    /// Deliveries are welcome, so many requests a minute.
    Granted { rate: Option<u32> },
    /// Not a word about it: perhaps the callback is used.
    Withheld,
}

/// Asks.
pub(super) async fn ask(caller: &dyn Call, question: &Question<'_>) -> Result<Permission, CallError> {
    let reply = caller.call(question.request()?).await?;
    Ok(question.understand(&reply))
}

impl Question<'_> {
    fn request(&self) -> Result<Request<Bytes>, CallError> {
        let mut request = Request::builder()
            .method(Method::OPTIONS)
            .uri(self.url)
            .header(USER_AGENT, PROGRAM)
            .header("WebHook-Request-Origin", self.origin);
        if let Some(callback) = &self.callback {
            request = request.header("WebHook-Request-Callback", callback);
        }
        if let Some(rate) = self.rate {
            request = request.header("WebHook-Request-Rate", rate);
        }
        request.body(Bytes::new()).map_err(|error| CallError::NotAllowed(error.to_string()))
    }

    /// The headers alone count: "the handshake cannot rely on status codes".
    fn understand(&self, reply: &Reply) -> Permission {
        let allowed = reply.headers.get("webhook-allowed-origin").and_then(|value| value.to_str().ok());
        let allowed = allowed.map(str::trim);
        let is_us = |origin: &str| origin == "*" || origin.eq_ignore_ascii_case(self.origin);
        if !allowed.is_some_and(is_us) {
            return Permission::Withheld;
        }
        match allowed_rate(&reply.headers) {
            Some(rate) => Permission::Granted { rate },
            // Nothing was said: no more than was asked for.
            None => Permission::Granted { rate: self.rate },
        }
    }
}

/// What `WebHook-Allowed-Rate` says: `None` if nothing that can be understood, `Some(None)` for no limit.
pub(super) fn allowed_rate(headers: &HeaderMap) -> Option<Option<u32>> {
    match headers.get("webhook-allowed-rate")?.to_str().ok()?.trim() {
        "*" => Some(None),
        number => number.parse().ok().filter(|rate| *rate > 0).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    const QUESTION: Question<'static> = Question {
        url: "https://receiver.example.com/hook?id=7",
        origin: "eventemitter.example.com",
        callback: None,
        rate: Some(120),
    };

    fn said(headers: &[(&'static str, &'static str)]) -> Permission {
        let pairs = headers.iter().map(|(name, value)| {
            (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))
        });
        QUESTION.understand(&Reply { status: StatusCode::METHOD_NOT_ALLOWED, headers: pairs.collect() })
    }

    /// The header values are the examples of the specification, 4.1.2, 4.1.3 and 4.1.4.
    #[test]
    fn the_question_is_as_the_specification_says() {
        let callback = Some("https://example.com/confirm?id=12345&key=abc".to_owned());
        let request = Question { callback, ..QUESTION }.request().unwrap();
        assert_eq!((request.method(), request.uri().to_string().as_str()), (&Method::OPTIONS, QUESTION.url));
        for (name, value) in [
            ("webhook-request-origin", "eventemitter.example.com"),
            ("webhook-request-callback", "https://example.com/confirm?id=12345&key=abc"),
            ("webhook-request-rate", "120"),
        ] {
            assert_eq!(request.headers()[name], value);
        }
    }

    #[test]
    fn only_the_headers_give_permission() {
        let (origin, rate) = ("webhook-allowed-origin", "webhook-allowed-rate");
        for (headers, permission) in [
            (
                &[(origin, "eventemitter.example.com"), (rate, "100")][..],
                Permission::Granted { rate: Some(100) },
            ),
            (&[(origin, "*"), (rate, "*")], Permission::Granted { rate: None }),
            (&[(origin, "EventEmitter.example.com")], Permission::Granted { rate: Some(120) }),
            (&[(origin, "*"), (rate, "0")], Permission::Granted { rate: Some(120) }),
            (&[(origin, "other.example.com"), (rate, "100")], Permission::Withheld),
            (&[(rate, "100")], Permission::Withheld),
            (&[], Permission::Withheld),
        ] {
            assert_eq!(said(headers), permission, "{headers:?}");
        }
    }
}
