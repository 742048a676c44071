//! All doors of a site, without a network, at a time that the story sets.

use auction::{Span, Time};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use market::actions::AddUser;
use market::{Email, Market, Policy, Role, Scopes, SetChance, SetClock};
use serde_json::Value;
use site::settings::{Overrides, Settings};
use site::{serve, site_folder};
use std::cell::RefCell;
use std::sync::Arc;
use store::Tx;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Monday, 5 January 2026, 12:00 UTC.
pub(crate) const NOON: Time = Time(1_767_614_400_000_000);

/// What Ann offers where she leads.
pub(crate) const ANNS_MAXIMUM: &str = "321.09";

/// A reserve that she does not reach.
pub(crate) const RESERVE: &str = r#""reserve": "543.21""#;

/// A password that somebody typed.
pub(crate) const PASSWORD: &str = "correct horse";

/// What nobody else may read in an answer.
pub(crate) const SECRETS: &[&str] = &[ANNS_MAXIMUM, "543.21", PASSWORD, "@example.org", "sqlite"];

pub(crate) struct House {
    runtime: Runtime,
    router: Router,
    pub(crate) market: Market,
    clock: Arc<SetClock>,
    folder: TempDir,
    keys: RefCell<Vec<String>>,
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl House {
    /// A site with these lines in its settings file.
    pub(crate) fn open(settings: &str) -> House {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("site.toml");
        std::fs::write(&file, format!("data = {:?}\n{settings}", folder.path().join("data"))).unwrap();
        let settings = Settings::load(&Overrides::default(), [].into_iter(), Some(&file)).unwrap();
        process::folder::make(&settings.data).unwrap();
        let journal = site_folder::open(&settings).unwrap();
        // Auctions of other sites are to be seen as well.
        let policy = Policy { networked: true, ..site_folder::policy(&settings) };
        let (clock, chance) = (Arc::new(SetClock::at(NOON)), Arc::new(SetChance::default()));
        let market = Market::new(journal, clock.clone(), chance, policy);
        let router = serve::doors(settings, market.clone());
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        House { runtime, router, market, clock, folder, keys: RefCell::default() }
    }

    /// Writes into the store, as another site's messages do.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, store::Error> + Send + 'static,
    ) -> T {
        self.runtime.block_on(self.market.journal().write(work)).unwrap()
    }

    pub(crate) fn later(&self, span: Span) {
        self.clock.advance(span);
    }

    /// Closes what is due, as the job does.
    pub(crate) fn close(&self) {
        self.runtime.block_on(self.market.close_due()).unwrap();
    }

    /// All keys that were given out.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.keys.borrow().clone()
    }

    /// The key of somebody with an account.
    pub(crate) fn person(&self, name: &str) -> String {
        self.somebody(name, Role::User, Scopes::ALL)
    }

    pub(crate) fn somebody(&self, name: &str, role: Role, scopes: Scopes) -> String {
        let email = Email::parse(&format!("{name}@example.org")).unwrap();
        let user = AddUser { email, name: name.to_owned(), role };
        let key = self.runtime.block_on(async {
            let person = self.market.add_user(user).await.unwrap();
            self.market.create_token_for(person, "test", scopes).await.unwrap().key
        });
        self.keys.borrow_mut().push(key.clone());
        key
    }

    /// Does something to the database that no site would do.
    pub(crate) fn spoil(&self, sql: &str) {
        let database = self.folder.path().join("data/site.sqlite");
        rusqlite::Connection::open(database).unwrap().execute_batch(sql).unwrap();
    }

    pub(crate) fn get(&self, key: &str, path: &str) -> Told {
        self.ask("GET", key, path, "")
    }

    pub(crate) fn post(&self, key: &str, path: &str, body: &str) -> Told {
        self.ask("POST", key, path, body)
    }

    pub(crate) fn ask(&self, method: &str, key: &str, path: &str, body: &str) -> Told {
        self.send(Request::builder().method(method).uri(path), key, body)
    }

    /// A command under an id of one's own.
    pub(crate) fn post_under(&self, id: &str, key: &str, path: &str, body: &str) -> Told {
        self.send(Request::post(path).header("idempotency-key", id), key, body)
    }

    pub(crate) fn send(&self, mut request: axum::http::request::Builder, key: &str, body: &str) -> Told {
        if !key.is_empty() {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        self.send_body(request, Body::from(body.to_owned()))
    }

    pub(crate) fn send_body(&self, request: axum::http::request::Builder, body: Body) -> Told {
        let request = request.body(body).unwrap();
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (head, body) = response.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
            Told { status: head.status.as_u16(), headers: head.headers, body }
        })
    }

    /// Sue lists a clock, from 10.00 EUR, for a day; `more` are further fields or others than these.
    pub(crate) fn lot(&self, more: &str) -> i64 {
        let sue = self.person("Sue");
        let mut item =
            serde_json::json!({ "title": "A clock", "start_price": "10.00", "duration_seconds": 86400 });
        let more: Value = serde_json::from_str(&format!("{{{more}}}")).unwrap();
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post(&sue, "/api/v1/auctions", &item.to_string()).done().json()["id"].as_i64().unwrap()
    }

    pub(crate) fn bid(&self, key: &str, lot: i64, amount: &str) -> Told {
        self.post(key, &format!("/api/v1/auctions/{lot}/bids"), &offer(amount))
    }

    pub(crate) fn bid_under(&self, id: &str, key: &str, lot: i64, amount: &str) -> Told {
        self.post_under(id, key, &format!("/api/v1/auctions/{lot}/bids"), &offer(amount))
    }

    /// What somebody does with a lot: "retractions", "end", "acceptance" and so on. The reason is not always asked.
    pub(crate) fn do_to(&self, key: &str, lot: i64, what: &str) -> Told {
        let body = match what {
            "retractions" | "withdrawal" => r#"{"version": 1, "reason": "A typing error"}"#,
            _ => r#"{"version": 1}"#,
        };
        self.post(key, &format!("/api/v1/auctions/{lot}/{what}"), body)
    }
}

pub(crate) fn offer(amount: &str) -> String {
    format!(r#"{{"amount": "{amount}", "currency": "EUR", "version": 1}}"#)
}

impl Told {
    /// The same, if it was a yes.
    pub(crate) fn done(self) -> Told {
        assert!((200..300).contains(&self.status), "{}", self.text());
        self
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

impl PartialEq for Told {
    fn eq(&self, other: &Told) -> bool {
        (self.status, &self.body) == (other.status, &other.body)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.market.journal().close();
    }
}
