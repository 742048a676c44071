//! Calls to addresses that others have named: resolve, refuse what is not global, connect to the address that was
//! checked, follow no redirect.

mod addresses;
mod connect;
mod global;
mod trust;

pub(crate) use addresses::first_that_answers;
pub use connect::{Connected, connect};
pub use global::is_global;
pub(crate) use global::is_private;
pub use trust::Trust;

use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::header::HOST;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri};
use http_body_util::Full;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use std::time::Duration;
use tokio::time::timeout;

/// What came back. The body is of no interest.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
}

/// Why nothing came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The address is one that this hub does not call.
    #[error("{0}")]
    NotAllowed(String),
    /// It could not be reached, or gave no answer.
    #[error("{0}")]
    Failed(String),
}

/// Makes one HTTP request.
pub trait Call: Send + Sync {
    /// The URI of the request is absolute.
    fn call(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Reply, CallError>>;
}

/// Calls over the network.
#[derive(Clone, Debug)]
pub struct Network {
    /// Private addresses, and plain HTTP, are allowed.
    pub allow_private: bool,
    /// The longest that a call may take.
    pub patience: Duration,
    /// Whose certificates are believed.
    pub trust: Trust,
}

impl Call for Network {
    fn call(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<Reply, CallError>> {
        async move {
            let late = |_| CallError::Failed(format!("no answer within {} s", self.patience.as_secs()));
            timeout(self.patience, self.try_to_call(request)).await.map_err(late)?
        }
        .boxed()
    }
}

impl Network {
    async fn connect(&self, target: &Target) -> Result<Connected, CallError> {
        let trust = target.is_secure.then_some(&self.trust);
        connect(&target.host, target.port, trust, self.allow_private).await
    }

    async fn try_to_call(&self, request: Request<Bytes>) -> Result<Reply, CallError> {
        let target = Target::of(request.uri())?;
        if !target.is_secure && !self.allow_private {
            return Err(CallError::NotAllowed("the address does not begin with https://".to_owned()));
        }
        let stream = self.connect(&target).await?;
        let failed = |error: hyper::Error| CallError::Failed(in_words(&error));
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await.map_err(failed)?;
        let connection = tokio::spawn(connection);
        let answer = sender.send_request(relative(request, &target)?.map(Full::new)).await;
        connection.abort();
        let (parts, _) = answer.map_err(failed)?.into_parts();
        Ok(Reply { status: parts.status, headers: parts.headers })
    }
}

/// Where a request goes.
struct Target {
    host: String,
    port: u16,
    is_secure: bool,
    authority: String,
}

impl Target {
    fn of(uri: &Uri) -> Result<Target, CallError> {
        let wrong = || CallError::NotAllowed("the address is not complete".to_owned());
        let (scheme, authority) = (uri.scheme_str().ok_or_else(wrong)?, uri.authority().ok_or_else(wrong)?);
        let is_secure = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(wrong()),
        };
        let port = authority.port_u16().unwrap_or(if is_secure { 443 } else { 80 });
        let host = authority.host().trim_matches(['[', ']']).to_owned();
        Ok(Target { host, port, is_secure, authority: authority.to_string() })
    }
}

/// As a server expects it: the path alone, and the host in a header.
fn relative(request: Request<Bytes>, target: &Target) -> Result<Request<Bytes>, CallError> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let wrong = |_| CallError::NotAllowed("the address cannot be asked for".to_owned());
    let host = HeaderValue::from_str(&target.authority).map_err(|_| wrong(()))?;
    parts.uri = path.parse().map_err(|_| wrong(()))?;
    parts.headers.insert(HOST, host);
    Ok(Request::from_parts(parts, body))
}

/// An error with what caused it.
fn in_words(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(&format!(": {error}"));
        cause = error.source();
    }
    words
}

#[cfg(test)]
mod tests;
