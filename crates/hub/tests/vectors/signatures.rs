use crate::{array, bytes, list, text, vectors};
use hub::{Envelope, PublicKey, SIGNED_AS, Seal, SecretKey, SystemChance, pre_authentication_encoding};
use rand_core::{TryCryptoRng, TryRng};

#[test]
fn keys_follow_from_seeds() {
    for vector in list(&vectors("keys"), "keys") {
        assert_eq!(SecretKey::from_seed(array(&vector["seed"])).public().to_string(), text(&vector["key"]));
    }
}

#[test]
fn keys_of_small_order_or_odd_encoding_are_refused_and_mixed_ones_are_not() {
    let keys = vectors("keys");
    for (name, is_fine) in [("accepted", true), ("refused", false)] {
        for vector in list(&keys, name) {
            assert_eq!(PublicKey::new(array(&vector["key"])).is_ok(), is_fine, "{}", vector["what"]);
        }
    }
}

#[test]
fn what_is_signed_is_encoded_as_dsse_says() {
    for vector in list(&vectors("signatures"), "encodings") {
        let encoded = pre_authentication_encoding(text(&vector["kind"]), &bytes(&vector["bytes"]));
        assert_eq!(encoded, bytes(&vector["encoded"]));
    }
}

/// Unpredictable enough for who wrote the vectors before.
struct Dice;

impl TryRng for Dice {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.try_next_u64().map(|number| number as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        hub::Chance::fill(&SystemChance, bytes);
        Ok(())
    }
}

impl TryCryptoRng for Dice {}

#[test]
fn odd_signatures_are_accepted_by_the_rule_of_zip_215_alone_and_among_others() {
    let vectors = vectors("signatures");
    let signatures = list(&vectors, "signatures");
    let read = |place: usize| {
        let vector = &signatures[place];
        Envelope::read([bytes(&vector["bytes"]), bytes(&vector["signature"])].concat().into())
    };
    for (place, vector) in signatures.iter().enumerate() {
        let (what, accepted) = (text(&vector["what"]), vector["accepted"].as_bool().unwrap());
        let signed = pre_authentication_encoding(SIGNED_AS, &bytes(&vector["bytes"]));
        let key = PublicKey::new(array(&vector["key"]));
        let has_signed = key.is_ok_and(|key| key.has_signed(&signed, &array(&vector["signature"])));
        assert_eq!(has_signed, accepted, "{what}");
        let Ok(envelope) = read(place) else {
            assert!(!accepted, "{what}");
            continue;
        };
        assert_eq!(Seal::of(envelope.clone()).check().is_ok(), accepted, "{what}");
        let together = vec![Seal::of(read(0).unwrap()), Seal::of(envelope)];
        let checked: Vec<bool> = Seal::check_all(together, Dice).iter().map(Result::is_ok).collect();
        assert_eq!(checked, [true, accepted], "{what}");
    }
}
