//! What a dishonest site says has no effect, is counted, and is there for the webmaster to see.

use crate::town::{Town, item};
use crate::{Lamp, offer};
use auction::{Amount, Span};
use federation::Limits;
use federation::wire::{
    Bid, BidId, Body, Hash, Line, Listing, Moment, Money, Pulse, Rulings, Site, Terms, Verdict,
};
use market::show::SentState;
use std::time::Instant;

/// Oak and elm are honest, with a lamp at oak on which bob of elm has bid 50.00. Ash hears everything, and lies.
struct Lies {
    honest: Lamp,
    ash: Town,
}

impl Lies {
    async fn told() -> Lies {
        let honest = Lamp::listed().await;
        let ash = Town::open(3, Some(&honest.oak)).await;
        let ann = honest.oak.person("ann").await;
        honest.oak.market.place_bid(&ann, offer(honest.lamp, 9, "20")).await.unwrap();
        honest.bob_bids(1, "50", 2).await;
        honest.oak.tell().await;
        honest.elm.hear_entry(honest.there, 2).await;
        ash.hear_until(|rows| rows.len() == 1).await;
        Lies { honest, ash }
    }

    /// The last message of this kind that oak or elm has sent, as ash got it.
    async fn heard<T>(&self, from: &Town, pick: impl Fn(Body) -> Option<T>) -> T {
        let said = self.ash.said().await.into_iter().rev();
        said.filter(|(by, _)| *by == from.key()).find_map(|(_, body)| pick(body)).unwrap()
    }

    async fn rulings(&self) -> Rulings {
        self.heard(&self.honest.oak, |body| if let Body::Rulings(told) = body { Some(*told) } else { None })
            .await
    }

    async fn listing(&self) -> Listing {
        self.heard(&self.honest.oak, |body| if let Body::Listing(told) = body { Some(*told) } else { None })
            .await
    }

    async fn bid(&self) -> Bid {
        self.heard(&self.honest.elm, |body| if let Body::Bid(told) = body { Some(*told) } else { None }).await
    }

    /// Oak and elm stand as if nobody had said anything.
    async fn nothing_has_changed(&self) {
        let Lamp { oak, elm, sue, bob, lamp, there } = &self.honest;
        for page in [oak.page(sue, *lamp).await, elm.page(bob, *there).await] {
            assert_eq!((page.last_entry, page.shown.price), (2, Some(Amount(2_050))));
            assert_eq!(page.words.title, "Lamp");
        }
        assert!(elm.page(bob, *there).await.own.leading);
        let accepted = &elm.page(bob, *there).await.own.sent[0].state;
        assert!(matches!(accepted, SentState::Accepted { entry: 2, .. }));
    }

    async fn close(self) {
        self.ash.close().await;
        self.honest.close().await;
    }
}

/// The next ruling after what is known, in which nobody is left and the price is high.
fn forged(told: Rulings) -> Rulings {
    let mut forged = told;
    let head = Hash([7; 32]);
    for (entry, n) in forged.entries.iter_mut().zip(3..) {
        (entry.n, entry.price) = (n, Some(Money(9_000)));
    }
    forged.previous = head;
    (forged.state.last, forged.state.price) = (forged.last(), Some(Money(9_000)));
    forged
}

