//! Registering, confirming, signing in, a forgotten password, the first administrator.

use crate::town::{Town, addressed, code, everywhere, everywhere_with};
use auction::Span;
use market::actions::{Register, SignIn, SignedIn};
use market::{FieldProblem, Policy, Refusal, Role, Scopes};

/// Fields and what is wrong with them.
type Mistakes = &'static [(&'static str, &'static str)];

fn request(email: &str, name: &str, password: &str) -> Register {
    Register { email: email.to_owned(), name: name.to_owned(), password: password.to_owned() }
}

async fn sign_in(town: &Town, email: &str, password: &str) -> Result<SignedIn, Refusal> {
    let (email, password) = (email.to_owned(), password.to_owned());
    town.market.sign_in(SignIn { email, password, remember: false, agent: "tests\0".to_owned() }).await
}

async fn ada(town: &Town) -> SignedIn {
    town.market.register(request("Ada@Example.org", "Ada", "correct horse")).await.unwrap();
    town.market.confirm(&town.link().await, "tests").await.unwrap()
}

#[test]
fn everything_wrong_with_a_registration_is_named_at_once() {
    let long = "x".repeat(61);
    let many = "x".repeat(257);
    let table: [(&str, &str, &str, Mistakes); 9] = [
        (
            "no address",
            " ",
            "short",
            &[("email", "not_an_address"), ("name", "missing"), ("password", "too_short")],
        ),
        ("a@b.org", &long, "12345678", &[("name", "too_long")]),
        ("a@b.org", "A\u{7}B", "12345678", &[("name", "control_characters")]),
        ("a@b.org", "Ada", &many, &[("password", "too_long")]),
        ("a@-b.org", "Ada", "12345678", &[("email", "not_an_address")]),
        ("a@b..org", "Ada", "12345678", &[("email", "not_an_address")]),
        ("@b.org", "Ada", "12345678", &[("email", "not_an_address")]),
        ("a b@c.org", "Ada", "12345678", &[("email", "not_an_address")]),
        ("a@b.org\r\nBcc: c@d.org", "Ada", "12345678", &[("email", "not_an_address")]),
    ];
    everywhere(async |town| {
        for (email, name, password, expected) in table {
            let problem = |&(field, problem): &(&'static str, &'static str)| FieldProblem { field, problem };
            let expected = Refusal::Malformed(expected.iter().map(problem).collect());
            assert_eq!(town.market.register(request(email, name, password)).await, Err(expected));
        }
        assert!(town.post().await.is_empty());
    });
}

#[test]
fn whether_an_address_is_taken_only_its_owner_learns_from_the_letter() {
    everywhere(async |town| {
        let signed_in = ada(&town).await;
        let again = town.market.register(request("ADA@example.ORG", "Eve", "another one")).await;
        assert_eq!(again, Ok(()));
        let letters = town.post().await;
        assert_eq!(addressed(&letters), ["reset Ada"], "and the name stays");
        assert_eq!(letters[0].address, "Ada@Example.org");
        assert_eq!(code(&sign_in(&town, "ada@example.org", "another one").await), "wrong_sign_in");
        assert!(town.market.identify(&signed_in.key).await.is_ok());
    });
}

/// The newest registration used to set the password, so that a stranger could have his behind the owner's link.
#[test]
fn of_two_passwords_typed_for_an_address_before_it_is_confirmed_neither_counts() {
    everywhere(async |town| {
        town.market.register(request("ada@example.org", "Ada", "first password")).await.unwrap();
        let first = town.link().await;
        town.market.register(request("ada@example.org", "Ada L.", "second password")).await.unwrap();
        let second = town.link().await;
        assert_eq!(code(&town.market.confirm(&first, "").await), "link_expired");
        for password in ["first password", "second password"] {
            assert_eq!(code(&sign_in(&town, "ada@example.org", password).await), "wrong_sign_in");
        }
        town.market.reset_password(&second, "her own password".to_owned(), "").await.unwrap();
        let signed_in = sign_in(&town, "ada@example.org", "her own password").await.unwrap();
        assert_eq!(town.market.identify(&signed_in.key).await.unwrap().name, "Ada L.");
    });
}

#[test]
fn nobody_can_have_somebody_flooded_with_letters() {
    everywhere_with(Policy { sign_in_attempts: 2, ..Policy::default() }, async |town| {
        let register = || town.market.register(request("ada@example.org", "Ada", "correct horse"));
        assert_eq!(code(&register().await), "done");
        assert_eq!(code(&town.market.ask_for_reset("ada@example.org").await), "done");
        assert_eq!(code(&town.market.ask_for_reset("Ada@example.org").await), "too_many");
        assert_eq!(code(&register().await), "too_many");
        town.later(Span::minutes(1));
        assert_eq!(code(&register().await), "done");
    });
}

#[test]
fn a_link_works_once_and_for_a_day() {
    everywhere(async |town| {
        town.market.register(request("ada@example.org", "Ada", "correct horse")).await.unwrap();
        let link = town.link().await;
        assert_eq!(code(&town.market.reset_password(&link, "12345678".to_owned(), "").await), "link_expired");
        town.later(Span::hours(24));
        assert_eq!(code(&town.market.confirm(&link, "").await), "link_expired");
        town.market.register(request("bo@example.org", "Bo", "correct horse")).await.unwrap();
        let link = town.link().await;
        town.later(Span(Span::hours(24).0 - 1));
        assert_eq!(code(&town.market.confirm(&link, "").await), "done");
        assert_eq!(code(&town.market.confirm(&link, "").await), "link_expired");
        assert_eq!(code(&town.market.confirm("nonsense", "").await), "link_expired");
    });
}

