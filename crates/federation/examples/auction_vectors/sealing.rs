//! Boxes with what is in them; commitments, pseudonyms, digests.

use crate::stage::{NUMBER, digest, key, origin, secret, site_secret};
use federation::chain::{self, Beat};
use federation::commitment;
use federation::pseudonym::{self, PseudonymSecret};
use federation::sealing::{BidAad, Code, CodeAad, Contact, MemoAad, Offer, SealingSecret, seal_memo};
use federation::wire::{BidId, Hash, Line, Money, SealedBox, Site};
use serde_json::{Value, json};

pub(crate) fn all() -> Value {
    json!({
        "boxes": boxes(),
        "commitments": commitments(),
        "reserve_commitments": reserve_commitments(),
        "pseudonyms": pseudonyms(),
        "addresses": addresses(),
        "digests": digests(),
    })
}

fn bid_aad() -> BidAad {
    let site = Site(key(2).public());
    let (bid, amount, salt) = (BidId([0x22; 16]), Money(9_000), Hash(digest("salt", 2)));
    let commitment = commitment::offer(origin(), NUMBER, bid, amount, salt);
    BidAad { origin: origin(), auction: NUMBER, version: 1, site, bid, number: 2, commitment }
}

fn boxes() -> Vec<Value> {
    let (auction, own, theirs) = (secret(), site_secret(1), site_secret(2));
    let own_secret = PseudonymSecret::new([2; 32]);
    let offer = Offer {
        amount: Money(9_000),
        salt: Hash(digest("salt", 2)),
        pseudonym: pseudonym::pseudonym(&own_secret, origin(), 2),
        address: pseudonym::address(&auction.public(), "ben@example.org"),
    };
    let (name, email) = (Line::cut("Ben"), Line::cut("ben@example.org"));
    let contact = Contact { name, email, language: Line::cut("en") };
    let code = Code { code: Some(Line::cut("too_low")), amount: Some(3_100), ..Code::default() };
    let memo = json!({ "seller": 100, "reserve": 3_000 });
    let code_aad = CodeAad { origin: origin(), auction: NUMBER, n: 3, bid: Some(BidId([0x33; 16])) };
    let memo_aad = MemoAad { origin: origin(), auction: NUMBER, first: 1 };
    let bid = bid_aad();
    let random = |number| digest("random", number);
    vec![
        shown(
            "anuko-bid-1",
            &auction,
            &bid.bytes(),
            &serde_json::to_string(&offer).unwrap(),
            512,
            1,
            offer.seal(&auction.public(), &bid, random(1)),
        ),
        shown(
            "anuko-contact-1",
            &auction,
            &bid.bytes(),
            &serde_json::to_string(&contact).unwrap(),
            512,
            2,
            contact.seal(&auction.public(), &bid, random(2)),
        ),
        shown(
            "anuko-code-1",
            &theirs,
            &code_aad.bytes(),
            &serde_json::to_string(&code).unwrap(),
            128,
            3,
            code.seal(&theirs.public(), &code_aad, random(3)),
        ),
        shown(
            "anuko-memo-1",
            &own,
            &memo_aad.bytes(),
            &memo.to_string(),
            512,
            4,
            seal_memo(&memo, &own.public(), &memo_aad, random(4)),
        ),
    ]
}

/// The random bytes are those from which RFC 9180 derives the ephemeral key: its `ikmE`.
fn shown<E: std::fmt::Debug>(
    info: &str,
    secret: &SealingSecret,
    aad: &[u8],
    plain: &str,
    block: usize,
    random: u32,
    sealed: Result<SealedBox, E>,
) -> Value {
    json!({
        "info": info,
        "secret": Hash(*secret.bytes()),
        "public": secret.public(),
        "random": Hash(digest("random", random)),
        "aad": hex(aad),
        "plaintext": plain,
        "padded_to": block,
        "box": sealed.unwrap(),
    })
}

fn commitments() -> Vec<Value> {
    let one = |bid: u8, amount: i64, salt: u32| {
        let (bid, amount, salt) = (BidId([bid; 16]), Money(amount), Hash(digest("salt", salt)));
        let commitment = commitment::offer(origin(), NUMBER, bid, amount, salt);
        json!({
            "origin": origin(), "auction": NUMBER, "bid": bid, "amount": amount, "salt": salt,
            "commitment": commitment,
        })
    };
    vec![one(0x22, 9_000, 2), one(0, 1, 1), one(0xff, 1_000_000_000_000, 3)]
}

fn reserve_commitments() -> Vec<Value> {
    let (amount, salt) = (Money(3_000), Hash(digest("reserve", 0)));
    let commitment = commitment::reserve(origin(), NUMBER, amount, salt);
    vec![json!({
        "origin": origin(), "auction": NUMBER, "amount": amount, "salt": salt, "commitment": commitment,
    })]
}

fn pseudonyms() -> Vec<Value> {
    let one = |account: u64| {
        let pseudonym = pseudonym::pseudonym(&PseudonymSecret::new([2; 32]), origin(), account);
        json!({ "secret": Hash([2; 32]), "origin": origin(), "account": account, "pseudonym": pseudonym })
    };
    vec![one(1), one(2), one(u64::MAX)]
}

fn addresses() -> Vec<Value> {
    let one = |address: &str| {
        let hash = pseudonym::address(&secret().public(), address);
        json!({ "sealing_key": secret().public(), "address": address, "hash": hash })
    };
    vec![one("ben@example.org"), one(" Ben@Example.ORG "), one("bjørn@example.org")]
}

fn digests() -> Vec<Value> {
    let beat = |auction, last| Beat { auction, last, head: Hash(digest("head", last)) };
    let one = |beats: Vec<Beat>| {
        let shown: Vec<Value> = beats
            .iter()
            .map(|beat| json!({ "auction": beat.auction, "last": beat.last, "head": beat.head }))
            .collect();
        json!({ "auctions": shown, "digest": chain::digest(&beats) })
    };
    vec![one(Vec::new()), one(vec![beat(17, 5)]), one(vec![beat(300, 1), beat(2, 9)])]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
