//! Somebody opens an account. A letter asks to confirm the address.

use crate::letters::Kind;
use crate::{Email, FieldProblem, Market, Refusal, password, secret};
use auction::Span;
use store::people::{self, New};
use store::{keys, letters};

/// What a person gives to register.
#[derive(Clone, Debug)]
pub struct Register {
    /// Mail address.
    pub email: String,
    /// Shown name.
    pub name: String,
    /// Password, 8 characters or more.
    pub password: String,
}

/// How long a link to confirm works.
const CONFIRM_WITHIN: Span = Span::hours(24);

/// How long a link to reset works.
pub(super) const RESET_WITHIN: Span = Span::hours(2);

impl Market {
    /// Registers. The answer is the same whether or not the address has an account: its owner learns it from the
    /// letter.
    pub async fn register(&self, request: Register) -> Result<(), Refusal> {
        if !self.policy.registration_open {
            return Err(Refusal::RegistrationClosed);
        }
        let (email, name) = check_account(&request.email, &request.name, Some(&request.password))?;
        // Every registration is a letter to somebody who may not have asked for it.
        self.doorkeeper.letter(&email.key(), self.clock.now())?;
        let hash = password::hash(request.password, self.chance.clone()).await?;
        let (now, key, message_id) = (self.clock.now(), self.chance.secret(), self.message_id());
        let language = self.policy.language.clone();
        self.write(move |tx| {
            let new = New {
                email: email.as_str(),
                email_key: &email.key(),
                name: &name,
                password: Some(&hash),
                role: "user",
                language: &language,
                confirmed_at: None,
            };
            let (person, kind, within) = match people::insert(tx, &new, now)? {
                Some(person) => (person, Kind::Confirm, CONFIRM_WITHIN),
                None => {
                    let account = people::by_email(tx, &email.key())?.ok_or(Refusal::Unknown)?;
                    // Two have typed a password for an address that neither has shown to be theirs. Neither counts:
                    // whoever reads the letter sets one.
                    people::renew(tx, account.person, &name)?;
                    keys::drop_links(tx, account.person, Kind::Confirm.word())?;
                    (account.person, Kind::Reset, RESET_WITHIN)
                }
            };
            keys::add_link(tx, &secret::hash(&key), kind.word(), Some(person), now, now + within)?;
            let letter = letters::New {
                message_id: &message_id,
                kind: kind.word(),
                person,
                auction: None,
                secret: Some(&key),
                due_at: now,
            };
            Ok(letters::insert(tx, &letter, now)?)
        })
        .await
    }
}

/// Longest shown name, in characters.
const NAME_LONGEST: usize = 60;

/// Checks what a new account is made of; all problems at once.
pub(super) fn check_account(
    email: &str,
    name: &str,
    password: Option<&str>,
) -> Result<(Email, String), Refusal> {
    let mut problems = Vec::new();
    let mut note = |field, problem| problems.push(FieldProblem { field, problem });
    let email = Email::parse(email);
    if email.is_none() {
        note("email", "not_an_address");
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => note("name", "missing"),
        n if n > NAME_LONGEST => note("name", "too_long"),
        _ if name.chars().any(char::is_control) => note("name", "control_characters"),
        _ => {}
    }
    if let Some(Err(problem)) = password.map(password::check) {
        note("password", problem);
    }
    match email {
        Some(email) if problems.is_empty() => Ok((email, name)),
        _ => Err(Refusal::Malformed(problems)),
    }
}
