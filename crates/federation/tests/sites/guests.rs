//! People of another site: how they win, are written to, blocked, suspended, and kept from their own items.

use super::offer;
use crate::town::{Town, item};
use auction::{Amount, Progress, Span, Time};
use market::actions::Placed;
use market::letters::{Content, Kind, Letter};
use market::show::SentState;
use market::{GOOD_FOR, Identity, Refusal, Role, WinnerLink};

/// Two sites, an item of oak as elm sees it, and Bob of elm who leads on it.
struct Scene {
    oak: Town,
    elm: Town,
    sue: Identity,
    bob: Identity,
    lamp: i64,
    there: i64,
}

impl Scene {
    async fn open() -> Scene {
        let oak = Town::open(1, None).await;
        let elm = Town::open(2, Some(&oak)).await;
        let (sue, bob) = (oak.person("sue").await, elm.person("bob").await);
        let lamp = oak.market.list_item(&sue, oak.market.fresh_id(), item()).await.unwrap();
        oak.tell().await;
        elm.hear_until(|rows| rows.len() == 1).await;
        let there = elm.market.list(None, market::show::Listing::Open, None, 9).await.unwrap()[0].id;
        let scene = Scene { oak, elm, sue, bob, lamp, there };
        scene.send(&scene.bob, 1, "50").await;
        scene.oak.hear_last(lamp, 1).await;
        scene.level(1).await;
        scene
    }

    /// Somebody of elm bids, and oak has it before it.
    async fn send(&self, who: &Identity, id: u8, amount: &str) {
        let placed = self.elm.market.place_bid(who, offer(self.there, id, amount)).await.unwrap();
        assert!(matches!(placed, Placed::Sent(_)));
        self.elm.tell().await;
    }

    /// Elm knows what oak has decided up to this entry.
    async fn level(&self, entry: u32) {
        self.oak.tell().await;
        self.elm.hear_entry(self.there, entry).await;
    }

    async fn close(self) {
        self.elm.close().await;
        self.oak.close().await;
    }
}

/// Kind and address of each.
fn addressed(letters: &[Letter]) -> Vec<(Kind, &str)> {
    letters.iter().map(|letter| (letter.kind, letter.address.as_str())).collect()
}

