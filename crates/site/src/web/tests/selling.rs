//! Listing, editing, managing, approving.

use super::house::{Browser, Got, House};
use http::StatusCode;
use market::Role;

/// A form that lists something, with what differs.
pub(super) fn item(changes: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let plain = [("title", "Clock"), ("format", "ascending"), ("start_price", "10"), ("ending", "604800")];
    let kept = plain.into_iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.chain(changes.iter().copied()).collect()
}

async fn list(house: &House, who: &Browser, changes: &[(&'static str, &'static str)]) -> String {
    who.post(house, "/sell", &item(changes)).await.location().to_owned()
}

#[tokio::test]
async fn every_kind_can_be_listed_and_has_its_box() {
    let house = House::new();
    let (ann, ben) = (house.person("ann", Role::User).await, house.person("ben", Role::User).await);
    for (format, form) in [
        ("ascending", "offer"),
        ("sealed_first_price", "offer"),
        ("sealed_second_price", "offer"),
        ("reverse", "offer"),
        ("descending", "take"),
    ] {
        let clock =
            [("clock_step", "0,50"), ("clock_interval", "10"), ("clock_unit", "60"), ("clock_floor", "2")];
        let path = list(&house, &ann, &[&[("format", format)], clock.as_slice()].concat()).await;
        let seen = ben.get(&house, &path).await;
        assert_eq!(seen.count(&format!("form[action$='/{form}']")), 1, "{format}");
        assert!(seen.text_of(".rules li").is_some());
        assert_eq!(ann.get(&house, &path).await.count("form.bid"), 0, "sellers do not bid");
        assert!(Browser::default().get(&house, &path).await.text.contains("Sign in to bid"));
    }
}

#[tokio::test]
async fn what_a_seller_typed_is_kept_and_what_is_wrong_is_named() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    let form =
        item(&[("title", ""), ("description", "Two\n\nparagraphs"), ("reserve", "1"), ("buy_now", "20")]);
    let got = ann.post(&house, "/sell", &form).await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST);
    assert_eq!(got.text_of("#title-error").unwrap(), "Please fill this in.");
    assert!(got.text_of("#reserve-error").unwrap().starts_with("A reserve must not be below"));
    assert_eq!(got.count("details[open] #reserve"), 1, "what is wrong is not folded away");
    assert_eq!(got.attribute("#buy_now", "value").as_deref(), Some("20"));
    assert_eq!(got.text_of("#description").unwrap(), "Two paragraphs");
    assert_eq!(got.count("#ending option[value='604800'][selected]"), 1);
}

#[tokio::test]
async fn two_clicks_list_one_item() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    let id = ann.get(&house, "/sell").await.attribute("input[name=id]", "value").unwrap();
    let form: Vec<(&str, &str)> = item(&[]).into_iter().chain([("id", id.as_str())]).collect();
    let first = ann.post(&house, "/sell", &form).await;
    let second = ann.post(&house, "/sell", &form).await;
    assert_eq!(first.location(), second.location());
    assert_eq!(ann.get(&house, "/my/auctions").await.count(".lot"), 1);
}

#[tokio::test]
async fn markup_of_a_seller_is_text() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    let hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    let path = list(&house, &ann, &[("title", hostile), ("description", hostile)]).await;
    for page in [Browser::default().get(&house, &path).await, Browser::default().get(&house, "/").await] {
        assert_eq!(page.count("main script, main img"), 0);
        assert!(page.text.contains("&#60;script&#62;"));
    }
}

