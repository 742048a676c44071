//! The cookie that holds the secret of a session.

use super::visit::Visit;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use market::SESSION_PREFIX;
use market::actions::SignedIn;

const NAME: &str = "anuko_session";

/// The secret that a browser shows.
pub(super) fn key(headers: &HeaderMap) -> Option<String> {
    let cookies = CookieJar::from_headers(headers);
    let key = cookies.get(NAME).map(|cookie| cookie.value().to_owned());
    // A personal token has no business in a browser.
    key.filter(|key| key.starts_with(SESSION_PREFIX))
}

impl Visit {
    /// Lets the browser keep a session: until it is closed, or as long as the session lasts.
    pub(super) fn keep_session(&self, session: &SignedIn, remember: bool, response: Response) -> Response {
        let seconds = (session.expires_at - self.market().now()).0 / 1_000_000;
        let lasting = if remember { format!("; Max-Age={seconds}") } else { String::new() };
        self.set_cookie(&format!("{}{lasting}", session.key), response)
    }

    /// Lets the browser forget its session.
    pub(super) fn drop_session(&self, response: Response) -> Response {
        self.set_cookie("; Max-Age=0", response)
    }

    fn set_cookie(&self, value: &str, mut response: Response) -> Response {
        let secure = if self.app.settings.public_url.is_secure() { "; Secure" } else { "" };
        let cookie = format!("{NAME}={value}; Path=/; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

/// Where somebody wants to go after signing in, if it is on this site; else home.
pub(super) fn local(path: &str) -> &str {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if plain && path.starts_with('/') && !path.starts_with("//") { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for path in ["/auctions/7", "/my/bids", "/?list=closed"] {
            assert_eq!(local(path), path);
        }
        for path in [
            "",
            "auctions",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nSet-Cookie: a=b",
            "/\t/evil.example",
            "/é",
        ] {
            assert_eq!(local(path), "/", "{path:?}");
        }
    }
}