fn moderator() -> Identity {
    Identity {
        person: auction::Person(999),
        name: "mo".to_owned(),
        role: Role::Moderator,
        scopes: market::Scopes::ALL,
        suspended: false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_of_the_item_writes_to_a_winner_of_another_site_and_that_site_does_not() {
    let scene = Scene::open().await;
    let Scene { oak, elm, sue, bob, lamp, there } = &scene;
    // Nothing is opened before the close.
    assert_eq!(oak.page(sue, *lamp).await.own.other, None);
    assert!(addressed(&oak.letters().await).is_empty());
    oak.later(Span::days(8));
    elm.later(Span::days(8));
    assert_eq!(oak.market.close_due().await.unwrap(), 1);
    assert_eq!(oak.page(sue, *lamp).await.own.other, None, "not opened yet");
    let letters = oak.letters().await;
    assert_eq!(addressed(&letters), [(Kind::Won, "bob@example.org"), (Kind::Sold, "sue@example.org")]);
    let (won, sold) = (&letters[0], &letters[1]);
    let Content::Auction { other, price, guest, .. } = &won.content else { panic!("{won:?}") };
    let seller = Some(("sue".to_owned(), "sue@example.org".to_owned()));
    let winner = Some(("bob".to_owned(), "bob@example.org".to_owned()));
    assert_eq!((other, price, won.name.as_str()), (&seller, &Some(Amount(1000)), "bob"));
    assert!(matches!(&sold.content, Content::Auction { other, .. } if *other == winner));
    assert_eq!(oak.page(sue, *lamp).await.own.other, winner);
    assert!(addressed(&oak.letters().await).is_empty(), "each once");

    // The link shows the winner the other side, until it is too old, and nobody else anything.
    let guest = guest.clone().unwrap();
    assert_eq!(guest.site, "elm");
    let page = oak.market.winner_page(guest.link.clone()).await.unwrap();
    assert_eq!((page.auction.own.other, page.name.as_str(), page.site.as_str()), (seller, "bob", "elm"));
    let WinnerLink { until, signature, .. } = guest.link.clone();
    let turned: String = signature.chars().rev().collect();
    for link in [
        WinnerLink { until: until + Span(1), ..guest.link.clone() },
        WinnerLink { signature: turned, ..guest.link.clone() },
        WinnerLink { signature: String::new(), ..guest.link.clone() },
        WinnerLink { auction: *lamp + 1, ..guest.link.clone() },
    ] {
        assert_eq!(oak.market.winner_page(link).await.unwrap_err(), Refusal::LinkExpired);
    }
    assert_eq!(until, oak.market.now() + GOOD_FOR);
    oak.later(GOOD_FOR);
    assert_eq!(oak.market.winner_page(guest.link).await.unwrap_err(), Refusal::LinkExpired);

    scene.level(2).await;
    let page = elm.page(bob, *there).await;
    assert_eq!((page.shown.progress, page.own.leading, page.own.other), (Progress::Sold, true, None));
    assert!(elm.letters().await.is_empty());
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_outbid_on_an_item_of_another_site_is_told_once_by_the_own_site() {
    let scene = Scene::open().await;
    let Scene { oak, elm, there, .. } = &scene;
    let ann = oak.person("ann").await;
    assert!(elm.letters().await.is_empty());
    oak.market.place_bid(&ann, offer(scene.lamp, 1, "60")).await.unwrap();
    scene.level(2).await;
    let letters = elm.letters().await;
    assert_eq!(addressed(&letters), [(Kind::Outbid, "bob@example.org")]);
    let Content::Auction { id, origin, price, .. } = &letters[0].content else { panic!("{letters:?}") };
    assert_eq!((id, origin.as_deref(), *price), (there, Some("oak"), Some(Amount(5100))));
    assert!(elm.letters().await.is_empty(), "each once");
    assert!(oak.letters().await.is_empty(), "the own site tells");

    // He is back in front before the silence is over: the letter that waited is no longer true.
    scene.send(&scene.bob, 2, "70").await;
    oak.hear_last(scene.lamp, 3).await;
    oak.market.place_bid(&ann, offer(scene.lamp, 2, "80")).await.unwrap();
    scene.level(4).await;
    assert!(elm.letters().await.is_empty(), "not again within the silence");
    scene.send(&scene.bob, 3, "90").await;
    oak.hear_last(scene.lamp, 5).await;
    scene.level(5).await;
    elm.later(Span::minutes(10));
    assert!(elm.letters().await.is_empty());
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_does_not_bid_on_an_own_item_from_another_site() {
    let scene = Scene::open().await;
    let Scene { oak, elm, lamp, there, .. } = &scene;
    // The same address, an account elsewhere.
    let sue = elm.person("sue").await;
    scene.send(&sue, 1, "70").await;
    // What was sent behind it shows that it was heard.
    scene.send(&scene.bob, 2, "90").await;
    oak.hear_last(*lamp, 2).await;
    let page = oak.page(&scene.sue, *lamp).await;
    assert_eq!((page.shown.offers, page.shown.price, page.last_entry), (2, Some(Amount(1000)), 2));
    scene.level(2).await;
    let ruled = elm.hear_ruled(&sue, *there).await;
    assert!(
        matches!(&ruled, SentState::Refused { entry: None, code, .. } if code == "own_item"),
        "{ruled:?}"
    );
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bidder_of_another_site_is_blocked_and_nobody_of_this_one() {
    let scene = Scene::open().await;
    let Scene { oak, sue, lamp, .. } = &scene;
    let ann = oak.person("ann").await;
    oak.market.place_bid(&ann, offer(*lamp, 1, "60")).await.unwrap();
    let rows = oak.market.bidders(sue, *lamp).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.bidder.site.is_some()).collect::<Vec<_>>(),
        [false, true],
        "own people first"
    );
    assert!(rows[1].name.ends_with(" of elm"), "{}", rows[1].name);
    oak.market.block(sue, *lamp, rows[1].bidder, true).await.unwrap();
    let rows = oak.market.bidders(sue, *lamp).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.blocked).collect::<Vec<_>>(), [false, true]);
    oak.market.place_bid(&ann, offer(*lamp, 2, "61")).await.unwrap();
    let nobody = market::BidderName { site: Some([9; 32]), ..rows[1].bidder };
    assert_eq!(oak.market.block(sue, *lamp, nobody, true).await.unwrap_err(), Refusal::NoSuchPerson);
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bidder_of_another_site_is_suspended_from_all_auctions_here() {
    let scene = Scene::open().await;
    let Scene { oak, elm, sue, bob, lamp, there } = &scene;
    let bidder = oak.market.bidders(sue, *lamp).await.unwrap()[0].bidder;
    let by_seller = oak.market.suspend_bidder(sue, *lamp, bidder, "").await;
    assert_eq!(by_seller.unwrap_err(), Refusal::NotPermitted);
    oak.market.suspend_bidder(&moderator(), *lamp, bidder, "").await.unwrap();
    let page = oak.page(sue, *lamp).await;
    assert_eq!((page.shown.offers, page.shown.price), (0, None), "what stood is cancelled");
    assert!(oak.market.bidders(sue, *lamp).await.unwrap()[0].suspended);
    scene.level(2).await;
    assert_eq!(elm.page(bob, *there).await.own.limit, None);

    // Killed between a suspension and what follows from it, the site finishes at its start.
    oak.market.unsuspend_bidder(&moderator(), *lamp, bidder).await.unwrap();
    scene.send(bob, 2, "55").await;
    oak.hear_last(*lamp, 3).await;
    let written =
        oak.market.journal().write(|tx| store::guests::suspend(tx, auction::Person(-1), Some(Time(1))));
    let known: Result<bool, store::Error> = written.await;
    assert!(known.unwrap());
    oak.market.finish_suspensions().await.unwrap();
    assert_eq!(oak.page(sue, *lamp).await.shown.offers, 0);
    scene.close().await;
}

/// A site that seals nonsense gets its bidder no letter, and the seller learns whom to ask.
#[tokio::test(flavor = "multi_thread")]
async fn a_winner_whose_contact_does_not_open_is_asked_for_at_the_own_site() {
    let scene = Scene::open().await;
    let Scene { oak, sue, lamp, .. } = &scene;
    let auction = *lamp;
    let written = oak.market.journal().write(move |tx| {
        let elm = store::guests::site_of(tx, auction::Person(-1))?.unwrap();
        let card = store::sites::Card {
            name: "elm",
            address: "",
            contact: "ed@elm.example",
            software: "",
            policy: "",
            sealing_key: &[8; 32],
        };
        store::sites::set_card(tx, elm, &card)?;
        // Sealed for another number of the bidder than the message said.
        let mut bidder = store::bidders::find(tx, auction, auction::Person(-1))?.unwrap();
        bidder.number = Some(7);
        store::bidders::save(tx, auction, &bidder)
    });
    written.await.map_err(|error: store::Error| error).unwrap();
    oak.market.end_early(sue, *lamp, oak.market.fresh_id(), 1).await.unwrap();
    let letters = oak.letters().await;
    assert_eq!(addressed(&letters), [(Kind::Sold, "sue@example.org")]);
    let ed = Some(("elm".to_owned(), "ed@elm.example".to_owned()));
    assert!(matches!(&letters[0].content, Content::Auction { other, .. } if *other == ed));
    assert_eq!(oak.page(sue, *lamp).await.own.other, ed);
    scene.close().await;
}
