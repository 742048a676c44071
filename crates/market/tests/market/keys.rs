//! Personal tokens.

use crate::town::{code, everywhere, with_scopes};
use auction::Span;
use market::{Refusal, Scope, Scopes};

fn scopes(words: &str) -> Scopes {
    Scopes::parse(words).unwrap()
}

#[test]
fn a_token_can_do_no_more_than_its_owner_gave_it() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let token = town.market.create_token(&ada, " shop ", scopes("sell account")).await.unwrap();
        let who = town.market.identify(&token.key).await.unwrap();
        assert_eq!(who.scopes, scopes("account sell"));
        assert_eq!(who.require(Scope::Bid), Err(Refusal::MissingScope("bid")));
        let more = town.market.create_token(&who, "more", scopes("sell bid")).await;
        assert_eq!(more, Err(Refusal::MissingScope("bid")));
        assert_eq!(code(&town.market.create_token(&who, "less", scopes("sell")).await), "done");
        let seen = town.market.tokens(&who, 0, 10).await.unwrap();
        assert_eq!(seen.iter().map(|token| token.name.as_str()).collect::<Vec<_>>(), ["shop", "less"]);
        assert_eq!(seen[0].scopes, "sell account");
        let none = with_scopes(&ada, "read");
        assert_eq!(code(&town.market.create_token(&none, "x", scopes("read")).await), "missing_scope");
    });
}

#[test]
fn a_revoked_token_stops_working_at_once() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let token = town.market.create_token(&ada, "phone", Scopes::ALL).await.unwrap();
        assert!(town.market.identify(&token.key).await.is_ok());
        assert_eq!(code(&town.market.revoke_token(&bo, token.id).await), "no_such_token");
        assert!(town.market.identify(&token.key).await.is_ok());
        assert_eq!(code(&town.market.revoke_token(&ada, token.id).await), "done");
        assert_eq!(code(&town.market.identify(&token.key).await), "sign_in_needed");
        assert_eq!(code(&town.market.revoke_token(&ada, token.id).await), "no_such_token");
    });
}

#[test]
fn who_is_suspended_is_so_at_the_next_request() {
    everywhere(async |town| {
        let (ada, moderator) = (town.person("ada").await, town.somebody("mo", market::Role::Moderator).await);
        let token = town.market.create_token(&ada, "phone", Scopes::ALL).await.unwrap();
        assert!(!town.market.identify(&token.key).await.unwrap().suspended);
        town.market.suspend(&moderator, ada.person, "").await.unwrap();
        assert!(town.market.identify(&token.key).await.unwrap().suspended);
        town.market.unsuspend(&moderator, ada.person).await.unwrap();
        assert!(!town.market.identify(&token.key).await.unwrap().suspended);
    });
}

#[test]
fn a_key_that_another_process_revoked_works_five_seconds_at_most() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let token = town.market.create_token(&ada, "phone", Scopes::ALL).await.unwrap();
        assert!(town.market.identify(&token.key).await.is_ok());
        let (person, now) = (ada.person, town.now());
        let elsewhere =
            town.market.journal().write(move |tx| store::keys::revoke_token(tx, person, token.id, now));
        elsewhere.await.unwrap();
        town.later(Span::seconds(5));
        assert_eq!(code(&town.market.identify(&token.key).await), "sign_in_needed");
    });
}

#[test]
fn a_name_of_a_token_is_a_short_line_and_a_key_is_no_word() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        for name in ["", "  ", "a\nb", &"x".repeat(61)] {
            assert_eq!(
                code(&town.market.create_token(&ada, name, Scopes::ALL).await),
                "malformed",
                "{name:?}"
            );
        }
        for key in ["", "anuko_token_", "anuko_session_00", "nonsense"] {
            assert_eq!(town.market.identify(key).await, Err(Refusal::SignInNeeded));
        }
    });
}
