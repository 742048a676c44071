//! Every test vector of part 2 of the protocol holds.

use federation::chain::{self, Beat};
use federation::commitment;
use federation::pseudonym::{self, PseudonymSecret};
use federation::sealing::{
    BidAad, Code, CodeAad, Contact, MemoAad, Offer, SealingKey, SealingSecret, open_code, open_contact,
    open_memo, open_offer, seal_memo,
};
use federation::verify::{self, Receipts};
use federation::wire::{BidId, Hash, Money, SealedBox, Site, read};
use hub::Message;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn vectors(name: &str) -> Value {
    let path = format!("{}/../../docs/vectors/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn list<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    let list = vectors[name].as_array().unwrap();
    assert!(!list.is_empty(), "{name}");
    list
}

fn get<T: DeserializeOwned>(vector: &Value, name: &str) -> T {
    serde_json::from_value(vector[name].clone()).unwrap()
}

fn message(vector: &Value) -> Message {
    let body: String = get(vector, "body");
    Message { media_type: "application/cloudevents+json".to_owned(), body: body.into() }
}

#[test]
fn messages_are_read_as_the_vectors_say() {
    let vectors = vectors("messages");
    for vector in list(&vectors, "valid") {
        let received = read(&message(vector)).unwrap().unwrap();
        assert_eq!(received.event.body.word(), get::<String>(vector, "what"));
        assert_eq!(received.data, get::<String>(vector, "data"));
        assert_eq!(chain::head(&received.data), get(vector, "sha256"));
        let again = received.event.write().unwrap();
        assert_eq!(again.message, message(vector));
    }
    for vector in list(&vectors, "refused") {
        assert_eq!(read(&message(vector)).unwrap_err().field, get::<String>(vector, "field"));
    }
    for vector in list(&vectors, "passed_over") {
        assert_eq!(read(&message(vector)), Ok(None));
    }
}

#[test]
fn rulings_of_the_vectors_follow_each_other() {
    let vectors = vectors("messages");
    let mut head = Hash::ZERO;
    for vector in list(&vectors, "valid").iter().filter(|vector| vector["what"] == "rulings") {
        let data: Value = serde_json::from_str(&get::<String>(vector, "data")).unwrap();
        assert_eq!(get::<Hash>(&data, "previous"), head);
        head = get(vector, "sha256");
    }
}

/// Fields of an aad, back from their bytes.
struct Fields(Vec<u8>);

impl Fields {
    fn of(vector: &Value) -> Fields {
        let text: String = get(vector, "aad");
        let byte = |place| u8::from_str_radix(&text[place..place + 2], 16).unwrap();
        Fields((0..text.len()).step_by(2).map(byte).collect())
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        self.0.drain(..N).collect::<Vec<u8>>().try_into().unwrap()
    }

    fn site(&mut self) -> Site {
        Site(hub::PublicKey::new(self.array()).unwrap())
    }

    fn auction(&mut self) -> u64 {
        u64::from_be_bytes(self.array())
    }

    fn number(&mut self) -> u32 {
        u32::from_be_bytes(self.array())
    }
}

fn bid_aad(fields: &mut Fields) -> BidAad {
    BidAad {
        origin: fields.site(),
        auction: fields.auction(),
        version: fields.number(),
        site: fields.site(),
        bid: BidId(fields.array()),
        number: fields.number(),
        commitment: Hash(fields.array()),
    }
}

#[test]
fn boxes_are_sealed_and_opened_as_the_vectors_say() {
    for vector in list(&vectors("sealing"), "boxes") {
        let secret = SealingSecret::generate(get::<Hash>(vector, "secret").0);
        let (sealed, random): (SealedBox, Hash) = (get(vector, "box"), get(vector, "random"));
        let to: SealingKey = get(vector, "public");
        assert_eq!(secret.public(), to);
        let plain: Value = serde_json::from_str(&get::<String>(vector, "plaintext")).unwrap();
        let mut fields = Fields::of(vector);
        let (opened, again) = match vector["info"].as_str().unwrap() {
            "anuko-bid-1" => {
                let aad = bid_aad(&mut fields);
                let offer: Offer = serde_json::from_value(plain.clone()).unwrap();
                (json!(open_offer(&secret, &aad, &sealed).unwrap()), offer.seal(&to, &aad, random.0))
            }
            "anuko-contact-1" => {
                let aad = bid_aad(&mut fields);
                let contact: Contact = serde_json::from_value(plain.clone()).unwrap();
                (json!(open_contact(&secret, &aad, &sealed).unwrap()), contact.seal(&to, &aad, random.0))
            }
            "anuko-code-1" => {
                let (origin, auction, n) = (fields.site(), fields.auction(), fields.number());
                let aad = CodeAad { origin, auction, n, bid: Some(BidId(fields.array())) };
                let code: Code = serde_json::from_value(plain.clone()).unwrap();
                (json!(open_code(&secret, &aad, &sealed).unwrap()), code.seal(&to, &aad, random.0))
            }
            _ => {
                let aad =
                    MemoAad { origin: fields.site(), auction: fields.auction(), first: fields.number() };
                let memo: Value = open_memo(&secret, &aad, &sealed).unwrap();
                (memo, seal_memo(&plain, &to, &aad, random.0))
            }
        };
        assert_eq!((opened, again.unwrap(), fields.0.len()), (plain, sealed, 0));
    }
}

#[test]
fn commitments_pseudonyms_and_digests_are_what_the_vectors_say() {
    let vectors = vectors("sealing");
    for vector in list(&vectors, "commitments") {
        let (origin, auction, bid) = (get(vector, "origin"), get(vector, "auction"), get(vector, "bid"));
        let made =
            commitment::offer(origin, auction, bid, get::<Money>(vector, "amount"), get(vector, "salt"));
        assert_eq!(made, get(vector, "commitment"));
    }
    for vector in list(&vectors, "reserve_commitments") {
        let (origin, auction) = (get(vector, "origin"), get(vector, "auction"));
        let made = commitment::reserve(origin, auction, get(vector, "amount"), get(vector, "salt"));
        assert_eq!(made, get(vector, "commitment"));
    }
    for vector in list(&vectors, "pseudonyms") {
        let secret = PseudonymSecret::new(get::<Hash>(vector, "secret").0);
        let made = pseudonym::pseudonym(&secret, get(vector, "origin"), get(vector, "account"));
        assert_eq!(made, get(vector, "pseudonym"));
    }
    for vector in list(&vectors, "addresses") {
        let key: SealingKey = get(vector, "sealing_key");
        assert_eq!(pseudonym::address(&key, &get::<String>(vector, "address")), get(vector, "hash"));
    }
    for vector in list(&vectors, "digests") {
        let beat = |beat: &Value| Beat {
            auction: get(beat, "auction"),
            last: get(beat, "last"),
            head: get(beat, "head"),
        };
        let beats: Vec<Beat> = vector["auctions"].as_array().unwrap().iter().map(beat).collect();
        assert_eq!(chain::digest(&beats), get(vector, "digest"));
    }
}

#[test]
fn receipts_are_judged_as_the_vectors_say() {
    for vector in list(&vectors("receipts"), "files") {
        let report = federation::verify(&Receipts::read(vector["file"].to_string().as_bytes()).unwrap());
        let faults: Vec<_> = report
            .faults
            .iter()
            .map(|fault| json!({ "entry": fault.entry, "code": fault.reason.code() }))
            .collect();
        let gaps: Vec<_> = report
            .unchecked
            .iter()
            .map(|gap| json!({ "entry": gap.entry, "code": gap.gap.code() }))
            .collect();
        assert_eq!(
            (&json!(faults), &json!(gaps)),
            (&vector["faults"], &vector["unchecked"]),
            "{}",
            vector["what"]
        );
        let verdict = match report.verdict {
            verify::Verdict::Good => "good",
            verify::Verdict::Incomplete => "incomplete",
            verify::Verdict::Bad => "bad",
        };
        assert_eq!(
            (json!(verdict), json!(report.folded)),
            (vector["verdict"].clone(), vector["folded"].clone())
        );
    }
}

#[test]
fn the_document_explains_every_message_and_every_verdict() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol.md");
    let document = std::fs::read_to_string(path).unwrap();
    let (messages, receipts) = (vectors("messages"), vectors("receipts"));
    let words = list(&messages, "valid").iter().map(|vector| get::<String>(vector, "what"));
    let codes = |name: &'static str| {
        list(&receipts, "files").iter().flat_map(move |file| file[name].as_array().unwrap())
    };
    let codes = codes("faults").chain(codes("unchecked")).map(|shown| get::<String>(shown, "code"));
    for word in words.chain(codes) {
        assert!(document.contains(&format!("`{word}`")), "{word}");
    }
}

/// Every member of every vector has a row, or stands in a list of members.
#[test]
fn the_document_explains_every_member() {
    fn members(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    found.push(name.clone());
                    members(value, found);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| members(value, found)),
            _ => {}
        }
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol.md");
    let document = std::fs::read_to_string(path).unwrap();
    let part = document.split("# Part 2").nth(1).unwrap();
    let is_named = |name: &str| {
        let is_edge =
            |letter: Option<char>| !letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
        let mut found = part.match_indices(name);
        found.any(|(at, _)| {
            is_edge(part[..at].chars().last()) && is_edge(part[at + name.len()..].chars().next())
        })
    };
    for vector in list(&vectors("messages"), "valid") {
        let data: Value = serde_json::from_str(&get::<String>(vector, "data")).unwrap();
        let mut found = Vec::new();
        members(&data, &mut found);
        found.into_iter().for_each(|name| assert!(is_named(&name), "{name}"));
    }
}
