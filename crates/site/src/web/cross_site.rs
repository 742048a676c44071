//! Was a form sent from a page of another site? Then a stranger wrote it, and nothing is done.

use http::{HeaderMap, Method, Uri, header};

/// Whether this request would change something and was sent from another site.
///
/// Every browser of today says in `Sec-Fetch-Site` where a request comes from. Older ones say it in `Origin`, which
/// must then be the host that was asked, or the address that people type: a proxy may have changed the host.
/// Who sends neither is no browser, and carries nobody's cookies but its own.
pub(super) fn is_cross_site(method: &Method, headers: &HeaderMap, public_url: &str) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    match (text("sec-fetch-site"), text(header::ORIGIN.as_str())) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            origin != public_url && authority(origin).as_deref() != text(header::HOST.as_str())
        }
        (None, None) => false,
    }
}

fn authority(origin: &str) -> Option<String> {
    let uri: Uri = origin.parse().ok()?;
    uri.authority().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn refused(method: Method, headers: &[(&'static str, &str)]) -> bool {
        let pair = |(name, value): &(&'static str, &str)| (name.parse().unwrap(), value.parse().unwrap());
        let headers: HeaderMap = headers.iter().map(pair).collect();
        is_cross_site(&method, &headers, "https://auctions.example")
    }

    #[test]
    fn reading_is_free_for_everybody() {
        assert!(!refused(Method::GET, &[("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn a_form_of_another_site_is_refused() {
        let host = ("host", "auctions.example");
        for (headers, no) in [
            (vec![("sec-fetch-site", "same-origin")], false),
            (vec![("sec-fetch-site", "none")], false),
            (vec![("sec-fetch-site", "same-site")], true),
            (vec![("sec-fetch-site", "cross-site"), host, ("origin", "https://auctions.example")], true),
            (vec![host, ("origin", "https://auctions.example")], false),
            (vec![("host", "inside:8080"), ("origin", "https://auctions.example")], false),
            (vec![host, ("origin", "https://auctions.example.evil")], true),
            (vec![host, ("origin", "null")], true),
            (vec![host], false),
        ] {
            assert_eq!(refused(Method::POST, &headers), no, "{headers:?}");
        }
    }
}
