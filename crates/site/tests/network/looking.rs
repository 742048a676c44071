//! The page of an administrator.

use super::chain::{PATIENCE, dialled_at, site_settings};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use hub::Hub;
use market::actions::{AddUser, Register};
use market::{Email, Market, Role};
use scraper::{Html, Selector};
use site::serve::Running;
use tower::ServiceExt;

/// The cookie of somebody who is signed in.
async fn signed_in(site: &Running, name: &str, role: Role) -> String {
    let market: &Market = site.market();
    let (email, password) = (format!("{name}@example.org"), "a long password".to_owned());
    let account = Register { email: email.clone(), name: name.to_owned(), password: password.clone() };
    market.register(account).await.unwrap();
    let known = AddUser { email: Email::parse(&email).unwrap(), name: name.to_owned(), role };
    market.add_user(known).await.unwrap();
    let form = format!("email={}&password={}", email.replace('@', "%40"), password.replace(' ', "+"));
    let (_, cookie, _) = ask(site, "POST", "/sign-in", "", &form).await;
    cookie.split(';').next().unwrap().to_owned()
}

/// Status, cookie and page.
async fn ask(
    site: &Running,
    method: &str,
    path: &str,
    cookie: &str,
    form: &str,
) -> (StatusCode, String, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, cookie);
    let request = request.body(Body::from(form.to_owned())).unwrap();
    let response = site.router().oneshot(request).await.unwrap();
    let cookie =
        response.headers().get(header::SET_COOKIE).map_or("", |value| value.to_str().unwrap()).to_owned();
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, cookie, String::from_utf8(body.to_vec()).unwrap())
}

