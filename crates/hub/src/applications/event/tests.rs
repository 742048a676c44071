//! Events: the vectors of the specifications, and tables of what breaks a rule.

mod delivering;

use super::*;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// The examples of the JSON format, section 3.2 (v1.0.2). The base64 that is only hinted at there is real here.
const EXAMPLES: [&str; 4] = [
    r#"{ "specversion" : "1.0", "type" : "com.example.someevent", "source" : "/mycontext", "id" : "A234-1234-1234",
        "time" : "2018-04-05T17:31:00Z", "comexampleextension1" : "value", "comexampleothervalue" : 5,
        "datacontenttype" : "application/vnd.apache.thrift.binary", "data_base64" : "AAEC/w==" }"#,
    r#"{ "specversion" : "1.0", "type" : "com.example.someevent", "source" : "/mycontext", "id" : "B234-1234-1234",
        "time" : "2018-04-05T17:31:00Z", "comexampleextension1" : "value", "comexampleothervalue" : 5,
        "unsetextension": null, "datacontenttype" : "application/xml", "data" : "<much wow=\"xml\"/>" }"#,
    r#"{ "specversion" : "1.0", "type" : "com.example.someevent", "source" : "/mycontext", "subject": null,
        "id" : "C234-1234-1234", "time" : "2018-04-05T17:31:00Z", "comexampleextension1" : "value",
        "comexampleothervalue" : 5, "datacontenttype" : "application/json",
        "data" : { "appinfoA" : "abc", "appinfoB" : 123, "appinfoC" : true } }"#,
    r#"{ "specversion" : "1.0", "type" : "com.example.someevent", "source" : "/mycontext", "subject": null,
        "id" : "D234-1234-1234", "time" : "2018-04-05T17:31:00Z", "comexampleextension1" : "value",
        "comexampleothervalue" : 5, "data" : "I'm just a string" }"#,
];

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&str, &str)| {
        (HeaderName::from_bytes(name.as_bytes()).unwrap(), HeaderValue::from_bytes(value.as_bytes()).unwrap())
    };
    // Collecting would keep one of two headers with the same name.
    let mut map = HeaderMap::new();
    for (name, value) in pairs.iter().map(pair) {
        map.append(name, value);
    }
    map
}

/// The example of the HTTP binding, section 3.1.4.
const BINARY: [(&str, &str); 6] = [
    ("ce-specversion", "1.0"),
    ("ce-type", "com.example.someevent"),
    ("ce-time", "2018-04-05T03:56:24Z"),
    ("ce-id", "1234-1234-1234"),
    ("ce-source", "/mycontext/subcontext"),
    ("content-type", "application/json; charset=utf-8"),
];

fn binary(more: &[(&str, &str)], body: &[u8]) -> Result<Value, Fault> {
    let replaced = BINARY.iter().filter(|(name, _)| !more.iter().any(|(other, _)| name == other));
    let all: Vec<_> = replaced.chain(more.iter().filter(|(_, value)| *value != "-")).copied().collect();
    Event::binary(&headers(&all), body).map(|event| serde_json::from_str(&event.text).unwrap())
}

#[test]
fn the_examples_of_the_json_format_are_kept_letter_for_letter() {
    for example in EXAMPLES {
        let event = Event::structured(&format!("\n{example} ")).unwrap();
        assert_eq!(event.text, example);
        assert_eq!((event.source.as_str(), event.kind.as_str()), ("/mycontext", "com.example.someevent"));
        assert!(event.id.ends_with("234-1234-1234"));
    }
}

