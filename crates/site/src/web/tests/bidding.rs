//! Bidding by form, step by step.

use super::house::{Browser, Got, House};
use super::selling::item;
use http::StatusCode;
use market::Role;

/// An auction of ann's, and two who bid.
struct Scene {
    house: House,
    ann: Browser,
    ben: Browser,
    cleo: Browser,
}

impl Scene {
    async fn new(changes: &[(&'static str, &'static str)]) -> Scene {
        let house = House::new();
        let ann = house.person("ann", Role::User).await;
        let (ben, cleo) = (house.person("ben", Role::User).await, house.person("cleo", Role::User).await);
        assert_eq!(ann.post(&house, "/sell", &item(changes)).await.location(), "/auctions/1");
        Scene { house, ann, ben, cleo }
    }

    async fn page(&self, who: &Browser) -> Got {
        who.get(&self.house, "/auctions/1").await
    }

    /// Fills in the box and sends it.
    async fn first_step(&self, who: &Browser, amount: &str) -> Got {
        let page = self.page(who).await;
        let hidden = |name: &str| {
            page.attribute(&format!("form[action$='/offer'] input[name={name}]"), "value").unwrap()
        };
        let form = [("id", hidden("id")), ("version", hidden("version")), ("amount", amount.to_owned())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        who.post(&self.house, "/auctions/1/offer", &form).await
    }

    /// Says yes to what is shown.
    async fn second_step(&self, who: &Browser, check: &Got) -> Got {
        let hidden = |name: &str| check.attribute(&format!("main input[name={name}]"), "value").unwrap();
        let form = ["id", "version", "amount", "sure"].map(|name| (name, hidden(name)));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        who.post(&self.house, "/auctions/1/offer", &form).await
    }

    async fn bid(&self, who: &Browser, amount: &str) {
        let check = self.first_step(who, amount).await;
        assert_eq!(check.status, StatusCode::OK, "{}", check.text);
        assert_eq!(self.second_step(who, &check).await.location(), "/auctions/1#standing");
    }
}

#[tokio::test]
async fn a_bid_counts_after_the_second_step_and_once() {
    let scene = Scene::new(&[]).await;
    let check = scene.first_step(&scene.ben, " 50,5 ").await;
    assert_eq!(check.text_of(".grand").unwrap(), "50.50\u{a0}EUR".replace('\u{a0}', " "));
    assert!(check.text.contains("You lead at 10.00"));
    assert_eq!(scene.page(&scene.ben).await.text_of("[data-show=offers]").unwrap(), "0");
    for _ in 0..2 {
        scene.second_step(&scene.ben, &check).await.location();
    }
    let page = scene.page(&scene.ben).await;
    assert_eq!(page.text_of("[data-show=offers]").unwrap(), "1");
    assert_eq!(
        page.text_of("#standing .notice").unwrap(),
        "You lead. Your maximum is 50.50 EUR; nobody else sees it."
    );
    assert!(!scene.page(&scene.cleo).await.text.contains("50.50"), "nobody else sees it");
}

#[tokio::test]
async fn who_is_outbid_reads_it_and_so_do_the_lists() {
    let scene = Scene::new(&[]).await;
    scene.bid(&scene.ben, "50").await;
    scene.bid(&scene.cleo, "60").await;
    let page = scene.page(&scene.ben).await;
    assert_eq!(page.text_of(".price").unwrap(), "51.00 EUR");
    assert_eq!(
        page.text_of("#standing .notice:not([hidden])").unwrap(),
        "Somebody else leads. Your maximum was 50.00 EUR."
    );
    assert_eq!(scene.ben.get(&scene.house, "/my/bids").await.text_of("td .mark").unwrap(), "Outbid");
    assert_eq!(scene.cleo.get(&scene.house, "/my/bids").await.text_of("td .mark").unwrap(), "Leading");
    assert_eq!(page.count(".history tbody tr"), 2);
    assert_eq!(page.count(".history tr.own"), 1);
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_beside_the_box_and_kept() {
    let scene = Scene::new(&[]).await;
    scene.bid(&scene.cleo, "30").await;
    for (amount, status, says) in [
        ("", StatusCode::BAD_REQUEST, "Please fill this in."),
        ("1,250", StatusCode::BAD_REQUEST, "This could mean thousands or decimals."),
        ("NaN", StatusCode::BAD_REQUEST, "Please write a plain number, such as 12 or 12.50."),
        ("-5", StatusCode::BAD_REQUEST, "Please write a plain number"),
        ("10.501", StatusCode::CONFLICT, "The amount has too many decimals for this currency."),
        ("10.49", StatusCode::CONFLICT, "That is too low: please offer at least 10.50 EUR."),
        ("99999999999999", StatusCode::CONFLICT, "That is too high"),
    ] {
        let got = scene.first_step(&scene.ben, amount).await;
        assert_eq!(got.status, status, "{amount}");
        let error = got.text_of("#amount-error").unwrap();
        assert!(error.starts_with(says), "{amount}: {error}");
        assert_eq!(got.attribute("#amount", "value").as_deref(), Some(amount));
        assert_eq!(got.count("#problem a[href='#amount']"), 1);
    }
}

#[tokio::test]
async fn what_the_rules_refuse_at_the_last_moment_keeps_the_amount_under_a_fresh_id() {
    let scene = Scene::new(&[]).await;
    let check = scene.first_step(&scene.ben, "10").await;
    scene.bid(&scene.cleo, "30").await;
    let got = scene.second_step(&scene.ben, &check).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    assert!(got.text_of("#amount-error").unwrap().starts_with("That is too low"));
    assert_eq!(got.attribute("#amount", "value").as_deref(), Some("10"));
    let id = |page: &Got| page.attribute("main input[name=id]", "value").unwrap();
    assert_ne!(id(&got), id(&check));
}

#[tokio::test]
async fn terms_that_changed_meanwhile_are_shown_again() {
    let scene = Scene::new(&[]).await;
    let check = scene.first_step(&scene.ben, "50").await;
    let changed: Vec<_> = item(&[("start_price", "20")]).into_iter().chain([("version", "1")]).collect();
    scene.ann.post(&scene.house, "/auctions/1/edit", &changed).await.location();
    let got = scene.second_step(&scene.ben, &check).await;
    assert_eq!(got.status, StatusCode::CONFLICT);
    assert!(got.text_of("#problem").unwrap().contains("changed the terms"));
    assert_eq!(got.text_of(".price").unwrap(), "20.00 EUR");
}

#[tokio::test]
async fn a_sealed_offer_is_shown_to_who_made_it() {
    let scene = Scene::new(&[("format", "sealed_second_price")]).await;
    scene.bid(&scene.ben, "50").await;
    assert!(scene.page(&scene.ben).await.text.contains("Your offer of 50.00\u{a0}EUR stands"));
    for who in [&scene.ann, &scene.cleo, &Browser::default()] {
        let page = scene.page(who).await;
        assert!(!page.text.contains("50.00"), "{}", page.text);
        assert_eq!(page.text_of("[data-show=offers]").unwrap(), "1");
    }
}

#[tokio::test]
async fn buying_now_ends_it_and_both_sides_find_each_other() {
    let scene = Scene::new(&[("buy_now", "80")]).await;
    let page = scene.page(&scene.ben).await;
    let version = page.attribute("form[action$='/buy-now'] input[name=version]", "value").unwrap();
    let asked = scene.ben.post(&scene.house, "/auctions/1/buy-now", &[("version", &version)]).await;
    assert_eq!(asked.text_of(".grand").unwrap(), "80.00 EUR");
    let form = [("version", version.as_str()), ("sure", "yes")];
    scene.ben.post(&scene.house, "/auctions/1/buy-now", &form).await.location();
    let (won, sold) = (scene.page(&scene.ben).await, scene.page(&scene.ann).await);
    assert!(won.text_of("#standing").unwrap().contains("you have won this for 80.00 EUR"));
    assert_eq!(won.text_of(".contact a").unwrap(), "ann@example.org");
    assert_eq!(sold.text_of(".contact a").unwrap(), "ben@example.org");
    assert_eq!(scene.page(&scene.cleo).await.count(".contact"), 0);
}

#[tokio::test]
async fn a_seller_cancels_an_offer_and_blocks_its_bidder() {
    let scene = Scene::new(&[]).await;
    scene.bid(&scene.ben, "50").await;
    let manage = scene.ann.get(&scene.house, "/auctions/1/manage").await;
    let entry = manage.attribute("#entry option", "value").unwrap();
    let form = [("version", "1"), ("entry", &entry), ("cancel_reason", "A joke"), ("sure", "yes")];
    scene.ann.post(&scene.house, "/auctions/1/cancel-bid", &form).await.location();
    assert_eq!(scene.page(&scene.ann).await.text_of("[data-show=offers]").unwrap(), "0");
    for (who, reads) in [(&scene.ann, 1), (&scene.ben, 1), (&scene.cleo, 0), (&Browser::default(), 0)] {
        let page = scene.page(who).await;
        assert_eq!((page.count(".history .reason"), page.text.contains("A joke")), (reads, reads == 1));
    }
    scene
        .ann
        .post(&scene.house, "/auctions/1/block", &[("bidder", "1"), ("blocked", "yes")])
        .await
        .location();
    let mo = scene.house.person("mo", Role::Moderator).await;
    let manage = mo.get(&scene.house, "/auctions/1/manage").await;
    assert_eq!(manage.count("form[action$='/block']"), 1, "a moderator may block, too");
    let check = scene.first_step(&scene.ben, "70").await;
    let got = scene.second_step(&scene.ben, &check).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    assert!(got.text_of("#problem").unwrap().contains("blocked you"));
}

#[tokio::test]
async fn a_bidder_takes_back_with_a_reason() {
    let scene = Scene::new(&[]).await;
    scene.bid(&scene.ben, "50").await;
    let retract =
        async |form: &[(&str, &str)]| scene.ben.post(&scene.house, "/auctions/1/retract", form).await;
    let none = retract(&[("version", "1")]).await;
    assert_eq!((none.status, none.count("details[open] #reason")), (StatusCode::BAD_REQUEST, 1));
    assert_eq!(retract(&[("version", "1"), ("reason", "Typing error")]).await.count("input[name=sure]"), 1);
    retract(&[("version", "1"), ("reason", "Typing error"), ("sure", "yes")]).await.location();
    assert_eq!(scene.page(&scene.ann).await.text_of(".history .reason").unwrap(), "Typing error");
    assert_eq!(scene.page(&scene.ben).await.text_of("[data-show=offers]").unwrap(), "0");
}
