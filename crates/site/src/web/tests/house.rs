//! A site in a temporary folder, and somebody who asks for its pages.

use crate::app::{App, Shared};
use crate::live::Live;
use crate::metrics::Metrics;
use crate::rates::Rates;
use crate::settings::{Overrides, Settings};
use crate::site_folder;
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode, header};
use market::actions::{AddUser, Register};
use market::{Email, Role};
use scraper::{Html, Selector};
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

pub(super) const PASSWORD: &str = "a long password";

/// A site in a temporary folder.
pub(super) struct House {
    pub(super) app: Shared,
    router: Router,
    _folder: TempDir,
}

/// Somebody with a browser.
#[derive(Clone, Default)]
pub(super) struct Browser {
    pub(super) cookie: Option<String>,
}

/// A page that came back.
pub(super) struct Got {
    pub(super) status: StatusCode,
    pub(super) headers: http::HeaderMap,
    pub(super) text: String,
}

impl House {
    pub(super) fn new() -> House {
        House::with(&[])
    }

    /// A site with settings that differ.
    pub(super) fn with(settings: &[(&str, &str)]) -> House {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data").display().to_string();
        let own = [("DATA", data.as_str()), ("MAIL_TRANSPORT", "memory")];
        let all = own.iter().chain(settings);
        let environment = all.map(|(key, value)| (format!("ANUKO_AUCTION_{key}"), (*value).to_owned()));
        let settings = Settings::load(&Overrides::default(), environment, None).unwrap();
        process::folder::make(&settings.data).unwrap();
        let market = site_folder::market(&settings, site_folder::open(&settings).unwrap());
        let app = Arc::new(App {
            rates: Rates::new(&settings.limits),
            language: settings.language,
            live: Live::default(),
            metrics: Metrics::default(),
            market,
            settings,
            hub: None,
        });
        House { router: crate::web::router().with_state(app.clone()), app, _folder: folder }
    }

    /// Somebody with an account, signed in.
    pub(super) async fn person(&self, name: &str, role: Role) -> Browser {
        let email = format!("{name}@example.org");
        let account = Register { email: email.clone(), name: name.to_owned(), password: PASSWORD.to_owned() };
        self.app.market.register(account).await.unwrap();
        let known = AddUser { email: Email::parse(&email).unwrap(), name: name.to_owned(), role };
        self.app.market.add_user(known).await.unwrap();
        let form = [("email", email.as_str()), ("password", PASSWORD)];
        let got = Browser::default().post(self, "/sign-in", &form).await;
        let cookie = got.headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
        Browser { cookie: Some(cookie) }
    }
}

impl Browser {
    pub(super) async fn get(&self, house: &House, path: &str) -> Got {
        self.ask(house, Request::get(path), Body::empty()).await
    }

    pub(super) async fn post(&self, house: &House, path: &str, form: &[(&str, &str)]) -> Got {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", "same-origin");
        let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        self.ask(house, request, Body::from(pairs.join("&"))).await
    }

    pub(super) async fn ask(&self, house: &House, request: http::request::Builder, body: Body) -> Got {
        let request = match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let response = house.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        Got { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.into()).unwrap() }
    }
}

impl Got {
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it sends the browser.
    pub(super) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text);
        self.header("location")
    }

    /// The text of the first element that fits, with single blanks.
    pub(super) fn text_of(&self, selector: &str) -> Option<String> {
        let page = Html::parse_document(&self.text);
        let found = page.select(&Selector::parse(selector).unwrap()).next()?;
        Some(found.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// An attribute of the first element that fits.
    pub(super) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        let page = Html::parse_document(&self.text);
        let found = page.select(&Selector::parse(selector).unwrap()).next()?;
        found.value().attr(name).map(str::to_owned)
    }

    /// How many elements fit.
    pub(super) fn count(&self, selector: &str) -> usize {
        Html::parse_document(&self.text).select(&Selector::parse(selector).unwrap()).count()
    }
}
