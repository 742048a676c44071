//! Accounts from the other side: added, suspended, let back in, given a role.

use super::withdraw::reason;
use crate::bidder_name::BidderName;
use crate::{Email, Identity, Market, Refusal, Role, Scope, password};
use auction::{Actor, Command, Deed, Person, Time, Which};
use store::people::{self, Account, New};
use store::{Tx, bidders, guests};

/// An account that an administrator adds.
#[derive(Clone, Debug)]
pub struct AddUser {
    /// Mail address; taken as confirmed.
    pub email: Email,
    /// Shown name.
    pub name: String,
    /// What the account may do.
    pub role: Role,
}

impl AddUser {
    /// Enters the account; one that exists keeps its password and gets the role.
    pub(super) fn insert(
        &self,
        tx: &mut Tx<'_>,
        password: Option<&str>,
        language: &str,
        now: Time,
    ) -> Result<Person, Refusal> {
        let new = New {
            email: self.email.as_str(),
            email_key: &self.email.key(),
            name: &self.name,
            password,
            role: self.role.word(),
            language,
            confirmed_at: Some(now),
        };
        if let Some(person) = people::insert(tx, &new, now)? {
            return Ok(person);
        }
        let account = people::by_email(tx, &self.email.key())?.ok_or(Refusal::Unknown)?;
        people::confirm(tx, account.person, now)?;
        people::set_role(tx, account.person, self.role.word())?;
        Ok(account.person)
    }
}

impl Market {
    /// Adds an account: the command line's way. No letter is sent; the owner resets the password.
    pub async fn add_user(&self, user: AddUser) -> Result<Person, Refusal> {
        let (now, language) = (self.clock.now(), self.policy.language.clone());
        let person = self.write(move |tx| user.insert(tx, None, &language, now)).await?;
        self.doorkeeper.forget();
        Ok(person)
    }

    /// Sets somebody's password without asking for the old one: for who has the machine.
    pub async fn set_password(&self, person: Person, new: String) -> Result<(), Refusal> {
        password::check(&new).map_err(|problem| Refusal::field("password", problem))?;
        let hash = password::hash(new, self.chance.clone()).await?;
        self.write(move |tx| Ok(people::set_password(tx, person, &hash)?)).await
    }

    /// The account with this address.
    pub async fn account_by_email(&self, email: &Email) -> Result<Account, Refusal> {
        let key = email.key();
        self.read(move |tx| people::by_email(tx, &key)?.ok_or(Refusal::NoSuchPerson)).await
    }

    /// The asker's own account.
    pub async fn own_account(&self, who: &Identity) -> Result<Account, Refusal> {
        who.require(Scope::Read)?;
        let person = who.person;
        self.read(move |tx| people::find(tx, person)?.ok_or(Refusal::NoSuchPerson)).await
    }

    /// Accounts by number, behind one. For moderators.
    pub async fn people(&self, who: &Identity, after: i64, limit: usize) -> Result<Vec<Account>, Refusal> {
        who.require_role(Role::Moderator)?;
        self.read(move |tx| Ok(people::page(tx, after, limit)?)).await
    }

    /// Suspends somebody and cancels the offers that stand. Nobody suspends somebody of an equal or higher role.
    pub async fn suspend(&self, who: &Identity, person: Person, why: &str) -> Result<(), Refusal> {
        let (now, reason) = (self.clock.now(), reason(why, false)?);
        self.set_suspended(who, person, Some(now)).await?;
        self.cancel_standing(person, &reason).await
    }

    /// The same for a bidder of an auction, who may be somebody of another site.
    pub async fn suspend_bidder(
        &self,
        who: &Identity,
        auction: i64,
        bidder: BidderName,
        why: &str,
    ) -> Result<(), Refusal> {
        let person = self.bidder(who, auction, bidder).await?;
        self.suspend(who, person, why).await
    }

    /// Lets a bidder of an auction back in.
    pub async fn unsuspend_bidder(
        &self,
        who: &Identity,
        auction: i64,
        bidder: BidderName,
    ) -> Result<(), Refusal> {
        let person = self.bidder(who, auction, bidder).await?;
        self.unsuspend(who, person).await
    }

    async fn bidder(&self, who: &Identity, auction: i64, bidder: BidderName) -> Result<Person, Refusal> {
        who.require_role(Role::Moderator)?;
        self.read(move |tx| bidder.find(tx, auction)?.ok_or(Refusal::NoSuchPerson)).await
    }

    /// Cancels the offers of suspended people that still stand: the site may have been killed between a suspension
    /// and what follows from it. To be called at a start.
    pub async fn finish_suspensions(&self) -> Result<(), Refusal> {
        for person in self.read(|tx| Ok(bidders::suspended_and_standing(tx)?)).await? {
            self.cancel_standing(person, "").await?;
        }
        Ok(())
    }

    async fn cancel_standing(&self, person: Person, reason: &str) -> Result<(), Refusal> {
        let standing = self.read(move |tx| Ok(bidders::standing_of(tx, person)?)).await?;
        for auction in standing {
            let deed = Deed::Cancel { whose: person, which: Which::All, reason: reason.into() };
            let command = Command { id: self.fresh_id(), by: Actor::Site, version: 0, deed };
            self.auctioneer.ask(auction, command, None).await?;
        }
        Ok(())
    }

    /// Lets somebody back in. Cancelled offers stay cancelled.
    pub async fn unsuspend(&self, who: &Identity, person: Person) -> Result<(), Refusal> {
        self.set_suspended(who, person, None).await
    }

    async fn set_suspended(&self, who: &Identity, person: Person, at: Option<Time>) -> Result<(), Refusal> {
        who.require_role(Role::Moderator)?;
        let role = who.role;
        self.write(move |tx| {
            if guests::is_guest(person) {
                let known = guests::suspend(tx, person, at)?;
                return if known { Ok(()) } else { Err(Refusal::NoSuchPerson) };
            }
            let account = people::find(tx, person)?.ok_or(Refusal::NoSuchPerson)?;
            if Role::of(&account) >= role {
                return Err(Refusal::NotPermitted);
            }
            Ok(people::suspend(tx, person, at)?)
        })
        .await?;
        self.doorkeeper.forget();
        Ok(())
    }
}
