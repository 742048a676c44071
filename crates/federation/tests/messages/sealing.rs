use crate::stage::*;
use auction::Format;
use federation::sealing::{
    BidAad, Code, CodeAad, MemoAad, NotOpened, Offer, SealingSecret, open_code, open_contact, open_memo,
    open_offer, seal_memo,
};
use federation::wire::{Hash, Line, Money, Site};
use proptest::prelude::*;

fn bid() -> (federation::wire::Bid, BidAad) {
    let mut stage = Stage::new(terms(Format::Ascending));
    stage.offer(2, 2_000, OPENS);
    let (seed, bid) = stage.bid(&stage.entries[0]).unwrap();
    let aad = BidAad::of(&bid, Site(key(seed).public()));
    (bid, aad)
}

#[test]
fn the_origin_opens_offer_and_contact() {
    let (bid, aad) = bid();
    let offer = open_offer(&secret(), &aad, &bid.offer).unwrap();
    assert_eq!((offer.amount, offer.salt), (Money(2_000), Hash(digest("salt", 1))));
    let contact = open_contact(&secret(), &aad, &bid.contact).unwrap();
    assert_eq!((contact.email.as_str(), contact.language.as_str()), ("bidder2@example.org", "en"));
}

#[test]
fn a_copied_box_opens_for_nobody_else() {
    let (bid, aad) = bid();
    let others = [
        BidAad { origin: Site(key(2).public()), ..aad },
        BidAad { auction: 18, ..aad },
        BidAad { version: 2, ..aad },
        BidAad { site: Site(key(3).public()), ..aad },
        BidAad { bid: federation::wire::BidId([0; 16]), ..aad },
        BidAad { number: 3, ..aad },
        BidAad { commitment: Hash::ZERO, ..aad },
    ];
    for other in others {
        assert_eq!(open_offer(&secret(), &other, &bid.offer), Err(NotOpened::Closed));
        assert_eq!(open_contact(&secret(), &other, &bid.contact), Err(NotOpened::Closed));
    }
    assert_eq!(open_contact(&secret(), &aad, &bid.offer), Err(NotOpened::Closed));
    assert_eq!(open_offer(&site_secret(2), &aad, &bid.offer), Err(NotOpened::Closed));
}

#[test]
fn boxes_of_one_kind_have_one_size() {
    let (bid, aad) = bid();
    assert_eq!((bid.offer.0.len(), bid.contact.0.len()), (32 + 512 + 16, 32 + 512 + 16));
    let (salt, pseudonym, address) = (Hash([255; 32]), Hash([0; 32]), Hash([1; 32]));
    let most = Offer { amount: Money(1_000_000_000_000), salt, pseudonym, address };
    assert_eq!(most.seal(&secret().public(), &aad, [3; 32]).unwrap().0.len(), bid.offer.0.len());
}

#[test]
fn a_code_is_read_by_the_bidders_site_for_its_entry_only() {
    let aad = CodeAad { origin: origin(), auction: NUMBER, n: 3, bid: None };
    let code = Code { code: Some(Line::cut("too_low")), amount: Some(1_500), ..Code::default() };
    let sealed = code.seal(&site_secret(2).public(), &aad, [7; 32]).unwrap();
    assert_eq!(open_code(&site_secret(2), &aad, &sealed), Ok(code));
    assert_eq!(open_code(&site_secret(3), &aad, &sealed), Err(NotOpened::Closed));
    assert_eq!(open_code(&site_secret(2), &CodeAad { n: 4, ..aad }, &sealed), Err(NotOpened::Closed));
}

#[test]
fn a_memo_is_read_by_its_origin_for_its_rulings_only() {
    let aad = MemoAad { origin: origin(), auction: NUMBER, first: 3 };
    let memo = vec![("account".to_owned(), 17)];
    let sealed = seal_memo(&memo, &secret().public(), &aad, [8; 32]).unwrap();
    assert_eq!(open_memo::<Vec<(String, i32)>>(&secret(), &aad, &sealed), Ok(memo));
    let other = MemoAad { first: 4, ..aad };
    assert_eq!(open_memo::<Vec<(String, i32)>>(&secret(), &other, &sealed), Err(NotOpened::Closed));
}

#[test]
fn secrets_are_in_no_log() {
    let secret = SealingSecret::generate([0xab; 32]);
    let (bid, aad) = bid();
    let offer = open_offer(&crate::stage::secret(), &aad, &bid.offer).unwrap();
    let pseudonyms = federation::pseudonym::PseudonymSecret::new([0xab; 32]);
    let shown = format!("{secret:?} {offer:?} {pseudonyms:?} {:?}", bid.offer);
    assert!(!shown.contains("abab") && !shown.contains("2000"), "{shown}");
}

proptest! {
    #[test]
    fn a_damaged_box_does_not_open(place in 0..560usize, flip in 1..=255u8, cut in 0..560usize) {
        let (bid, aad) = bid();
        let mut damaged = bid.offer.clone();
        damaged.0[place] ^= flip;
        // The highest bit of an X25519 key has no meaning, and is bound all the same.
        prop_assert_eq!(open_offer(&secret(), &aad, &damaged), Err(NotOpened::Closed));
        damaged.0.truncate(cut);
        prop_assert_eq!(open_offer(&secret(), &aad, &damaged), Err(NotOpened::Closed));
    }
}
