use crate::stage::*;
use crate::story::*;
use auction::{Actor, Amount, Auction, Deed, Format, Person, Span, Terms, revise};
use federation::verify::{Gap, Receipts, Verdict};
use federation::wire::{self, BidId, Bidder, Body, Hash, Line, Moment, Money};
use federation::{chain, verify};
use proptest::prelude::*;

/// Three bidders at three sites; the second wins and pays 56.00.
pub fn sold() -> Stage {
    let mut stage = Stage::new(Terms { reserve: Some(Amount(3_000)), ..terms(Format::Ascending) });
    assert!(stage.offer(1, 2_000, OPENS));
    assert!(stage.offer(2, 9_000, OPENS + Span::hours(1)));
    assert!(!stage.offer(3, 1_500, OPENS + Span::hours(2)));
    assert!(stage.offer(3, 5_500, ENDS - Span::seconds(60)));
    assert!(stage.close());
    stage
}

fn reasons(said: &[(u8, Body)]) -> Vec<(Option<u32>, &'static str)> {
    let report = verify(&receipts(said));
    report.faults.iter().map(|fault| (fault.entry, fault.reason.code())).collect()
}

fn gaps(said: &[(u8, Body)]) -> Vec<(Option<u32>, Gap)> {
    verify(&receipts(said)).unchecked.iter().map(|gap| (gap.entry, gap.gap)).collect()
}

#[test]
fn what_the_rules_gave_is_found_good() {
    let stage = sold();
    let report = verify(&stage.receipts(&[2, 1]));
    assert_eq!((report.verdict, report.folded, report.faults.len()), (Verdict::Good, 5, 0), "{report}");
    assert_eq!(report.price, Some(Money(5_600)));
    assert_eq!(gaps(&stage.said(&[2, 1])), [(Some(2), Gap::WinnersOffer), (Some(3), Gap::Refusal)]);
}

/// A seller who edits after an outage had moved the end was once accused of having moved it.
#[test]
fn an_end_that_an_outage_has_moved_before_the_seller_sets_another_is_no_lie() {
    let mut stage = Stage::new(terms(Format::Ascending));
    let (from, to) = (ENDS - Span::minutes(1), ENDS + Span::minutes(1));
    assert!(stage.give(Actor::Site, Deed::Postpone { from, to, reason: "away".into() }, to));
    let first = stage.listing();
    let later = Terms { ends_at: ENDS + Span::days(2), ..terms(Format::Ascending) };
    stage.auction = auction::revise::replace_terms(&stage.auction, later, false).unwrap();
    let revised = stage.auction.clone();
    assert!(stage.offer(1, 2_000, to + Span::hours(1)));
    assert!(stage.offer(2, 9_000, to + Span::hours(2)));
    assert!(stage.close());

    let before = wire::Listing { state: wire::State { last: 0, ..first.state.clone() }, ..first };
    let head = chain::head(&written(Body::Rulings(Box::new(stage.rulings(&[1])[0].clone()))).data);
    stage.first = revised;
    let mut told = stage.listing();
    told.state.head = Some(head);
    let mut said = stage.said(&[1]);
    said[0] = (1, Body::Listing(Box::new(before)));
    said.insert(1, (1, Body::Listing(Box::new(told))));
    let report = verify(&receipts(&said));
    assert_eq!((report.faults.len(), report.folded), (0, 4), "{report}");
}

