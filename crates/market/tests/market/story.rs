//! A whole auction, from the first letter to the last.

use crate::town::{addressed, code, everywhere, lamp};
use auction::{Amount, Span};
use market::actions::{Register, SignIn};
use market::letters::Content;
use market::show::BidState;
use market::{Identity, Scopes};

/// Registers, follows the link, signs out and in again, and comes to the door with a token.
async fn settle(town: &crate::town::Town, name: &str) -> Identity {
    let email = format!("{name}@example.org");
    let password = format!("the password of {name}");
    let request = Register { email: email.clone(), name: name.to_owned(), password: password.clone() };
    town.market.register(request).await.unwrap();
    let first = town.market.confirm(&town.link().await, "a browser").await.unwrap();
    town.market.sign_out(&first.key).await.unwrap();
    assert_eq!(code(&town.market.identify(&first.key).await), "sign_in_needed");
    let request = SignIn { email, password, remember: false, agent: String::new() };
    let session = town.market.sign_in(request).await.unwrap();
    let by_session = town.market.identify(&session.key).await.unwrap();
    let token = town.market.create_token(&by_session, "phone", Scopes::ALL).await.unwrap();
    let by_token = town.market.identify(&token.key).await.unwrap();
    assert_eq!((by_token.person, by_token.name.as_str()), (first.person, name));
    by_token
}

#[test]
fn ada_sells_a_lamp_and_bo_outbids_cy_in_the_last_minute() {
    everywhere(async |town| {
        let (ada, bo, cy) =
            (settle(&town, "ada").await, settle(&town, "bo").await, settle(&town, "cy").await);
        let lamp = town.list(&ada, lamp()).await;
        let end = town.now() + Span::days(1);

        let first = town.bid(&cy, lamp, "20").await.unwrap();
        assert!((first.leading, first.price) == (true, Some(Amount(1000))), "{first:?}");
        let low = town.bid(&bo, lamp, "15").await.unwrap();
        assert!((low.leading, low.price) == (false, Some(Amount(1550))), "{low:?}");
        assert_eq!(low.next_offer, Some(Amount(1600)));
        assert!(town.letters().await.is_empty(), "nobody has lost a lead");

        // One minute before the end.
        town.clock.set(end - Span::minutes(1));
        let high = town.bid(&bo, lamp, "50").await.unwrap();
        assert!((high.leading, high.price) == (true, Some(Amount(2050))), "{high:?}");
        let extended = town.now() + Span::seconds(120);
        assert_eq!(high.ends_at, extended);
        assert_eq!(addressed(&town.letters().await), ["outbid cy"]);

        town.clock.set(extended - Span(1));
        assert_eq!(town.market.close_due().await.unwrap(), 0);
        assert_eq!(town.market.my_bids(&bo, i64::MAX, 10).await.unwrap()[0].state, BidState::Leading);
        town.clock.set(extended);
        assert_eq!(code(&town.bid(&cy, lamp, "90").await), "not_open");
        assert_eq!(town.market.close_due().await.unwrap(), 1);
        assert_eq!(town.market.close_due().await.unwrap(), 0);

        let letters = town.letters().await;
        assert_eq!(addressed(&letters), ["sold ada", "won bo"]);
        let price = |content: &Content| match content {
            Content::Auction { price, other, .. } => (*price, other.clone()),
            Content::Link(_) => panic!("no link"),
        };
        for letter in &letters {
            let (price, other) = price(&letter.content);
            let other = other.unwrap();
            assert_eq!(price, Some(Amount(2050)));
            let expected = if letter.name == "ada" { "bo" } else { "ada" };
            assert_eq!(other, (expected.to_owned(), format!("{expected}@example.org")));
        }
        town.later(Span::days(2));
        assert!(town.letters().await.is_empty(), "each letter leaves once");
        let state = |who| town.market.my_bids(who, i64::MAX, 10);
        assert_eq!(state(&bo).await.unwrap()[0].state, BidState::Won);
        assert_eq!(state(&cy).await.unwrap()[0].state, BidState::Lost);
        assert!(check(&town).await.is_empty());
    });
}

#[test]
fn who_takes_the_last_entry_before_the_end_is_in_and_at_the_end_is_out() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        let mut item = lamp();
        item.extension_window = Some(Span::ZERO);
        let lamp = town.list(&ada, item).await;
        let end = town.now() + Span::days(1);
        for (at, expected) in [(end - Span(1), "done"), (end, "not_open"), (end + Span(1), "not_open")] {
            town.clock.set(at);
            assert_eq!(code(&town.bid(&bo, lamp, &format!("{}", 20 + (at.0 - end.0))).await), expected);
        }
        assert_eq!(town.market.next_end().await.unwrap(), Some(end));
        assert_eq!(town.market.close_due().await.unwrap(), 1);
        assert_eq!(town.market.next_end().await.unwrap(), None);
    });
}

/// What `db check` finds.
pub(crate) async fn check(town: &crate::town::Town) -> Vec<String> {
    let found = town.market.read(|tx| Ok(store::check(tx)?)).await.unwrap();
    found.into_iter().chain(town.market.journal().check().unwrap()).collect()
}