#[test]
fn a_wrong_password_an_unknown_address_and_nonsense_get_the_same_answer() {
    everywhere(async |town| {
        ada(&town).await;
        town.market.register(request("bo@example.org", "Bo", "correct horse")).await.unwrap();
        for (email, password, expected) in [
            ("ada@example.org", "wrong", Refusal::WrongSignIn),
            ("nobody@example.org", "correct horse", Refusal::WrongSignIn),
            ("nonsense", "correct horse", Refusal::WrongSignIn),
            ("bo@example.org", "wrong", Refusal::WrongSignIn),
            // Who knows the password may know what is missing.
            ("bo@example.org", "correct horse", Refusal::NotConfirmed),
        ] {
            assert_eq!(sign_in(&town, email, password).await, Err(expected), "{email} {password}");
        }
        assert_eq!(code(&sign_in(&town, " ADA@EXAMPLE.ORG ", "correct horse").await), "done");
    });
}

#[test]
fn guessing_is_slowed_down_for_one_address_and_for_nobody_else() {
    everywhere_with(Policy { sign_in_attempts: 3, ..Policy::default() }, async |town| {
        ada(&town).await;
        for expected in ["wrong_sign_in", "wrong_sign_in", "wrong_sign_in", "too_many"] {
            assert_eq!(code(&sign_in(&town, "ada@example.org", "guess").await), expected);
        }
        assert_eq!(
            sign_in(&town, "ADA@example.org", "correct horse").await,
            Err(Refusal::TooMany { retry_after_seconds: 60 })
        );
        assert_eq!(code(&sign_in(&town, "bo@example.org", "guess").await), "wrong_sign_in");
        town.later(Span::minutes(1));
        assert_eq!(code(&sign_in(&town, "ada@example.org", "correct horse").await), "done");
    });
}

#[test]
fn a_session_ends_by_itself() {
    everywhere(async |town| {
        let signed_in = ada(&town).await;
        assert_eq!(signed_in.expires_at, town.now() + Span::hours(24));
        town.clock.set(signed_in.expires_at - Span(1));
        assert!(town.market.identify(&signed_in.key).await.is_ok());
        town.clock.set(signed_in.expires_at);
        assert_eq!(code(&town.market.identify(&signed_in.key).await), "sign_in_needed");
    });
}

#[test]
fn a_new_password_ends_all_sessions_and_opens_one() {
    everywhere(async |town| {
        let before = ada(&town).await;
        assert!(town.market.identify(&before.key).await.is_ok());
        town.market.ask_for_reset("ada@example.org").await.unwrap();
        town.market.ask_for_reset("nobody@example.org").await.unwrap();
        let link = town.link().await;
        assert_eq!(code(&town.market.reset_password(&link, "short".to_owned(), "").await), "malformed");
        let after = town.market.reset_password(&link, "new password".to_owned(), "").await.unwrap();
        assert_eq!(code(&town.market.identify(&before.key).await), "sign_in_needed");
        assert!(town.market.identify(&after.key).await.is_ok());
        assert_eq!(code(&sign_in(&town, "ada@example.org", "correct horse").await), "wrong_sign_in");
        assert_eq!(code(&sign_in(&town, "ada@example.org", "new password").await), "done");
        let again = town.market.reset_password(&link, "third password".to_owned(), "").await;
        assert_eq!(code(&again), "link_expired");
    });
}

#[test]
fn a_reset_confirms_an_address_that_was_never_confirmed() {
    everywhere(async |town| {
        town.market.register(request("ada@example.org", "Ada", "correct horse")).await.unwrap();
        town.link().await;
        town.market.ask_for_reset("ada@example.org").await.unwrap();
        town.market.reset_password(&town.link().await, "new password".to_owned(), "").await.unwrap();
        assert_eq!(code(&sign_in(&town, "ada@example.org", "new password").await), "done");
    });
}

#[test]
fn nobody_registers_where_registration_is_closed() {
    everywhere_with(Policy { registration_open: false, ..Policy::default() }, async |town| {
        let answer = town.market.register(request("ada@example.org", "Ada", "correct horse")).await;
        assert_eq!(answer, Err(Refusal::RegistrationClosed));
    });
}

#[test]
fn the_first_administrator_comes_in_by_a_link_that_works_once() {
    everywhere(async |town| {
        let old = town.market.first_start_link().await.unwrap().unwrap();
        let link = town.market.first_start_link().await.unwrap().unwrap();
        let ada = || request("ada@example.org", "Ada", "correct horse");
        assert_eq!(code(&town.market.become_administrator(&old, ada(), "").await), "link_expired");
        let signed_in = town.market.become_administrator(&link, ada(), "").await.unwrap();
        let identity = town.market.identify(&signed_in.key).await.unwrap();
        assert_eq!((identity.role, identity.scopes), (Role::Administrator, Scopes::ALL));
        assert_eq!(town.market.first_start_link().await.unwrap(), None);
        let eve = request("eve@example.org", "Eve", "correct horse");
        assert_eq!(code(&town.market.become_administrator(&link, eve, "").await), "link_expired");
    });
}

#[test]
fn what_has_expired_is_forgotten() {
    everywhere(async |town| {
        ada(&town).await;
        town.later(Span::days(31));
        town.market.purge().await.unwrap();
        for table in
            ["SELECT count(*) FROM sessions", "SELECT count(*) FROM links", "SELECT count(*) FROM letters"]
        {
            assert_eq!(town.place.number(table), 0, "{table}");
        }
    });
}