#[tokio::test(flavor = "multi_thread")]
async fn who_rules_on_an_auction_of_somebody_else_is_not_heard() {
    let lies = Lies::told().await;
    let Lamp { oak, elm, .. } = &lies.honest;
    let forged = forged(lies.rulings().await);
    lies.ash.say(vec![Body::Rulings(Box::new(forged))]).await;
    oak.hear_passed("not_its_auction", 1).await;
    elm.hear_passed("not_its_auction", 1).await;
    lies.nothing_has_changed().await;
    lies.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_contradicts_what_he_told_before_is_not_heard() {
    let lies = Lies::told().await;
    let Lamp { oak, elm, .. } = &lies.honest;
    let mut listing = lies.listing().await;
    let rulings = lies.rulings().await;
    // A decision that does not follow the last one, and another history up to the last one.
    (listing.state, listing.version) = (rulings.state.clone(), listing.version + 1);
    listing.state.head = Some(Hash([7; 32]));
    oak.say(vec![Body::Rulings(Box::new(forged(rulings))), Body::Listing(Box::new(listing))]).await;
    elm.hear_passed("chain", 1).await;
    elm.hear_passed("contradiction", 1).await;
    lies.nothing_has_changed().await;
    lies.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_frozen_since_the_first_bid_is_not_edited() {
    let lies = Lies::told().await;
    let Lamp { oak, elm, .. } = &lies.honest;
    let listing = lies.listing().await;
    let version = listing.version + 1;
    let edited = |edit: &dyn Fn(&mut Listing)| {
        let mut edited = Listing { version, ..listing.clone() };
        edit(&mut edited);
        Body::Listing(Box::new(edited))
    };
    let dearer = |terms: &Terms| Terms { buy_now: Some(Money(99_000)), ..terms.clone() };
    let edits = vec![
        edited(&|told| told.terms = dearer(&told.terms)),
        edited(&|told| told.title = Line::cut("Broken lamp")),
        edited(&|told| told.sealing_key = federation::sealing::SealingSecret::generate([1; 32]).public()),
    ];
    let count = edits.len() as i64;
    oak.say(edits).await;
    elm.hear_passed("frozen_terms", count).await;
    lies.nothing_has_changed().await;
    lies.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bid_of_somebody_else_is_worth_nothing_copied_or_altered() {
    let lies = Lies::told().await;
    let Lamp { oak, .. } = &lies.honest;
    let bid = lies.bid().await;
    let copied = bid.clone();
    let under_another_id = Bid { bid: BidId([7; 16]), ..bid.clone() };
    let altered = Bid { commitment: Hash([8; 32]), ..bid.clone() };
    let say = [copied, under_another_id, altered].map(|bid| Body::Bid(Box::new(bid)));
    lies.ash.say(say.to_vec()).await;
    oak.hear_passed("not_opened", 3).await;
    let told: Vec<Verdict> = oak.verdicts().await;
    assert!(told.iter().all(|told| told.site == Site(lies.ash.key()) && !told.accepted));
    lies.nothing_has_changed().await;
    lies.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_uses_the_id_of_a_bid_first_does_not_burn_it() {
    let lies = Lies::told().await;
    let Lamp { oak, elm, bob, lamp, there, .. } = &lies.honest;
    // Bob's bid is on its way; ash has seen its id, and is there first with a bid of its own that opens.
    elm.market.place_bid(bob, offer(*there, 2, "60")).await.unwrap();
    elm.tell().await;
    lies.ash.hear_from(elm, |body| matches!(body, Body::Bid(_)), 2).await;
    let id = lies.bid().await.bid;
    let own = lies.ash.bid_under(id, oak.key(), *lamp, oak.sealing_key(*lamp).await, 3_000);
    lies.ash.say(vec![Body::Bid(Box::new(own))]).await;
    oak.hear_last(*lamp, 4).await;
    oak.tell().await;
    elm.hear_entry(*there, 4).await;
    let state = elm.hear_ruled(bob, *there).await;
    assert!(matches!(state, SentState::Accepted { .. }), "{state:?}");
    lies.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_rules_on_a_bid_that_went_to_somebody_else_is_not_heard() {
    let lies = Lies::told().await;
    let Lamp { elm, bob, there, .. } = &lies.honest;
    // An auction of ash, known at elm; and a bid of bob on the lamp, which oak has not ruled on.
    let mal = lies.ash.person("mal").await;
    let trap = lies.ash.market.list_item(&mal, lies.ash.market.fresh_id(), item()).await.unwrap();
    lies.ash.tell().await;
    elm.hear_until(|rows| rows.len() == 2).await;
    elm.market.place_bid(bob, offer(*there, 2, "60")).await.unwrap();
    elm.tell().await;
    lies.ash.hear_from(elm, |body| matches!(body, Body::Bid(_)), 2).await;
    let bid = lies.bid().await;
    let mut rulings = lies.rulings().await;
    rulings.entries.truncate(1);
    let entry = &mut rulings.entries[0];
    (entry.n, entry.bid, entry.site, entry.number) = (1, Some(bid.bid), Some(Site(elm.key())), Some(1));
    (entry.commitment, entry.version, entry.accepted) = (Some(bid.commitment), Some(1), true);
    (rulings.auction, rulings.previous) = (trap.cast_unsigned(), Hash::ZERO);
    rulings.state.last = 1;
    let site = Site(elm.key());
    let verdict = |auction| Verdict { site, auction, bid: bid.bid, n: Some(9), accepted: true, code: None };
    let say = vec![
        Body::Rulings(Box::new(rulings)),
        Body::Verdict(verdict(trap.cast_unsigned())),
        Body::Verdict(verdict(bid.auction)),
    ];
    lies.ash.say(say).await;
    elm.hear_passed("not_that_bid", 2).await;
    assert_eq!(elm.page(bob, *there).await.own.sent[0].state, SentState::Waiting);
    lies.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_said_again_next_week_has_no_effect() {
    let lies = Lies::told().await;
    let Lamp { oak, elm, sue, bob, lamp, there } = &lies.honest;
    let (bid, rulings, listing) = (lies.bid().await, lies.rulings().await, lies.listing().await);
    oak.later(Span::days(6));
    elm.later(Span::days(6));
    // By those who said it themselves; whoever else says it is not heard at all.
    elm.say(vec![Body::Bid(Box::new(bid)), pulse(elm)]).await;
    oak.say(vec![Body::Rulings(Box::new(rulings)), Body::Listing(Box::new(listing)), pulse(oak)]).await;
    oak.hear_pulse(elm).await;
    elm.hear_pulse(oak).await;
    lies.nothing_has_changed().await;
    assert_eq!(elm.history(*there).await, [2, 1]);
    assert_eq!(oak.page(sue, *lamp).await.shown.offers, elm.page(bob, *there).await.shown.offers);
    lies.close().await;
}

fn pulse(of: &Town) -> Body {
    Body::Pulse(Pulse { at: Moment::nearest(of.market.now()), live: 0, digest: Hash::ZERO })
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "it says how long that took")]
async fn ten_thousand_listings_in_a_minute_cost_the_others_nothing() {
    let oak = Town::open(1, None).await;
    let elm = Town::open_with(2, Some(&oak), Limits { listings_per_minute: 300, ..Limits::default() }).await;
    let ash = Town::open(3, Some(&oak)).await;
    let (mal, sue) = (ash.person("mal").await, oak.person("sue").await);
    ash.market.list_item(&mal, ash.market.fresh_id(), item()).await.unwrap();
    ash.tell().await;
    let listing = ash.said().await.into_iter().find_map(|(_, body)| match body {
        Body::Listing(listing) => Some(*listing),
        _ => None,
    });
    let listing = listing.unwrap();
    let flood = (1..=10_000_u64).map(|auction| {
        let mut listing = listing.clone();
        listing.auction = auction;
        Body::Listing(Box::new(listing))
    });
    ash.say(flood.collect()).await;
    // Something of oak, behind all that.
    elm.hear_passed("too_many", 9_000).await;
    oak.market.list_item(&sue, oak.market.fresh_id(), item()).await.unwrap();
    oak.tell().await;
    let begun = Instant::now();
    elm.hear_known_of(&oak, 1).await;
    let taken = elm.known_of(&ash).await;
    println!("heard of after {:?}, with {taken} listings of ash", begun.elapsed());
    // A minute's worth, and what came in while it was said.
    assert!((300..1_000).contains(&taken), "{taken}");
    for town in [ash, elm, oak] {
        town.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_read_is_counted() {
    let scene = Lamp::listed().await;
    let event =
        r#"{"specversion":"1.0","id":"1","source":"/","type":"com.anuko.auction.pulse.v1","data":{"at":-1}}"#;
    let media_type = "application/cloudevents+json".to_owned();
    let message = hub::Message { media_type, body: event.as_bytes().to_vec().into() };
    scene.oak.send(vec![message.clone(), message]).await;
    scene.elm.hear_passed("malformed", 2).await;
    scene.close().await;
}