#[tokio::test]
async fn a_draft_is_its_sellers_until_it_is_published() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    let path = list(&house, &ann, &[("draft", "yes"), ("reserve", "30")]).await;
    assert_eq!(Browser::default().get(&house, &path).await.status, StatusCode::NOT_FOUND);
    let edit = ann.get(&house, &format!("{path}/edit")).await;
    assert_eq!(edit.attribute("#reserve", "value").as_deref(), Some("30.00"));
    assert_eq!(edit.count("#ending option[value=keep][selected]"), 1);
    let version = edit.attribute("input[name=version]", "value").unwrap();
    let form = item(&[("title", "Station clock"), ("ending", "keep")]);
    let form: Vec<(&str, &str)> = form.into_iter().chain([("version", version.as_str())]).collect();
    assert_eq!(ann.post(&house, &format!("{path}/edit"), &form).await.location(), path);
    assert_eq!(ann.post(&house, &format!("{path}/publish"), &[]).await.location(), path);
    let seen = Browser::default().get(&house, &path).await;
    assert_eq!(seen.text_of("h1").unwrap(), "Station clock");
    assert!(
        seen.text_of(".figures .left").unwrap().starts_with("6 d 23 h"),
        "{:?}",
        seen.text_of(".figures .left")
    );
}

#[tokio::test]
async fn a_seller_adds_withdraws_with_a_reason_and_nobody_else_may() {
    let house = House::new();
    let (ann, ben) = (house.person("ann", Role::User).await, house.person("ben", Role::User).await);
    let path = list(&house, &ann, &[]).await;
    let deed = |deed: &str| format!("{path}/{deed}");
    assert_eq!(ben.get(&house, &deed("manage")).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        ben.post(&house, &deed("withdraw"), &[("reason", "mine"), ("sure", "yes")]).await.status,
        StatusCode::FORBIDDEN
    );
    ann.post(&house, &deed("add-text"), &[("text", "It runs.")]).await.location();
    assert_eq!(ann.get(&house, &path).await.text_of(".addition .prose").unwrap(), "It runs.");
    let version = ann.get(&house, &deed("manage")).await.attribute("input[name=version]", "value").unwrap();
    let form = |reason: &'static str| [("version", version.clone()), ("reason", reason.to_owned())];
    let send = async |form: &[(&str, String)], sure: bool| -> Got {
        let sure = sure.then_some(("sure", "yes"));
        let form: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (*name, value.as_str())).chain(sure).collect();
        ann.post(&house, &deed("withdraw"), &form).await
    };
    assert_eq!(send(&form(" "), false).await.text_of("#reason-error").unwrap(), "Please fill this in.");
    assert_eq!(send(&form("It broke."), false).await.count("input[name=sure][value=yes]"), 1, "asked again");
    send(&form("It broke."), true).await.location();
    let seen = ann.get(&house, &path).await;
    assert_eq!(seen.text_of(".state").unwrap(), "Withdrawn");
    assert_eq!(seen.text_of(".notice.warn").unwrap(), "Reason: It broke.");
}

#[tokio::test]
async fn a_moderator_approves_or_says_why_not() {
    let house = House::with(&[("APPROVAL", "true")]);
    let (ann, mod_) = (house.person("ann", Role::User).await, house.person("mo", Role::Moderator).await);
    let path = list(&house, &ann, &[]).await;
    assert_eq!(ann.get(&house, "/moderate").await.status, StatusCode::FORBIDDEN);
    assert_eq!(mod_.get(&house, "/moderate").await.text_of(".sheet h2").unwrap(), "Clock");
    let no = mod_.post(&house, "/moderate/1/disapprove", &[("reason", "")]).await;
    assert_eq!((no.status, no.count("details[open] #reason")), (StatusCode::BAD_REQUEST, 1));
    mod_.post(&house, "/moderate/1/disapprove", &[("reason", "A picture, please.")]).await.location();
    assert!(ann.get(&house, &format!("{path}/manage")).await.text.contains("A picture, please."));
    ann.post(&house, &format!("{path}/publish"), &[]).await.location();
    mod_.post(&house, "/moderate/1/approve", &[("version", "1")]).await.location();
    assert_eq!(Browser::default().get(&house, &path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_list_goes_on_behind_its_last_row() {
    let house = House::new();
    let ann = house.person("ann", Role::User).await;
    for _ in 0..26 {
        list(&house, &ann, &[]).await;
    }
    let first = Browser::default().get(&house, "/").await;
    let more = first.attribute("a[rel=next]", "href").unwrap();
    let second = Browser::default().get(&house, &more).await;
    assert_eq!((first.count(".lot"), second.count(".lot"), second.count("a[rel=next]")), (24, 2, 0));
}