#[test]
fn each_kind_of_lie_is_named_with_its_entry() {
    type Lie = fn(&mut Body);
    type Named = (Option<u32>, &'static str);
    fn rulings(body: &mut Body, change: impl Fn(&mut federation::wire::Rulings)) {
        if let Body::Rulings(rulings) = body {
            change(rulings);
        }
    }
    fn entry(body: &mut Body, n: u32, change: impl Fn(&mut federation::wire::Ruling)) {
        rulings(body, |rulings| rulings.entries.iter_mut().filter(|entry| entry.n == n).for_each(&change));
    }
    let lies: [(&str, Lie, Named); 9] = [
        (
            "another price",
            |body| entry(body, 2, |entry| entry.price = Some(Money(2_999))),
            (Some(2), "differs"),
        ),
        ("another leader", |body| entry(body, 4, |entry| entry.leader = None), (Some(4), "differs")),
        (
            "a later end",
            |body| entry(body, 4, |entry| entry.ends_at.as_mut().unwrap().0 += 1),
            (Some(4), "differs"),
        ),
        (
            "a refusal turned into nothing",
            |body| entry(body, 1, |entry| entry.accepted = false),
            (Some(1), "no_bid"),
        ),
        (
            "another bidder's number",
            |body| entry(body, 2, |entry| entry.number = Some(9)),
            (Some(2), "bid_differs"),
        ),
        (
            "another commitment",
            |body| entry(body, 1, |entry| entry.commitment = Some(Hash::ZERO)),
            (Some(1), "commitment"),
        ),
        ("another state", |body| rulings(body, |rulings| rulings.state.offers += 1), (Some(5), "state")),
        (
            "an earlier arrival",
            |body| entry(body, 3, |entry| entry.at.0 -= 7_200_000_000),
            (Some(3), "arrival"),
        ),
        (
            "another outcome",
            |body| {
                if let Body::Closed(closed) = body {
                    closed.price = Some(Money(1));
                }
            },
            (Some(5), "ending"),
        ),
    ];
    for (what, lie, expected) in lies {
        let mut said = sold().said(&[5]);
        said.iter_mut().for_each(|(_, body)| lie(body));
        assert!(reasons(&said).contains(&expected), "{what}: {:?}", reasons(&said));
    }
}

#[test]
fn terms_that_change_under_their_version_are_found() {
    let mut said = sold().said(&[5]);
    let mut other = sold().listing();
    other.version = 2;
    other.terms.start_price = Money(900);
    said.push((1, Body::Listing(Box::new(other.clone()))));
    assert!(reasons(&said).contains(&(None, "contradiction")));
    // A version that says so makes the bids before it bids on other terms.
    other.terms_version = 2;
    said.pop();
    said.push((1, Body::Listing(Box::new(other))));
    assert!(reasons(&said).contains(&(Some(1), "refused")));
}

#[test]
fn a_listing_that_changes_its_text_under_its_version_or_after_a_bid_is_found() {
    let changed = |version: u32, offers: u32| {
        let mut said = sold().said(&[5]);
        let mut other = sold().listing();
        (other.version, other.title) = (version, Line::cut("A stool"));
        for (_, body) in &mut said {
            if let Body::Listing(listing) = body {
                listing.state.offers = offers;
            }
        }
        other.state.offers = offers;
        said.push((1, Body::Listing(Box::new(other))));
        reasons(&said).contains(&(None, "contradiction"))
    };
    assert!(changed(1, 0), "under its version");
    assert!(changed(2, 1), "after a bid");
    assert!(!changed(2, 0), "before the first bid the seller is free");
}

#[test]
fn a_reserve_that_is_not_the_one_that_was_set_is_found() {
    let mut said = sold().said(&[5]);
    for (_, body) in &mut said {
        if let Body::Opened(opened) = body
            && let Some(reserve) = &mut opened.reserve
        {
            reserve.amount = Money(reserve.amount.0 + 1);
        }
    }
    assert!(reasons(&said).contains(&(None, "reserve_commitment")));
}

/// A first bid that is refused freezes nothing: the seller moves the end, and the state after that bid had the old one.
#[test]
fn an_end_that_is_moved_after_a_refused_bid_is_no_lie() {
    let mut stage = Stage::new(terms(Format::Ascending));
    assert!(!stage.offer(2, 900, OPENS));
    let before = stage.said(&[1]);
    stage.auction = revised(&stage.auction);
    assert!(stage.offer(2, 2_000, OPENS + Span::hours(1)));
    assert!(stage.close());
    let mut said = before;
    said.retain(|(_, body)| matches!(body, Body::Listing(_) | Body::Rulings(_)));
    let later = Stage { first: Auction { last: 1, ..revised(&stage.first) }, ..stage.clone() };
    let head = said.iter().find_map(|(_, body)| match body {
        Body::Rulings(_) => Some(chain::head(&written(body.clone()).data)),
        _ => None,
    });
    said.extend(later.said(&[1]).into_iter().filter_map(|(seed, mut body)| match &mut body {
        Body::Rulings(rulings) => (rulings.first() > 1).then_some((seed, body)),
        Body::Listing(listing) => {
            listing.state.head = head;
            Some((seed, body))
        }
        _ => Some((seed, body)),
    }));
    let report = verify(&receipts(&said));
    assert!(report.faults.is_empty(), "{report}");
    assert_eq!(report.folded, 3, "{report}");
}

fn revised(auction: &Auction) -> Auction {
    let terms = Terms { ends_at: ENDS + Span::days(1), ..auction.terms.clone() };
    revise::replace_terms(auction, terms, false).unwrap()
}

#[test]
fn a_bid_that_is_accepted_twice_or_never_ruled_on_is_named() {
    let mut twice = sold().said(&[5]);
    for (_, body) in &mut twice {
        if let Body::Rulings(rulings) = body {
            let second = rulings.entries[1].clone();
            let (bid, commitment) = (second.bid, second.commitment);
            let (site, number) = (second.site, second.number);
            let fourth = &mut rulings.entries[3];
            (fourth.bid, fourth.commitment) = (bid, commitment);
            (fourth.site, fourth.number) = (site, number);
        }
    }
    assert!(reasons(&twice).contains(&(Some(4), "twice")));
    let mut ignored = sold().said(&[5]);
    let another = ignored.iter().find_map(|(seed, body)| match body {
        Body::Bid(bid) => Some((*seed, wire::Bid { bid: BidId([77; 16]), ..(**bid).clone() })),
        _ => None,
    });
    let (seed, bid) = another.unwrap();
    ignored.push((seed, Body::Bid(Box::new(bid))));
    assert!(gaps(&ignored).contains(&(None, Gap::NotRuled(1))));
}

/// A site may send what is malformed about one auction beside what is right about another.
#[test]
fn what_is_malformed_about_another_auction_is_held_against_that_one_alone() {
    let malformed = |auction: u64| {
        let text = format!(
            r#"{{"specversion":"1.0","id":"1","source":"/","type":"com.anuko.auction.closed.v1","datacontenttype":"application/json","data":{{"auction":{auction}}}}}"#
        );
        let message =
            hub::Message { media_type: hub::applications::event::EVENT.to_owned(), body: text.into() };
        let draft = hub::Draft {
            epoch: 9,
            number: 1,
            previous: [0; 32],
            predecessor: None,
            time: hub::Time(1),
            ttl: 0,
            messages: &[message],
        };
        let mut file = sold().receipts(&[5]);
        let envelopes = [draft.sign(&key(1)).unwrap().bytes().to_vec()];
        let alone = Receipts::new(origin(), NUMBER, envelopes).envelopes;
        file.envelopes.extend(alone);
        verify(&file).faults.iter().any(|fault| fault.reason.code() == "malformed")
    };
    assert!(malformed(NUMBER));
    assert!(!malformed(NUMBER + 1));
}

#[test]
fn rulings_that_do_not_follow_each_other_are_found() {
    let mut said = sold().said(&[2]);
    for (_, body) in &mut said {
        if let Body::Rulings(rulings) = body
            && rulings.first() == 3
        {
            rulings.previous = Hash::ZERO;
        }
    }
    assert!(reasons(&said).contains(&(Some(3), "chain")));
}

#[test]
fn what_is_left_out_is_said_to_be_missing() {
    let without = |is_left_out: fn(&Body) -> bool| {
        let mut said = sold().said(&[2]);
        said.retain(|(_, body)| !is_left_out(body));
        said
    };
    let second = |body: &Body| matches!(body, Body::Rulings(rulings) if rulings.first() == 3);
    assert!(gaps(&without(second)).contains(&(Some(3), Gap::Missing(4))));
    let bid = |body: &Body| matches!(body, Body::Bid(bid) if bid.number == 2);
    assert!(gaps(&without(bid)).contains(&(Some(2), Gap::BidMissing)));
    let opened = |body: &Body| matches!(body, Body::Opened(_));
    assert!(gaps(&without(opened)).contains(&(Some(1), Gap::OfferClosed)));
    let listing = |body: &Body| matches!(body, Body::Listing(_));
    assert!(gaps(&without(listing)).contains(&(None, Gap::NoListing)));
    assert!(gaps(&without(|_| true)).contains(&(None, Gap::NoRulings)));
    for left_out in [second, opened, listing] {
        let report = verify(&receipts(&without(left_out)));
        assert_eq!((report.verdict, report.faults.len()), (Verdict::Incomplete, 0), "{report}");
    }
}

#[test]
fn a_file_that_is_no_file_of_receipts_is_refused_by_the_name_of_its_field() {
    let good = sold().receipts(&[2]).write();
    let refused = |from: &str, to: &str| Receipts::read(good.replace(from, to).as_bytes()).unwrap_err().field;
    assert_eq!(refused("receipts-1", "receipts-2"), "format");
    assert_eq!(refused("\"origin\"", "\"other\""), "origin");
    assert_eq!(refused("\"auction\": 17", "\"auction\": 1.7"), "auction");
    assert_eq!(Receipts::read(good.as_bytes()).unwrap(), sold().receipts(&[2]));
}

#[test]
fn the_report_speaks_to_people() {
    let text = verify(&sold().receipts(&[2])).to_string();
    assert!(text.contains("All 5 entries follow from the rules. Bidder 2 of"), "{text}");
    assert!(text.contains("not checked: entry 2: the best offer stays closed"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Nobody honest is ever accused.
    #[test]
    fn whatever_people_do_what_the_rules_gave_is_never_called_wrong(
        terms in any_terms(),
        story in story(),
        accepts in any::<bool>(),
        sizes in proptest::collection::vec(1..6usize, 1..4),
    ) {
        let stage = played(&terms, &story, accepts);
        let report = verify(&stage.receipts(&sizes));
        prop_assert!(report.faults.is_empty(), "{report}\n{:#?}", stage.rulings(&sizes));
        let is_plain = !report.unchecked.iter().any(|unchecked| {
            matches!(unchecked.gap, Gap::SealedOffers | Gap::OfferClosed | Gap::Undecided | Gap::ReserveGuessed)
        });
        if is_plain && !stage.entries.is_empty() {
            prop_assert_eq!(report.verdict, Verdict::Good, "{}", report);
        }
    }

    /// Even where the liar makes the chain anew.
    #[test]
    fn what_the_rules_did_not_give_is_never_called_good(
        terms in any_terms(),
        story in story(),
        which in any::<prop::sample::Index>(),
        lie in 0..4,
    ) {
        let mut said = played(&terms, &story, false).said(&[1_000]);
        said.retain(|(_, body)| !matches!(body, Body::Closed(_)));
        let rulings = said.iter_mut().find_map(|(_, body)| match body {
            Body::Rulings(rulings) => Some(rulings),
            _ => None,
        });
        let Some(rulings) = rulings else { return Ok(()) };
        let mut priced: Vec<_> = rulings.entries.iter_mut().filter(|entry| entry.price.is_some()).collect();
        if priced.is_empty() {
            return Ok(());
        }
        let place = which.index(priced.len());
        let entry = &mut *priced[place];
        match lie {
            0 => entry.price = entry.price.map(|price| Money(price.0 + 1)),
            1 => entry.leader = Some(Bidder { site: None, number: 99 }),
            2 => entry.ends_at = entry.ends_at.map(|end| Moment(end.0 + 1)),
            _ => rulings.state.offers += 1,
        }
        let report = verify(&receipts(&said));
        prop_assert!(report.verdict != Verdict::Good, "{report} {lie} {place}");
    }

    #[test]
    fn any_byte_that_is_changed_is_noticed(place in any::<prop::sample::Index>(), other in any::<u8>()) {
        let file = sold().receipts(&[2]).write();
        let before = verify(&Receipts::read(file.as_bytes()).unwrap());
        let mut changed = file.clone().into_bytes();
        let place = place.index(changed.len());
        let is_space = |byte: u8| byte.is_ascii_whitespace();
        prop_assume!(changed[place] != other && !(is_space(changed[place]) && is_space(other)));
        changed[place] = other;
        if let Ok(read) = Receipts::read(&changed) {
            prop_assert_ne!(verify(&read), before);
        }
    }
}

/// The winner is known by the number that his site gave him.
#[test]
fn the_winner_is_named_as_his_site_knows_him() {
    let report = verify(&sold().receipts(&[2]));
    let winner = report.winner.unwrap();
    assert_eq!((winner.site.unwrap().0, winner.number), (key(seed_of(Person(2))).public(), 2));
}