fn text_of(page: &str, selector: &str) -> String {
    let page = Html::parse_document(page);
    let selector = Selector::parse(selector).unwrap();
    let found = page.select(&selector).flat_map(|element| element.text());
    found.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn until_known(hub: &Hub, how: impl Fn(&hub::status::Neighbour) -> bool) {
    let look = async {
        while !hub.status().await.unwrap().neighbours.iter().any(&how) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, look).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_lets_a_newcomer_in_and_blocks_it() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let above = site_settings(folders[0].path(), "", &[("NETWORK_DOWNSTREAMS", "true")]);
    let above = Running::start(above).await.unwrap();
    let url = dialled_at(above.address().as_str());
    let lower = site_settings(folders[1].path(), &url, &[("NAME", "Clock club")]);
    let below = Running::start(lower.clone()).await.unwrap();
    let hub = above.hub().unwrap();
    until_known(hub, |one| one.standing == hub::Standing::Pending).await;

    let ada = signed_in(&above, "ada", Role::Administrator).await;
    let (status, _, page) = ask(&above, "GET", "/network", &ada, "").await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(text_of(&page, "main").contains(&hub.identity().to_string()));
    assert!(text_of(&page, "#pending").contains("Clock club"), "{page}");
    assert!(text_of(&page, ".notice").contains("asks to be let in"), "{page}");
    assert!(text_of(&page, "header nav").contains("Network"));

    let key = below.hub().unwrap().identity();
    let form = format!("key={key}");
    let (status, _, _) = ask(&above, "POST", "/network/approve", &ada, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    // Who was turned away asks again after a minute, and at once when it is started.
    below.stop().await.unwrap();
    let below = Running::start(lower).await.unwrap();
    until_known(hub, |one| one.linked_since.is_some()).await;
    let (_, _, page) = ask(&above, "GET", "/network", &ada, "").await;
    assert!(text_of(&page, "table").contains("linked since"), "{page}");
    assert_eq!(text_of(&page, "#pending"), "");

    ask(&above, "POST", "/network/block", &ada, &form).await;
    until_known(hub, |one| one.standing == hub::Standing::Blocked && one.last_seen.is_some()).await;
    let (_, _, page) = ask(&above, "GET", "/network", &ada, "").await;
    assert!(text_of(&page, "table").contains("blocked"), "{page}");
    below.stop().await.unwrap();
    above.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_sees_the_page_and_a_site_that_stands_alone_has_none() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let node = site_settings(folders[0].path(), "", &[("NETWORK_DOWNSTREAMS", "true")]);
    let node = Running::start(node).await.unwrap();
    assert_eq!(ask(&node, "GET", "/network", "", "").await.0, StatusCode::SEE_OTHER, "who is to sign in");
    for (name, role) in [("ulla", Role::User), ("mo", Role::Moderator)] {
        let cookie = signed_in(&node, name, role).await;
        let (status, _, page) = ask(&node, "GET", "/network", &cookie, "").await;
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(!page.contains(&node.hub().unwrap().identity().to_string()));
        assert!(!text_of(&page, "header nav").contains("Network"));
        assert_eq!(ask(&node, "GET", "/network/blocklist", &cookie, "").await.0, StatusCode::FORBIDDEN);
        for deed in ["/network/approve", "/network/block", "/network/treat", "/network/blocklist"] {
            let form = format!("key={}", node.hub().unwrap().identity());
            assert_eq!(ask(&node, "POST", deed, &cookie, &form).await.0, StatusCode::FORBIDDEN);
        }
    }
    node.stop().await.unwrap();

    let alone = Running::start(site_settings(folders[1].path(), "", &[])).await.unwrap();
    let ada = signed_in(&alone, "ada", Role::Administrator).await;
    let (status, _, page) = ask(&alone, "GET", "/network", &ada, "").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(!text_of(&page, "header nav").contains("Network"));
    alone.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_sees_the_sites_decides_about_one_and_passes_the_list_on() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let open = [("NETWORK_DOWNSTREAMS", "true"), ("NETWORK_JOIN", "open")];
    let above = Running::start(site_settings(folders[0].path(), "", &open)).await.unwrap();
    let url = dialled_at(above.address().as_str());
    let below =
        Running::start(site_settings(folders[1].path(), &url, &[("NAME", "Clock club")])).await.unwrap();
    let key = below.hub().unwrap().identity();
    let ada = signed_in(&above, "ada", Role::Administrator).await;
    let look = async || ask(&above, "GET", "/network", &ada, "").await.2;
    let heard = async {
        while !text_of(&look().await, "#sites").contains("Clock club") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(PATIENCE, heard).await.unwrap();
    let page = look().await;
    let row = text_of(&page, "#sites tbody");
    for said in [&key.to_string(), "anuko-auction", "a neighbour", "shown, bids are sent"] {
        assert!(row.contains(said), "{said} is missing: {row}");
    }
    let drawn = text_of(&page, "svg");
    assert!(
        drawn.contains("Clock club") && drawn.contains("this site") && drawn.contains("linked"),
        "{drawn}"
    );

    let form = format!("key={key}&treatment=block&note=sells+nothing");
    assert_eq!(ask(&above, "POST", "/network/treat", &ada, &form).await.0, StatusCode::SEE_OTHER);
    let page = look().await;
    let row = text_of(&page, ".treat p");
    assert!(row.contains("blocked") && row.contains("sells nothing") && row.contains("by ada"), "{row}");
    let (_, _, list) = ask(&above, "GET", "/network/blocklist", &ada, "").await;
    assert!(list.ends_with(&format!("\n{key} # sells nothing\n")), "{list}");

    // What comes back is read; the site itself is left out, and a line that is no key is named.
    let form = format!("key={key}&treatment=show&note=");
    ask(&above, "POST", "/network/treat", &ada, &form).await;
    let (status, _, page) = ask(&above, "POST", "/network/blocklist", &ada, "list=%23+mine%0Anonsense").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(text_of(&page, ".problem").contains("Line 2"), "{page}");
    let own = above.hub().unwrap().identity();
    let form = format!("list={own}%0A{key}+%23+again");
    assert_eq!(ask(&above, "POST", "/network/blocklist", &ada, &form).await.0, StatusCode::SEE_OTHER);
    let (_, _, list) = ask(&above, "GET", "/network/blocklist", &ada, "").await;
    assert!(list.ends_with(&format!("\n{key} # again\n")) && !list.contains(&own.to_string()), "{list}");
    below.stop().await.unwrap();
    above.stop().await.unwrap();
}
