//! Which letters are written: outbid letters few and true, letters about an end once.

use crate::town::{Town, addressed, everywhere, id, lamp};
use auction::Span;
use market::actions::Ending;
use market::letters::{Letter, NewsReader};
use market::{Identity, Policy};
use std::collections::HashSet;

struct Duel {
    ada: Identity,
    bo: Identity,
    cy: Identity,
    lamp: i64,
}

async fn duel(town: &Town) -> Duel {
    let (ada, bo, cy) = (town.person("ada").await, town.person("bo").await, town.person("cy").await);
    let lamp = town.list(&ada, lamp()).await;
    Duel { ada, bo, cy, lamp }
}

#[test]
fn an_outbid_bidder_is_told_once_and_once_more_when_the_silence_is_over() {
    everywhere(async |town| {
        let Duel { bo, cy, lamp, .. } = duel(&town).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        town.bid(&cy, lamp, "30").await.unwrap();
        assert_eq!(addressed(&town.letters().await), ["outbid bo"]);
        // Back and forth within the silence of ten minutes.
        town.later(Span::minutes(2));
        town.bid(&bo, lamp, "40").await.unwrap();
        town.bid(&cy, lamp, "50").await.unwrap();
        assert_eq!(addressed(&town.letters().await), [""; 0]);
        town.bid(&bo, lamp, "60").await.unwrap();
        assert_eq!(addressed(&town.letters().await), ["outbid cy"]);
        town.bid(&cy, lamp, "70").await.unwrap();
        town.later(Span(Span::minutes(8).0 - 1));
        assert_eq!(addressed(&town.letters().await), [""; 0]);
        town.later(Span(1));
        assert_eq!(addressed(&town.letters().await), ["outbid bo"]);
        town.later(Span::hours(2));
        assert_eq!(addressed(&town.letters().await), [""; 0]);
    });
}

#[test]
fn who_leads_again_is_told_nothing() {
    everywhere(async |town| {
        let Duel { bo, cy, lamp, .. } = duel(&town).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        town.bid(&cy, lamp, "30").await.unwrap();
        town.bid(&bo, lamp, "40").await.unwrap();
        assert_eq!(addressed(&town.letters().await), ["outbid cy"], "bo leads again before anybody looked");
        town.later(Span::minutes(1));
        town.bid(&cy, lamp, "50").await.unwrap();
        town.market.read_news(&mut NewsReader::default()).await.unwrap();
        town.bid(&bo, lamp, "60").await.unwrap();
        town.later(Span::minutes(20));
        // The letter to bo was written, and bo leads when it would leave; cy is told at the end of the silence.
        assert_eq!(addressed(&town.letters().await), ["outbid cy"]);
    });
}

/// Somebody who had taken everything back was told in the next letter of having "a bid on this item".
#[test]
fn who_has_taken_everything_back_is_not_told_of_being_outbid() {
    everywhere(async |town| {
        let Duel { bo, cy, lamp, .. } = duel(&town).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        town.bid(&cy, lamp, "30").await.unwrap();
        town.market.read_news(&mut NewsReader::default()).await.unwrap();
        town.market.retract(&bo, lamp, id(1), 1, "a typing error").await.unwrap();
        assert_eq!(addressed(&town.letters().await), [""; 0]);
    });
}

/// A letter that was dropped, because its reader led again when it was to leave, counted as told: then nobody said
/// a word for ten minutes, which may be longer than the auction lasts.
#[test]
fn a_letter_that_never_left_silences_nobody() {
    everywhere(async |town| {
        let Duel { bo, cy, lamp, .. } = duel(&town).await;
        let mut reader = NewsReader::default();
        town.bid(&bo, lamp, "20").await.unwrap();
        town.bid(&cy, lamp, "30").await.unwrap();
        town.market.read_news(&mut reader).await.unwrap();
        town.bid(&bo, lamp, "40").await.unwrap();
        assert_eq!(addressed(&town.post().await), [""; 0], "bo leads again");
        town.later(Span::seconds(5));
        town.bid(&cy, lamp, "50").await.unwrap();
        assert_eq!(addressed(&town.letters().await), ["outbid bo"]);
    });
}

