//! My account: who I am here, and the tokens of my programs.

use super::filled::Filled;
use super::frame::Frame;
use super::posted::{Number, Posted};
use super::visit::{Page, Visit, see_other};
use super::written::Moment;
use askama::Template;
use market::{Refusal, Role, Scope, Scopes};
use store::people::Account;

/// Tokens of a page: nobody keeps track of more.
const TOKENS: usize = 100;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Frame,
    form: Filled,
    account: Account,
    since: Moment,
    tokens: Vec<TokenRow>,
    scopes: Vec<(&'static str, String)>,
    /// The key of a token that was just made.
    key: Option<String>,
}

struct TokenRow {
    id: i64,
    name: String,
    scopes: String,
    made: Moment,
    revoked: Option<Moment>,
}

/// `GET /my/account`
pub(super) async fn page(visit: Visit) -> Page {
    show(&visit, Filled::default(), None).await
}

/// `POST /my/account/tokens`: the key is on the page that answers, and never again.
pub(super) async fn create(Posted(visit, form): Posted) -> Page {
    let who = visit.who("/my/account")?;
    let words: Vec<&str> = form.values("scopes").collect();
    let Some(scopes) = Scopes::parse(&words.join(" ")) else {
        return show(&visit, form.flawed("scopes", "missing", &visit), None).await;
    };
    match visit.market().create_token(who, form.value("name"), scopes).await {
        Ok(token) => show(&visit, Filled::default(), Some(token.key)).await,
        Err(refusal) => show(&visit, form.refused(&refusal, &visit), None).await,
    }
}

/// `POST /my/account/tokens/{id}/revoke`
pub(super) async fn revoke(Number(id): Number, Posted(visit, _): Posted) -> Page {
    let who = visit.who("/my/account")?;
    match visit.market().revoke_token(who, id).await {
        // It is gone either way.
        Ok(()) | Err(Refusal::NoSuchToken) => Ok(see_other("/my/account#tokens")),
        Err(refusal) => Ok(visit.refuse(&refusal)),
    }
}

async fn show(visit: &Visit, form: Filled, key: Option<String>) -> Page {
    let who = visit.who("/my/account")?;
    let account = visit.market().own_account(who).await.map_err(|refusal| visit.refuse(&refusal))?;
    let tokens = visit.market().tokens(who, 0, TOKENS).await.map_err(|refusal| visit.refuse(&refusal))?;
    let row = |token: store::keys::Token| TokenRow {
        id: token.id,
        name: token.name,
        scopes: token.scopes,
        made: visit.brief(token.created_at),
        revoked: token.revoked_at.map(|at| visit.brief(at)),
    };
    let shown = AccountPage {
        page: visit.frame(visit.words("account-title", &[])),
        since: visit.minute(account.created_at),
        account,
        tokens: tokens.into_iter().map(row).collect(),
        scopes: offered(visit, who.role),
        key,
        form,
    };
    Ok(visit.page(shown.form.status(), &shown))
}

/// The scopes that make sense for a role, with what they allow.
fn offered(visit: &Visit, role: Role) -> Vec<(&'static str, String)> {
    let useful = |scope: &Scope| *scope != Scope::Moderate || role >= Role::Moderator;
    let say = |scope: Scope| {
        let word = scope.word();
        (word, visit.words(&format!("scope-{word}"), &[]))
    };
    Scope::ALL.into_iter().filter(useful).map(say).collect()
}