#[test]
fn the_example_of_the_http_binding_is_written_down_as_json() {
    let event = binary(&[], br#"{ "a": 1.10 }"#).unwrap();
    assert_eq!(
        event,
        json!({ "specversion": "1.0", "type": "com.example.someevent", "time": "2018-04-05T03:56:24Z",
                "id": "1234-1234-1234", "source": "/mycontext/subcontext",
                "datacontenttype": "application/json; charset=utf-8", "data": { "a": 1.1 } })
    );
}

#[test]
fn data_is_written_so_that_the_same_bytes_come_out() {
    for (media_type, body, member, value) in [
        ("application/json", &br#""I'm just a string""#[..], "data", json!("I'm just a string")),
        ("application/vnd.a+json", b"[1]", "data", json!([1])),
        ("application/json", b"not json", "data_base64", json!("bm90IGpzb24=")),
        ("application/json; charset=utf-16", b"[]", "data_base64", json!("W10=")),
        ("application/xml", br#"<much wow="xml"/>"#, "data", json!("<much wow=\"xml\"/>")),
        ("text/plain", b"\xff", "data_base64", json!("/w==")),
        ("text/plain; charset=iso-8859-1", b"a", "data_base64", json!("YQ==")),
        ("application/vnd.apache.thrift.binary", b"\x00\x01\x02\xff", "data_base64", json!("AAEC/w==")),
        ("-", b"abc", "data_base64", json!("YWJj")),
    ] {
        let event = binary(&[("content-type", media_type)], body).unwrap();
        assert_eq!(event[member], value, "{media_type}");
        // What was written is an event itself.
        Event::structured(&event.to_string()).unwrap();
    }
    let empty = binary(&[], b"").unwrap();
    assert!(empty.get("data").is_none() && empty.get("data_base64").is_none());
}

#[test]
fn headers_are_decoded_as_the_binding_says() {
    for (sent, means) in [
        // The example of section 3.1.3.2.
        ("Euro%20%E2%82%AC%20%F0%9F%98%80", "Euro € 😀"),
        ("euro%20%e2%82%ac", "euro €"),
        ("%41%62c", "Abc"),
        // Written by earlier versions.
        (r#""a \"quoted\" word""#, "a \"quoted\" word"),
        (r#""back\\slash""#, "back\\slash"),
        ("Euro € raw", "Euro € raw"),
        // One round, no more; and what is no code stands for itself.
        ("100%2525", "100%25"),
        ("100%", "100%"),
    ] {
        let event = binary(&[("ce-subject", sent)], b"1").unwrap();
        assert_eq!(event["subject"], means, "{sent}");
    }
    // An overlong space.
    assert_eq!(binary(&[("ce-subject", "%C0%A0")], b"").unwrap_err(), Fault::new("subject", "not_utf8"));
}

#[test]
fn an_event_says_the_same_however_it_is_written() {
    let attributes = [("ce-count", "5"), ("content-type", "application/json")];
    let pairs: Vec<_> =
        BINARY.iter().filter(|(name, _)| *name != "content-type").copied().chain(attributes).collect();
    let sent = Event::binary(&headers(&pairs), br#"{"b": [1, 2], "a": "x"}"#).unwrap();
    let written = |data: &str| {
        let text = format!(
            r#"{{"type":"com.example.someevent","count":5,"id":"1234-1234-1234","subject":null,"specversion":"1.0",
            "source":"/mycontext/subcontext","time":"2018-04-05T03:56:24Z","datacontenttype":"application/json",{data}}}"#
        );
        Event::structured(&text).unwrap().content
    };
    assert_eq!(written(r#""data":{"a":"x","b":[1,2]}"#), sent.content);
    assert_eq!(written(r#""data_base64":"eyJhIjoieCIsImIiOlsxLDJdfQ==""#), sent.content);
    for other in [r#""data":{"a":"x","b":[2,1]}"#, r#""data":"x""#, r#""data":null"#, r#""data_base64":null"#]
    {
        assert_ne!(written(other), sent.content, "{other}");
    }
    let text = |data: &str| {
        let text = format!(
            r#"{{"specversion":"1.0","id":"1","source":"/a","type":"b","datacontenttype":"text/plain",{data}}}"#
        );
        Event::structured(&text).unwrap().content
    };
    assert_eq!(text(r#""data":"abc""#), text(r#""data_base64":"YWJj""#));
}

#[test]
fn a_string_says_the_same_with_escapes_and_without() {
    let said = |subject: &str, data: &str| {
        let text = format!(
            r#"{{"specversion":"1.0","id":"1","source":"/a","type":"b","subject":{subject},"data":{data}}}"#
        );
        Event::structured(&text).unwrap().content
    };
    let plain = said(r#""ab""#, r#""x/y""#);
    for (subject, data) in
        [(r#""a\u0062""#, r#""x/y""#), (r#""ab""#, r#""x\/y""#), (r#""\u0061b""#, r#""\u0078/y""#)]
    {
        assert_eq!(said(subject, data), plain, "{subject} {data}");
    }
    // What looks like an escape is text once it is escaped itself.
    assert_ne!(said(r#""a\\u0062""#, r#""x/y""#), plain);
    // Text is not its own JSON.
    assert_ne!(said(r#""ab""#, r#"1"#), said(r#""ab""#, r#""1""#));
}

/// Sent by the Python SDK, which does not encode for headers (seen with 2.2).
#[test]
fn a_uri_that_was_not_encoded_for_the_header_keeps_its_own_codes() {
    for (sent, means) in [
        ("/shop/%C3%A4", "/shop/%C3%A4"),
        ("/a%20b", "/a%20b"),
        ("/shop/%25C3%25A4", "/shop/%C3%A4"),
        ("/%61", "/a"),
    ] {
        let event = binary(&[("ce-source", sent)], b"1").unwrap();
        assert_eq!(event["source"], means, "{sent}");
    }
}

#[test]
fn the_order_of_headers_does_not_matter() {
    let mut other = BINARY;
    other.reverse();
    let events = [BINARY, other].map(|order| Event::binary(&headers(&order), b"1").unwrap());
    assert_eq!(events[0], events[1]);
}

#[test]
fn headers_that_break_a_rule_are_refused_by_name() {
    for (more, field, problem) in [
        (&[("ce-id", "-")][..], "id", "missing"),
        (&[("ce-source", "-")], "source", "missing"),
        (&[("ce-type", "-")], "type", "missing"),
        (&[("ce-specversion", "-")], "specversion", "missing"),
        (&[("ce-specversion", "0.3")], "specversion", "not_1_0"),
        (&[("ce-id", "")], "id", "empty"),
        (&[("ce-source", "a b")], "source", "not_a_uri_reference"),
        (&[("ce-time", "yesterday")], "time", "not_a_time"),
        (&[("ce-subject", "a%0Ab")], "subject", "disallowed_characters"),
        (&[("ce-my_extension", "1")], "my_extension", "not_a_name"),
        (&[("ce-data", "1")], "data", "not_a_name"),
        (&[("ce-datacontenttype", "text/plain")], "datacontenttype", "not_alone"),
        (&[("content-type", "json")], "datacontenttype", "not_a_media_type"),
        (&[("ce-id", "1"), ("ce-id", "2")], "id", "twice"),
    ] {
        assert_eq!(binary(more, b"").unwrap_err(), Fault::new(field, problem), "{more:?}");
    }
}

/// An event with a member replaced, or taken out when the new value is `Null` in quotes.
fn with(name: &str, value: &str) -> Result<Event, Fault> {
    let base = [("specversion", r#""1.0""#), ("id", r#""1""#), ("source", r#""/a""#), ("type", r#""b""#)];
    let kept = base.iter().filter(|(other, _)| *other != name).copied();
    let members: Vec<_> =
        kept.chain([(name, value)].into_iter().filter(|(_, value)| !value.is_empty())).collect();
    let text: Vec<_> = members.iter().map(|(name, value)| format!("{name:?}:{value}")).collect();
    Event::structured(&format!("{{{}}}", text.join(",")))
}

#[test]
fn members_that_break_a_rule_are_refused_by_name() {
    for (name, value, problem) in [
        ("id", "", "missing"),
        ("id", "null", "missing"),
        ("id", r#""""#, "empty"),
        ("id", "7", "wrong_type"),
        ("source", r#""http://[""#, "not_a_uri_reference"),
        ("source", r#""a%zz""#, "not_a_uri_reference"),
        ("type", "true", "wrong_type"),
        ("specversion", r#""1.0.2""#, "not_1_0"),
        ("specversion", "1.0", "wrong_type"),
        ("subject", r#""""#, "empty"),
        ("dataschema", r#""/relative""#, "not_a_uri"),
        ("datacontenttype", r#""text""#, "not_a_media_type"),
        ("time", r#""2018-04-05 17:31:00Z""#, "not_a_time"),
        ("time", r#""2018-04-05T17:31:00""#, "not_a_time"),
        ("time", r#""2018-13-05T17:31:00Z""#, "not_a_time"),
        ("expirytime", r#""soon""#, "not_a_time"),
        ("ext", "1.5", "wrong_type"),
        ("ext", "2147483648", "wrong_type"),
        ("ext", "[]", "wrong_type"),
        ("ext", r#""a\u0007""#, "disallowed_characters"),
        ("ext", r#""a\uFFFF""#, "disallowed_characters"),
        ("ext", r#""\uDEAD""#, "wrong_type"),
        ("Ext", "1", "not_a_name"),
        ("my-ext", "1", "not_a_name"),
        ("", "1", "not_a_name"),
        ("data_base64", r#""?""#, "not_base64"),
        ("data_base64", "5", "not_base64"),
    ] {
        assert_eq!(with(name, value).unwrap_err(), Fault::new(name, problem), "{name} {value}");
    }
    for wrong in ["[]", "1", "{", r#"{"id":}"#] {
        assert_eq!(Event::structured(wrong).unwrap_err(), Fault::new("", "wrong_type"), "{wrong}");
    }
    let twice = r#"{"specversion":"1.0","id":"1","id":"2","source":"/a","type":"b"}"#;
    assert_eq!(Event::structured(twice).unwrap_err(), Fault::new("id", "twice"));
    let both = r#"{"specversion":"1.0","id":"1","source":"/a","type":"b","data":1,"data_base64":"AA=="}"#;
    assert_eq!(Event::structured(both).unwrap_err(), Fault::new("data_base64", "not_alone"));
    let xml =
        r#"{"specversion":"1.0","id":"1","source":"/a","type":"b","datacontenttype":"a/xml","data":{}}"#;
    assert_eq!(Event::structured(xml).unwrap_err(), Fault::new("data", "wrong_type"));
}

#[test]
fn what_keeps_the_rules_is_taken() {
    for (name, value) in [
        ("source", r#""1-555-123-4567""#),
        ("source", r#""urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66""#),
        ("source", r#""mailto:cncf-wg-serverless@lists.cncf.io""#),
        ("time", r#""2018-04-05t17:31:00.123456789+02:00""#),
        ("time", r#""1937-01-01T12:00:27.87+00:20""#),
        ("time", "null"),
        ("ext", "true"),
        ("ext", "-2147483648"),
        ("ext", r#""""#),
        ("ext", r#""\uD83D\uDE00""#),
        ("data", "null"),
        ("data", "[1, 2.5e300]"),
        ("data_base64", "null"),
        ("dataschema", r#""https://example.org/schema#a""#),
    ] {
        with(name, value).unwrap_or_else(|fault| panic!("{name} {value}: {fault:?}"));
    }
}

#[test]
fn an_expiry_becomes_whole_seconds() {
    let event = with("expirytime", r#""1970-01-01T00:00:10.5Z""#).unwrap();
    assert_eq!(event.ttl(Time(0)), Some(11));
    assert_eq!(event.ttl(Time(10_000_000)), Some(1));
    assert_eq!(event.ttl(Time(10_500_000)), None);
    assert_eq!(with("ext", "1").unwrap().ttl(Time(0)), Some(0));
}