#[test]
fn raising_the_own_maximum_outbids_nobody() {
    everywhere(async |town| {
        let Duel { bo, lamp, .. } = duel(&town).await;
        for amount in ["20", "30", "40"] {
            town.bid(&bo, lamp, amount).await.unwrap();
        }
        assert_eq!(addressed(&town.letters().await), [""; 0]);
    });
}

#[test]
fn a_thousand_bids_by_two_people_are_a_handful_of_letters() {
    everywhere(async |town| {
        let Duel { bo, cy, lamp, .. } = duel(&town).await;
        let mut letters: Vec<Letter> = Vec::new();
        for n in 0..1000 {
            let who = if n % 2 == 0 { &bo } else { &cy };
            town.bid(who, lamp, &format!("{}", 100 + 100 * n)).await.unwrap();
            if n % 50 == 0 {
                letters.extend(town.letters().await);
                town.later(Span::minutes(1));
            }
        }
        letters.extend(town.letters().await);
        assert!((2..=8).contains(&letters.len()), "{:?}", addressed(&letters));
        let ids: HashSet<&str> = letters.iter().map(|letter| letter.message_id.as_str()).collect();
        assert_eq!(ids.len(), letters.len());
    });
}

#[test]
fn a_reader_that_died_leaves_nothing_out_and_repeats_nothing() {
    everywhere(async |town| {
        let Duel { bo, cy, lamp, .. } = duel(&town).await;
        let mut told = Vec::new();
        for n in 0..12 {
            let who = if n % 2 == 0 { &bo } else { &cy };
            town.later(Span::seconds(1));
            town.bid(who, lamp, &format!("{}", 20 + 10 * n)).await.unwrap();
            // Each time another reader, who remembers nothing; the last one of a pair finds nothing new.
            town.market.read_news(&mut NewsReader::default()).await.unwrap();
            assert_eq!(town.market.read_news(&mut NewsReader::default()).await.unwrap(), 0);
            told.extend(addressed(&town.post().await));
        }
        assert_eq!(told, ["outbid bo", "outbid cy"]);
        town.later(Span::minutes(10));
        assert_eq!(addressed(&town.letters().await), ["outbid bo"], "cy leads");
    });
}

/// The letters about an end were taken from how the auction stood when the news were read: a reader that came late
/// found a sale behind the close and again behind the acceptance, and wrote to the winner twice.
#[test]
fn a_late_reader_tells_of_an_accepted_sale_once() {
    everywhere(async |town| {
        let ada = town.person("ada").await;
        let bo = town.person("bo").await;
        let mut item = lamp();
        item.reserve = Some("100".to_owned());
        let lamp = town.list(&ada, item).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        town.later(Span::days(1));
        town.market.close_due().await.unwrap();
        town.market.accept(&ada, lamp, id(1), 1).await.unwrap();
        assert_eq!(
            addressed(&town.letters().await),
            ["sold ada", "won bo"],
            "that it was not sold is no longer true"
        );
    });
}

#[test]
fn an_end_is_told_once_to_each_whoever_reads_it() {
    everywhere(async |town| {
        let Duel { ada, bo, lamp, .. } = duel(&town).await;
        let mut item = crate::town::lamp();
        item.ending = Ending::After(Span::days(1));
        town.list(&ada, item).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        town.later(Span::days(1));
        assert_eq!(town.market.close_due().await.unwrap(), 2);
        for _ in 0..3 {
            town.market.read_news(&mut NewsReader::default()).await.unwrap();
            town.market.close_due().await.unwrap();
        }
        assert_eq!(addressed(&town.letters().await), ["not_sold ada", "sold ada", "won bo"]);
    });
}

#[test]
fn an_outbid_letter_about_what_was_withdrawn_or_has_ended_is_dropped() {
    everywhere(async |town| {
        let Duel { ada, bo, cy, lamp } = duel(&town).await;
        town.bid(&bo, lamp, "20").await.unwrap();
        town.bid(&cy, lamp, "30").await.unwrap();
        town.market.withdraw(&ada, lamp, id(1), 1, "it broke").await.unwrap();
        assert_eq!(addressed(&town.letters().await), [""; 0]);
        let policy = Policy::default();
        assert_eq!(policy.outbid_silence, Span::minutes(10));
        assert_eq!(town.market.letter_counts().await.unwrap(), [0, 0, 0]);
    });
}
