//! How letters leave: by the schedule, none lost, none doubled.

use crate::town::{Town, addressed, code, everywhere, everywhere_with, id, lamp};
use auction::Span;
use market::actions::{ListItem, Register};
use market::letters::{Content, Posted};
use market::{Identity, Policy};

async fn register(town: &Town, name: &str) {
    let (email, name) = (format!("{name}@example.org"), name.to_owned());
    town.market.register(Register { email, name, password: "correct horse".to_owned() }).await.unwrap();
}

/// A lamp that bo has won.
async fn sale(town: &Town) -> (Identity, i64) {
    let (ada, bo) = (town.person("ada").await, town.person("bo").await);
    let lamp = town.list(&ada, lamp()).await;
    town.bid(&bo, lamp, "20").await.unwrap();
    town.market.end_early(&ada, lamp, id(1), 1).await.unwrap();
    while town.market.read_news(&mut Default::default()).await.unwrap() > 0 {}
    (bo, lamp)
}

#[test]
fn a_failing_mail_server_delays_by_the_schedule_and_changes_no_decision() {
    let retry = vec![Span::minutes(1), Span::minutes(5)];
    everywhere_with(Policy { retry, ..Policy::default() }, async |town| {
        let (_, lamp) = sale(&town).await;
        town.bag.fail(false);
        let delayed = Posted { delayed: 2, ..Posted::default() };
        assert_eq!(town.market.send_letters(&town.bag).await, Ok(delayed));
        assert_eq!(town.market.send_letters(&town.bag).await, Ok(Posted::default()), "not at once again");
        town.later(Span(Span::minutes(1).0 - 1));
        assert_eq!(town.market.send_letters(&town.bag).await, Ok(Posted::default()));
        town.later(Span(1));
        assert_eq!(town.market.send_letters(&town.bag).await, Ok(delayed));
        assert_eq!(town.market.letter_counts().await, Ok([2, 0, 0]));
        let page = town.market.auction_page(None, lamp).await.unwrap();
        assert_eq!(page.shown.progress, auction::Progress::Sold);
        town.bag.recover();
        town.later(Span::minutes(5));
        assert_eq!(addressed(&town.post().await), ["sold ada", "won bo"]);
        town.later(Span::days(5));
        assert_eq!(addressed(&town.letters().await), [""; 0]);
        assert_eq!(town.market.letter_counts().await, Ok([0, 2, 0]));
    });
}

#[test]
fn a_letter_is_given_up_after_the_last_try_or_when_the_server_says_never() {
    let retry = vec![Span::minutes(1)];
    everywhere_with(Policy { retry, ..Policy::default() }, async |town| {
        sale(&town).await;
        town.bag.fail(false);
        town.market.send_letters(&town.bag).await.unwrap();
        town.later(Span::minutes(1));
        let failed = Posted { failed: 2, ..Posted::default() };
        assert_eq!(town.market.send_letters(&town.bag).await, Ok(failed));
        town.bag.fail(true);
        register(&town, "cy").await;
        assert_eq!(town.market.send_letters(&town.bag).await, Ok(Posted { failed: 1, ..Posted::default() }));
        assert_eq!(town.market.letter_counts().await, Ok([0, 0, 3]));
        assert_eq!(town.place.number("SELECT count(*) FROM letters WHERE secret IS NOT NULL"), 0);
    });
}

#[test]
fn that_a_sealed_auction_had_offers_is_known_where_it_has_no_price() {
    everywhere(async |town| {
        let (ada, bo) = (town.person("ada").await, town.person("bo").await);
        for has_offers in [false, true] {
            let reserve = Some("100".to_owned());
            let sealed = ListItem { format: "sealed_first_price".to_owned(), reserve, ..lamp() };
            let sealed = town.list(&ada, sealed).await;
            if has_offers {
                town.bid(&bo, sealed, "20").await.unwrap();
            }
            town.later(Span::days(1));
            assert_eq!(town.market.close_due().await, Ok(1));
            let letters = town.letters().await;
            assert_eq!(addressed(&letters), ["not_sold ada"]);
            let Content::Auction { price, has_offers: told, .. } = &letters[0].content else { panic!() };
            assert_eq!((price, *told), (&None, has_offers));
        }
    });
}

#[test]
fn a_letter_keeps_its_id_through_all_tries() {
    everywhere(async |town| {
        sale(&town).await;
        let ids = || async {
            let now = town.now() + Span::days(9);
            let waiting = town.market.read(move |tx| Ok(store::letters::due(tx, now, 9)?)).await.unwrap();
            waiting.into_iter().map(|letter| letter.message_id).collect::<Vec<_>>()
        };
        let before = ids().await;
        town.bag.fail(false);
        town.market.send_letters(&town.bag).await.unwrap();
        assert_eq!(ids().await, before);
        town.bag.recover();
        town.later(Span::minutes(1));
        let sent: Vec<String> = town.post().await.into_iter().map(|letter| letter.message_id).collect();
        assert_eq!(sent, before);
        assert!(sent.iter().all(|id| id.len() == 32 + "@localhost".len()), "{sent:?}");
    });
}

#[test]
fn the_secret_of_a_link_is_forgotten_when_its_letter_has_left() {
    everywhere(async |town| {
        const SECRETS: &str = "SELECT count(*) FROM letters WHERE secret IS NOT NULL";
        register(&town, "ada").await;
        town.market.ask_for_reset("ada@example.org").await.unwrap();
        assert_eq!(town.place.number(SECRETS), 2);
        assert_eq!(addressed(&town.post().await), ["confirm ada", "reset ada"]);
        assert_eq!(town.place.number(SECRETS), 0);
        assert_eq!(town.place.number("SELECT count(*) FROM letters WHERE outcome = 'sent'"), 2);
    });
}

/// A mail server that was away for long used to get letters whose links had died meanwhile.
#[test]
fn a_letter_with_a_dead_link_is_dropped() {
    everywhere(async |town| {
        town.bag.fail(false);
        register(&town, "ada").await;
        register(&town, "bo").await;
        for _ in 0..2 {
            town.market.ask_for_reset("bo@example.org").await.unwrap();
        }
        town.market.send_letters(&town.bag).await.unwrap();
        town.bag.recover();
        town.later(Span::minutes(1));
        let letters = town.post().await;
        let expected = ["confirm ada", "confirm bo", "reset bo"];
        assert_eq!(addressed(&letters), expected, "the first link to reset was replaced");
        town.bag.fail(false);
        town.market.ask_for_reset("ada@example.org").await.unwrap();
        town.market.send_letters(&town.bag).await.unwrap();
        town.bag.recover();
        town.later(Span::hours(2));
        assert_eq!(addressed(&town.post().await), [""; 0]);
        assert_eq!(town.market.letter_counts().await, Ok([0, 3, 0]));
    });
}

#[test]
fn a_site_may_send_few_letters_at_a_time() {
    everywhere_with(Policy { letters_per_minute: 60, ..Policy::default() }, async |town| {
        sale(&town).await;
        for expected in [1, 1, 0] {
            assert_eq!(town.market.send_letters(&town.bag).await.unwrap().sent, expected);
        }
        let refused = town.market.confirm("nonsense", "").await;
        assert_eq!(code(&refused), "link_expired");
    });
}
