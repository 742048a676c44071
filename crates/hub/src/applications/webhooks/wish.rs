//! What an application asks for when it registers a webhook.

use super::super::messages::{BATCH_MOST, Filter};
use super::super::problem::Problem;
use http::Uri;
use serde_json::{Map, Value};

/// A webhook as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) url: String,
    pub(super) filter: Filter,
    /// More than one event at once only if the receiver says so: batches "MUST NOT be used unless solicited".
    pub(super) batch: u16,
    /// The requests a minute to ask for.
    pub(super) rate: Option<u32>,
    pub(super) from_oldest: bool,
}

impl Wish {
    /// Reads the body of a request.
    pub(super) fn read(body: &[u8]) -> Result<Wish, Problem> {
        let fields: Map<String, Value> =
            serde_json::from_slice(body).map_err(|_| Problem::new("not_json"))?;
        let mut wish =
            Wish { url: String::new(), filter: Filter::default(), batch: 1, rate: None, from_oldest: false };
        for (name, value) in &fields {
            wish.take(name, value)?;
        }
        if wish.url.is_empty() { Err(wrong("url", "must be there")) } else { Ok(wish) }
    }

    fn take(&mut self, name: &str, value: &Value) -> Result<(), Problem> {
        let whole = |most: u64| value.as_u64().filter(|number| (1..=most).contains(number));
        match name {
            "url" => {
                self.url = url(value)
                    .ok_or_else(|| wrong(name, "must be an address such as https://example.org/hook"))?
            }
            "types" => {
                self.filter.types = words(value).ok_or_else(|| wrong(name, "must be a list of texts"))?
            }
            "sources" => {
                self.filter.sources = words(value).ok_or_else(|| wrong(name, "must be a list of texts"))?
            }
            "own" => self.filter.own = value.as_bool().ok_or_else(|| wrong(name, "must be true or false"))?,
            "batch" => {
                let batch =
                    whole(BATCH_MOST as u64).ok_or_else(|| wrong(name, "must be a number from 1 to 256"))?;
                self.batch = batch as u16;
            }
            "rate" => {
                let rate =
                    whole(1_000_000).ok_or_else(|| wrong(name, "must be a number from 1 to 1000000"))?;
                self.rate = Some(rate as u32);
            }
            "from" => match value.as_str() {
                Some("oldest") => self.from_oldest = true,
                Some("now") => self.from_oldest = false,
                _ => return Err(wrong(name, "must be \"now\" or \"oldest\"")),
            },
            _ => {
                return Err(wrong(
                    name,
                    "is no field of a webhook: url, types, sources, own, batch, rate, from",
                ));
            }
        }
        Ok(())
    }
}

fn wrong(name: &str, says: &str) -> Problem {
    Problem::because("invalid_webhook", format!("`{name}` {says}"))
}

fn url(value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let uri: Uri = text.parse().ok()?;
    let plain =
        matches!(uri.scheme_str(), Some("https" | "http")) && !uri.authority()?.as_str().contains('@');
    (plain && text.len() <= 2000 && !text.contains('#')).then(|| text.to_owned())
}

fn words(value: &Value) -> Option<Vec<String>> {
    let words = value.as_array().filter(|words| words.len() <= 100)?;
    words.iter().map(|word| word.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_named() {
        for (body, named) in [
            (r#"{"url":"ftp://a/"}"#, "`url`"),
            (r#"{"url":"https://a:b@c/"}"#, "`url`"),
            (r#"{"url":"/hook"}"#, "`url`"),
            (r#"{"url":7}"#, "`url`"),
            ("{}", "`url`"),
            (r#"{"url":"https://a/","batch":0}"#, "`batch`"),
            (r#"{"url":"https://a/","batch":257}"#, "`batch`"),
            (r#"{"url":"https://a/","rate":1.5}"#, "`rate`"),
            (r#"{"url":"https://a/","types":"a"}"#, "`types`"),
            (r#"{"url":"https://a/","own":"no"}"#, "`own`"),
            (r#"{"url":"https://a/","from":"yesterday"}"#, "`from`"),
            (r#"{"url":"https://a/","secret":"x"}"#, "`secret`"),
        ] {
            let problem = Wish::read(body.as_bytes()).unwrap_err();
            assert_eq!(problem.code, "invalid_webhook");
            assert!(
                problem.detail.as_deref().is_some_and(|words| words.starts_with(named)),
                "{body}: {problem:?}"
            );
        }
        assert_eq!(Wish::read(b"[]").unwrap_err().code, "not_json");
    }
}
