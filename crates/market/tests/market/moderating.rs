//! What moderators and administrators do.

use crate::story::check;
use crate::town::{addressed, code, everywhere, id, lamp, nobody, with_scopes};
use auction::{Amount, Progress, Span};
use market::actions::CancelBid;
use market::show::BidState;
use market::{Refusal, Role};

#[test]
fn a_suspension_cancels_the_bids_that_stand_and_ends_the_bidding() {
    everywhere(async |town| {
        let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
        let moderator = town.somebody("mo", Role::Moderator).await;
        let (first, second) = (town.list(&ada, lamp()).await, town.list(&ada, lamp()).await);
        town.bid(&cy, first, "15").await.unwrap();
        town.bid(&bo, first, "30").await.unwrap();
        town.bid(&bo, second, "30").await.unwrap();
        town.market.suspend(&moderator, bo.person, "shill\nbidding\u{0}").await.unwrap();
        for (auction, offers) in [(first, 1), (second, 0)] {
            assert_eq!(town.market.auction_page(None, auction).await.unwrap().shown.offers, offers);
        }
        assert_eq!(town.market.my_bids(&cy, i64::MAX, 9).await.unwrap()[0].state, BidState::Leading);
        assert_eq!(code(&town.bid(&bo, first, "50").await), "suspended");
        town.market.unsuspend(&moderator, bo.person).await.unwrap();
        let rows = town.market.my_bids(&bo, i64::MAX, 9).await.unwrap();
        assert!(rows.iter().all(|row| row.state == BidState::Gone), "cancelled bids stay cancelled");
        assert_eq!(code(&town.bid(&bo, first, "50").await), "done");
        assert_eq!(addressed(&town.letters().await), ["outbid cy"]);
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn nobody_suspends_an_equal() {
    everywhere(async |town| {
        let user = town.person("ada").await;
        let (mo, max) =
            (town.somebody("mo", Role::Moderator).await, town.somebody("max", Role::Moderator).await);
        let admin = town.somebody("root", Role::Administrator).await;
        for (who, whom, expected) in [
            (&user, user.person, "not_permitted"),
            (&mo, max.person, "not_permitted"),
            (&mo, mo.person, "not_permitted"),
            (&mo, admin.person, "not_permitted"),
            (&admin, admin.person, "not_permitted"),
            (&mo, nobody(), "no_such_person"),
            (&mo, user.person, "done"),
            (&admin, max.person, "done"),
        ] {
            assert_eq!(code(&town.market.suspend(who, whom, "because").await), expected);
        }
        let long = "x".repeat(501);
        assert_eq!(code(&town.market.suspend(&mo, user.person, &long).await), "malformed");
    });
}

/// A moderator's token needed the scope to sell, which has nothing to do with it.
#[test]
fn a_token_that_may_only_moderate_withdraws_and_cancels() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let mo = town.somebody("mo", Role::Moderator).await;
        let token = with_scopes(&mo, "moderate");
        let lamp = town.list(&ada, lamp()).await;
        let number = town.bid(&bo, lamp, "20").await.unwrap().number;
        town.later(Span::hours(20));
        let cancel =
            CancelBid { auction: lamp, id: id(1), version: 1, entry: number, reason: "no".to_owned() };
        assert_eq!(
            code(&town.market.cancel_bid(&with_scopes(&mo, "bid sell"), cancel.clone()).await),
            "not_yours"
        );
        assert_eq!(
            code(&town.market.cancel_bid(&with_scopes(&mo, "bid"), cancel.clone()).await),
            "missing_scope"
        );
        assert_eq!(code(&town.market.cancel_bid(&token, cancel).await), "done");
        assert_eq!(code(&town.market.withdraw(&token, lamp, id(2), 1, "not allowed here").await), "done");
        let missing = town.market.withdraw(&token, 99, id(2), 1, "not allowed here").await;
        assert_eq!(missing, Err(Refusal::NoSuchAuction));
        // As a seller a moderator is a seller, and a key that only moderates sells nothing.
        let own = town.list(&mo, crate::town::lamp()).await;
        assert_eq!(code(&town.market.withdraw(&token, own, id(3), 1, "mine").await), "missing_scope");
        town.bid(&bo, own, "20").await.unwrap();
        town.later(Span::hours(13));
        assert_eq!(code(&town.market.withdraw(&mo, own, id(4), 1, "mine").await), "too_late_to_change");
        assert!(check(&town).await.is_empty());
    });
}

/// A listing that a moderator had said no to became public when its seller withdrew it.
#[test]
fn a_withdrawn_draft_stays_as_hidden_as_it_was() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let mo = town.somebody("mo", Role::Moderator).await;
        let mut item = lamp();
        item.draft = true;
        let draft = town.list(&ada, item).await;
        town.market.withdraw(&ada, draft, id(1), 1, "never mind").await.unwrap();
        assert_eq!(code(&town.market.auction_page(Some(&bo), draft).await), "no_such_auction");
        assert_eq!(code(&town.market.history(Some(&bo), draft, None, 9).await), "no_such_auction");
        for who in [&ada, &mo] {
            let page = town.market.auction_page(Some(who), draft).await.unwrap();
            assert_eq!(page.shown.progress, Progress::Withdrawn);
        }
        // The role is not enough without the scope.
        assert_eq!(
            code(&town.market.auction_page(Some(&with_scopes(&mo, "read")), draft).await),
            "no_such_auction"
        );
    });
}

#[test]
fn only_moderators_see_the_list_of_people() {
    everywhere(async |town| {
        let (ada, mo) = (town.person("ada").await, town.somebody("mo", Role::Moderator).await);
        assert_eq!(code(&town.market.people(&ada, 0, 10).await), "not_permitted");
        let people = town.market.people(&mo, 0, 1).await.unwrap();
        assert_eq!(people[0].person, ada.person);
        let rest = town.market.people(&mo, people[0].person.0, 10).await.unwrap();
        assert_eq!(rest.iter().map(|account| account.person).collect::<Vec<_>>(), [mo.person]);
    });
}

#[test]
fn a_cancelled_bid_near_the_end_extends_it() {
    everywhere(async |town| {
        let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
        let lamp = town.list(&ada, lamp()).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        let number = town.bid(&cy, lamp, "30").await.unwrap().number;
        town.later(Span(Span::days(1).0 - 1));
        let cancel =
            CancelBid { auction: lamp, id: id(1), version: 1, entry: number, reason: "no".to_owned() };
        let receipt = town.market.cancel_bid(&ada, cancel).await.unwrap();
        assert_eq!((receipt.price, receipt.ends_at), (Some(Amount(1000)), town.now() + Span::seconds(120)));
    });
}
