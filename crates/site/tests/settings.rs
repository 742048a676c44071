//! What an operator writes and what the site makes of it.

#![allow(clippy::unwrap_used)]

use site::settings::{Database, Listen, Overrides, Problems, Registration, Settings, Table, Transport};
use std::collections::BTreeSet;
use std::path::Path;

/// What comes of a file (if it has text), variables without their prefix, and flags.
fn load(file: &str, variables: &[(&str, &str)], flags: Overrides) -> Result<Settings, Problems> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("site.toml");
    std::fs::write(&path, file).unwrap();
    let variables =
        variables.iter().map(|(name, text)| (format!("ANUKO_AUCTION_{name}"), (*text).to_owned()));
    Settings::load(&flags, variables, Some(&path).filter(|_| !file.is_empty()).map(Path::new))
}

fn from_file(text: &str) -> Result<Settings, Problems> {
    load(text, &[], Overrides::default())
}

/// All problems without the folder of the file.
fn problems(result: Result<Settings, Problems>) -> Vec<String> {
    let problems = result.unwrap_err().0;
    let lines = problems.iter().map(ToString::to_string);
    lines.map(|line| line.split("site.toml:").last().unwrap().to_owned()).collect()
}

#[test]
fn without_a_word_everything_has_a_sane_value() {
    let settings = from_file("").unwrap();
    assert_eq!(settings.listen, [Listen::Localhost(8080)]);
    assert_eq!(settings.data, Path::new("./data"));
    assert_eq!(settings.mail_folder(), Path::new("./data/mail"));
    assert_eq!(settings.database, Database::Embedded);
    assert_eq!(settings.public_url.as_str(), "http://localhost:8080");
    assert_eq!((settings.currency.code(), settings.currency.exponent()), ("EUR", 2));
    assert_eq!(settings.currencies, [settings.currency]);
    assert_eq!(settings.time_zone.iana_name(), Some("UTC"));
    assert_eq!(settings.mail.transport, Transport::Folder);
    assert_eq!(settings.mail.retry_seconds.len(), 8);
    assert_eq!(settings.limits.body_bytes, 65536);
    assert!(!settings.allow_short_auctions && settings.warnings().is_empty());
    assert!(!settings.trusts("127.0.0.1".parse().unwrap()));
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_the_default() {
    let file = "data = \"file\"\nname = \"File\"\nreaders = 7";
    let variables = [("DATA", "variable"), ("NAME", "Variable")];
    let flags = Overrides { data: Some("flag".to_owned()), ..Overrides::default() };
    let settings = load(file, &variables, flags).unwrap();
    assert_eq!(settings.data, Path::new("flag"));
    assert_eq!(settings.name, "Variable");
    assert_eq!((settings.readers, settings.workers), (7, 0));
}

#[test]
fn everything_can_be_said_in_the_environment() {
    let variables = [
        ("LISTEN", "0.0.0.0:80, [::]:80"),
        ("CURRENCIES", "EUR,JPY,KWD"),
        ("APPROVAL", "true"),
        ("REGISTRATION", "closed"),
        ("STEP_POWER", "-2"),
        ("MAIL_RETRY_SECONDS", "1,1,2"),
        ("LIMITS_BIDS_PER_SECOND_PER_PERSON", "0"),
        ("TRUSTED_PROXIES", "10.0.0.0/8"),
        ("DATABASE", ""),
        ("CONFIG", "elsewhere.toml"),
    ];
    let settings = load("", &variables, Overrides::default()).unwrap();
    assert_eq!(settings.listen.len(), 2);
    let exponents: Vec<_> = settings.currencies.iter().map(|one| one.exponent()).collect();
    assert_eq!(exponents, [2, 0, 3]);
    assert!(settings.approval && settings.registration == Registration::Closed);
    assert_eq!((settings.step_power, settings.limits.bids_per_second_per_person), (-2, 0));
    assert_eq!(settings.mail.retry_seconds, [1, 1, 2]);
    assert!(settings.trusts("::ffff:10.1.2.3".parse().unwrap()));
}

#[test]
fn letters_link_to_where_the_site_listens_unless_it_has_a_name() {
    let settings = from_file("listen = [\"127.0.0.1:9000\"]").unwrap();
    assert_eq!(settings.public_url.page("/items/7"), "http://localhost:9000/items/7");
    let settings = from_file("public_url = \"https://Auctions.Example.org/\"").unwrap();
    assert_eq!(settings.public_url.as_str(), "https://auctions.example.org");
    assert!(settings.public_url.is_secure() && settings.public_url.host() == "auctions.example.org");
}

#[test]
fn all_problems_are_told_at_once_each_with_its_line_and_a_guess() {
    let file = "lissten = [\"localhost:80\"]\nreaders = 0\ncolour = 1\n\n[mail]\ntransprot = \"smtp\"\nfrom = 7\n\n[mial]\nletters_per_minute = 3";
    let variables = [("REDAERS", "3"), ("READERS", "many"), ("LOG_LEVEL", "inof")];
    let flags = Overrides { listen: Some("8080".to_owned()), ..Overrides::default() };
    let said = problems(load(file, &variables, flags));
    let expected = [
        "1: `lissten`: there is no such setting; did you mean `listen`?",
        "3: `colour`: there is no such setting; `anuko-auction print-config` shows all settings",
        "6: `mail.transprot`: there is no such setting; did you mean `mail.transport`?",
        "10: `mial.letters_per_minute`: there is no such setting; did you mean `mail.letters_per_minute`?",
        "ANUKO_AUCTION_REDAERS: there is no such variable of the environment; did you mean ANUKO_AUCTION_READERS?",
        "--listen: `listen`: must be a list of 1 to 16, each an address with a port such as \"localhost:8080\", \"0.0.0.0:80\" or \"[::]:80\", not \"8080\"",
        "2: `readers`: must be a whole number from 1 to 256, not 0",
        "ANUKO_AUCTION_READERS: `readers`: must be a whole number from 1 to 256, not \"many\"",
        "7: `mail.from`: must be a mail address such as \"noreply@example.org\" or \"Auctions <noreply@example.org>\", not 7",
        "ANUKO_AUCTION_LOG_LEVEL: `log.level`: must be off, error, warn, info, debug, trace, or such with parts: \"info,market=debug\", not \"inof\"",
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_wrong_value_is_refused() {
    for wrong in [
        "database = \"mysql://host/site\"",
        "public_url = \"auctions.example.org\"",
        "public_url = \"https://example.org/auctions\"",
        "public_url = \"ftp://example.org\"",
        "name = \"\"",
        "name = \"two\\nlines\"",
        "language = \"tlh\"",
        "currency = \"EURO\"",
        "currency = \"XAU\"",
        "currency = \"eur\"",
        "currencies = [\"USD\"]",
        "time_zone = \"Atlantis\"",
        "step_power = 7",
        "registration = \"maybe\"",
        "workers = -1",
        "trusted_proxies = [\"10.0.0.0/40\"]",
        "mail.transport = \"pigeon\"",
        "mail.transport = \"smtp\"",
        "mail.smtp_url = \"http://host\"",
        "mail.smtp_url = \"smtp://host?starttls=true\"",
        "mail.smtp_url = \"smtps://ann@host\"",
        "mail.from = \"nobody\"",
        "mail.from = \"A\\nB <a@b.org>\"",
        "mail.retry_seconds = [0]",
        "limits.body_bytes = 0",
        "limits.requests_burst_per_address = 0",
    ] {
        let said = from_file(wrong).map(|_| "nothing").unwrap_err();
        assert_eq!(said.0.len(), 1, "{wrong}: {said}");
    }
}

#[test]
fn a_right_value_is_taken() {
    for right in [
        "database = \"postgres://ann:secret@host/site\"",
        "time_zone = \"Europe/Vienna\"",
        "currencies = [\"EUR\", \"USD\"]",
        "mail.from = \"ann@example.org\"",
        "mail.smtp_url = \"smtp://ann:se%40cret@host:587?tls=required\"\nmail.transport = \"smtp\"",
        "log.level = \"warn,market=debug,site::web=trace\"",
    ] {
        from_file(right).unwrap();
    }
}

#[test]
fn no_secret_is_printed_or_complained_about() {
    let secrets =
        "database = \"postgres://ann:verysecret@host/site\"\nmail.smtp_url = \"smtps://ann:verysecret@host\"";
    let settings = from_file(secrets).unwrap();
    let shown = format!("{settings:?}{}", settings.print());
    assert!(shown.contains("ann:***@host") && !shown.contains("verysecret"), "{shown}");
    let wrong =
        "database = \"postgre://ann:verysecret@host\"\nmail.smtp_url = \"smtp://ann:verysecret@host?x\"";
    let said = problems(from_file(wrong));
    assert!(said.len() == 2 && !said.concat().contains("verysecret"), "{said:?}");
}

#[test]
fn what_is_printed_can_be_read_and_means_the_same() {
    for file in [
        "",
        "name = \"Ann's \\\"best\\\" ☂\"\nlisten = [\"[::1]:80\", \"localhost:81\"]\ncurrency = \"JPY\"\ntrusted_proxies = [\"10.0.0.0/8\", \"::1\"]\n[mail]\nfrom = '\"A, B\" <a@b.org>'\nretry_seconds = [1]",
    ] {
        let settings = from_file(file).unwrap();
        assert_eq!(from_file(&settings.print()).unwrap(), settings, "{}", settings.print());
    }
}

#[test]
fn every_setting_is_explained_and_has_a_variable_of_its_own() {
    let table = Settings::table();
    let variables: BTreeSet<_> = table.iter().map(|setting| &setting.variable).collect();
    assert_eq!(variables.len(), table.len());
    for setting in &table {
        assert!(setting.says.ends_with('.') && setting.says.len() > 20, "{}", setting.key);
        assert!(Settings::document().contains(&format!("| `{}` |", setting.key)));
    }
}

#[test]
fn doctor_hears_of_what_should_not_surprise_anybody() {
    for (file, key) in [
        ("allow_short_auctions = true", "allow_short_auctions"),
        ("allow_private_addresses = true", "allow_private_addresses"),
        ("mail.transport = \"memory\"", "mail.transport"),
        ("public_url = \"https://a.org\"", "mail.transport"),
        (
            "public_url = \"http://a.org\"\nmail.transport = \"smtp\"\nmail.smtp_url = \"smtps://m\"",
            "public_url",
        ),
        ("mail.transport = \"smtp\"\nmail.smtp_url = \"smtp://a:b@m\"", "mail.smtp_url"),
        ("trusted_proxies = [\"0.0.0.0/0\"]", "trusted_proxies"),
    ] {
        let warnings = from_file(file).unwrap().warnings();
        let keys: Vec<_> = warnings.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, [key], "{file}");
    }
}

#[test]
fn a_site_stands_alone_unless_it_dials_somebody_or_may_be_dialled() {
    let networked = |text: &str| from_file(text).unwrap().network.is_networked();
    assert!(!networked(""));
    assert!(!networked("[network]\ncontact = \"ann@example.org\"\nretention_days = 30\n"));
    assert!(networked("[network]\ndownstreams = true\n"));
    assert!(networked("[network]\nupstreams = [\"wss://hub.example.org\"]\n"));
    let variables = [("NETWORK_UPSTREAMS", "wss://one.example.org,wss://two.example.org/hub")];
    let settings = load("", &variables, Overrides::default()).unwrap();
    let dialled: Vec<_> = settings.network.upstreams.iter().map(ToString::to_string).collect();
    assert_eq!(dialled, ["wss://one.example.org/hub", "wss://two.example.org/hub"]);
}

#[test]
fn what_is_wrong_about_the_network_is_named() {
    let file = "[network]\nupstreams = [\"https://hub.example.org\"]\njoin = \"everybody\"\nretention_days = 1\n\
                retention_bytes = 5\nhosts = [\"a b\"]\nlist = [\"12\"]\naddress = \"auctions.example.org\"\n";
    let found = problems(from_file(file)).join("\n");
    let keys = ["upstreams", "join", "retention_days", "retention_bytes", "hosts", "list", "address"];
    for key in keys.map(|key| format!("network.{key}")) {
        assert!(found.contains(&key), "{key} is not in:\n{found}");
    }
    let key = "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29";
    let listed = format!("[network]\nlist = [\"{key}\"]\n");
    assert!(problems(from_file(&listed))[0].contains("`network.join` is not \"list\""));
    assert!(from_file(&format!("{listed}join = \"list\"\n")).is_ok());
}

#[test]
fn a_network_that_should_not_surprise_anybody_is_pointed_out() {
    let file = "[network]\nupstreams = [\"wss://hub.example.org\"]\ndownstreams = true\njoin = \"open\"\n\
                address = \"ws://auctions.example.org/hub\"\n";
    let settings = from_file(file).unwrap();
    let keys: Vec<_> = settings.warnings().into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["network.join", "network.upstreams", "network.address"]);
}
