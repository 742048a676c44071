//! Nothing that somebody sends makes a reader stumble.

use crate::stage::*;
use crate::story::*;
use federation::verify::Receipts;
use federation::wire::{Body, read};
use hub::Message;
use hub::applications::event::EVENT;
use proptest::prelude::*;

fn message(body: Vec<u8>) -> Message {
    Message { media_type: EVENT.to_owned(), body: body.into() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&message(bytes.clone()));
        let _ = Receipts::read(&bytes);
    }

    #[test]
    fn a_message_with_changed_bytes_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
    ) {
        let said = crate::verifying::sold().said(&[2]);
        let body = which.get(&said).1.clone();
        let mut bytes = written(body).message.body.to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read(&message(bytes));
    }

    #[test]
    fn what_was_written_is_read_again(terms in any_terms(), story in story()) {
        for (_, body) in played(&terms, &story, true).said(&[3]) {
            let written = written(body.clone());
            let received = read(&written.message).unwrap().unwrap();
            prop_assert_eq!(&received.event.body, &body);
            prop_assert_eq!(&received.data, &written.data);
            if let Body::Listing(listing) = &body {
                let rules = listing.terms.rules(terms.reserve).unwrap();
                prop_assert_eq!(&rules, &terms);
            }
        }
    }
}
