//! What every request goes through: headers, sessions, forms of other sites.

use super::house::{Browser, House, PASSWORD};
use axum::body::Body;
use http::{Request, StatusCode};
use market::Role;

/// Everything that can be sent.
const FORMS: [&str; 26] = [
    "/register",
    "/confirm",
    "/sign-in",
    "/sign-out",
    "/forgot",
    "/reset",
    "/administrator",
    "/sell",
    "/my/account/tokens",
    "/my/account/tokens/1/revoke",
    "/auctions/1/offer",
    "/auctions/1/take",
    "/auctions/1/buy-now",
    "/auctions/1/retract",
    "/auctions/1/edit",
    "/auctions/1/publish",
    "/auctions/1/add-text",
    "/auctions/1/reserve",
    "/auctions/1/end-early",
    "/auctions/1/withdraw",
    "/auctions/1/cancel-bid",
    "/auctions/1/block",
    "/moderate/1/approve",
    "/moderate/1/disapprove",
    "/network/approve",
    "/network/block",
];

#[tokio::test]
async fn every_form_of_another_site_is_refused() {
    let house = House::new();
    let ann = house.person("ann", Role::Administrator).await;
    for path in FORMS {
        let request = Request::post(path).header("sec-fetch-site", "cross-site");
        let got = ann.ask(&house, request, Body::empty()).await;
        assert_eq!(got.status, StatusCode::FORBIDDEN, "{path}");
        assert!(got.text.contains("from another site"), "{path}");
    }
    assert_eq!(ann.get(&house, "/my/account").await.status, StatusCode::OK, "she is signed in still");
}

#[tokio::test]
async fn every_page_forbids_what_is_foreign_or_inline() {
    let house = House::new();
    for path in ["/", "/register", "/sign-in", "/forgot", "/auctions/7", "/confirm?key=a", "/assets/none"] {
        let got = Browser::default().get(&house, path).await;
        assert!(got.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("referrer-policy"), "same-origin");
        assert_eq!(got.count("[style], style, script:not([src]), [onclick]"), 0, "{path}");
    }
}

#[tokio::test]
async fn pages_of_somebody_are_kept_by_nobody_and_assets_for_ever() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    let stranger = Browser::default();
    let home = stranger.get(&house, "/").await;
    assert_eq!(home.header("cache-control"), "no-cache");
    assert_eq!(ann.get(&house, "/").await.header("cache-control"), "no-store");
    let style = home.attribute("link[rel=stylesheet]", "href").unwrap();
    let style = stranger.get(&house, &style).await;
    assert_eq!(style.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(style.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn who_must_sign_in_comes_back_to_the_page() {
    let house = House::new();
    let stranger = Browser::default();
    for path in ["/sell", "/my/bids", "/my/auctions", "/my/account", "/moderate", "/auctions/7/edit"] {
        let got = stranger.get(&house, path).await;
        assert_eq!(got.location(), format!("/sign-in?then={path}"));
    }
    house.person("ann", Role::User).await;
    let form = [("email", "ann@example.org"), ("password", PASSWORD), ("then", "/my/bids")];
    assert_eq!(stranger.post(&house, "/sign-in", &form).await.location(), "/my/bids");
    let foreign = [("email", "ann@example.org"), ("password", PASSWORD), ("then", "//evil.example")];
    assert_eq!(stranger.post(&house, "/sign-in", &foreign).await.location(), "/");
}

#[tokio::test]
async fn a_session_is_a_cookie_that_scripts_cannot_read() {
    let house = House::with(&[("PUBLIC_URL", "https://auctions.example")]);
    house.person("ann", Role::User).await;
    let form = [("email", "ann@example.org"), ("password", PASSWORD)];
    let got = Browser::default().post(&house, "/sign-in", &form).await;
    let cookie = got.header("set-cookie");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let form = [form.as_slice(), &[("remember", "yes")]].concat();
    let got = Browser::default().post(&house, "/sign-in", &form).await;
    assert!(
        got.header("set-cookie").contains("; Max-Age=2592000")
            || got.header("set-cookie").contains("; Max-Age=2591999")
    );
}

#[tokio::test]
async fn signing_out_ends_the_session_itself() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    let got = ann.post(&house, "/sign-out", &[]).await;
    assert!(got.header("set-cookie").starts_with("anuko_session=; Max-Age=0"));
    assert_eq!(ann.get(&house, "/my/bids").await.location(), "/sign-in?then=/my/bids");
}

#[tokio::test]
async fn a_wrong_password_is_not_sent_back() {
    let house = House::new();
    let form = [("email", "ann@example.org"), ("password", "wrong and secret")];
    let got = Browser::default().post(&house, "/sign-in", &form).await;
    assert_eq!(got.status, StatusCode::UNAUTHORIZED);
    assert_eq!(got.attribute("#email", "value").as_deref(), Some("ann@example.org"));
    assert!(!got.text.contains("wrong and secret"));
}

#[tokio::test]
async fn what_is_wrong_is_said_at_the_top_and_at_the_field() {
    let house = House::new();
    let form = [("email", "nowhere"), ("name", "Ann \u{2028}<b>"), ("password", "short")];
    let got = Browser::default().post(&house, "/register", &form).await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    assert_eq!(got.count("#problem a[href='#email']"), 1);
    assert_eq!(got.text_of("#email-error").unwrap(), "This does not look like a mail address.");
    assert_eq!(got.attribute("#email", "aria-invalid").as_deref(), Some("true"));
    assert_eq!(got.attribute("#email", "value").as_deref(), Some("nowhere"));
    assert_eq!(got.text_of("#password-error").unwrap(), "This is too short.");
    assert!(!got.text.contains("<b>"));
}

#[tokio::test]
async fn following_the_link_changes_nothing_before_the_button() {
    let house = House::new();
    let got = Browser::default().get(&house, "/confirm?key=abc").await;
    assert_eq!(got.attribute("form[action='/confirm'] input[name=key]", "value").as_deref(), Some("abc"));
    let got = Browser::default().post(&house, "/confirm", &[("key", "abc")]).await;
    assert_eq!(got.status, StatusCode::GONE);
}

#[tokio::test]
async fn the_key_of_a_token_is_shown_once() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    let made = ann
        .post(&house, "/my/account/tokens", &[("name", "phone"), ("scopes", "read"), ("scopes", "bid")])
        .await;
    assert!(made.text_of("code.key").unwrap().starts_with("anuko_token_"));
    let again = ann.get(&house, "/my/account").await;
    assert_eq!(again.count("code.key"), 0);
    assert_eq!(again.text_of("tbody td").unwrap(), "read bid");
    let none = ann.post(&house, "/my/account/tokens", &[("name", "phone")]).await;
    assert_eq!(
        (none.status, none.text_of(".error").unwrap().as_str()),
        (StatusCode::BAD_REQUEST, "Please fill this in.")
    );
}
