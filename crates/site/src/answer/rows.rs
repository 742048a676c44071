//! Code, status and key of every refusal, and the key of every problem with a field.

use http::StatusCode;

/// How one refusal is told.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The stable code.
    pub code: &'static str,
    /// The HTTP status.
    pub status: StatusCode,
    /// The key of its words.
    pub key: &'static str,
}

const fn refusal(code: &'static str, status: StatusCode, key: &'static str) -> Row {
    Row { code, status, key }
}

/// In the order of precedence.
static ROWS: &[Row] = &[
    refusal("not_found", StatusCode::NOT_FOUND, "refusal-not-found"),
    refusal("method_not_allowed", StatusCode::METHOD_NOT_ALLOWED, "refusal-method-not-allowed"),
    refusal("too_large", StatusCode::PAYLOAD_TOO_LARGE, "refusal-too-large"),
    refusal("too_slow", StatusCode::REQUEST_TIMEOUT, "refusal-too-slow"),
    refusal("cross_site", StatusCode::FORBIDDEN, "refusal-cross-site"),
    refusal("too_many", StatusCode::TOO_MANY_REQUESTS, "refusal-too-many"),
    refusal("malformed", StatusCode::BAD_REQUEST, "refusal-malformed"),
    refusal("sign_in_needed", StatusCode::UNAUTHORIZED, "refusal-sign-in-needed"),
    refusal("wrong_sign_in", StatusCode::UNAUTHORIZED, "refusal-wrong-sign-in"),
    refusal("not_confirmed", StatusCode::FORBIDDEN, "refusal-not-confirmed"),
    refusal("missing_scope", StatusCode::FORBIDDEN, "refusal-missing-scope"),
    refusal("not_permitted", StatusCode::FORBIDDEN, "refusal-not-permitted"),
    refusal("not_yours", StatusCode::FORBIDDEN, "refusal-not-yours"),
    refusal("registration_closed", StatusCode::FORBIDDEN, "refusal-registration-closed"),
    refusal("link_expired", StatusCode::GONE, "refusal-link-expired"),
    refusal("no_such_auction", StatusCode::NOT_FOUND, "refusal-no-such-auction"),
    refusal("no_such_person", StatusCode::NOT_FOUND, "refusal-no-such-person"),
    refusal("no_such_token", StatusCode::NOT_FOUND, "refusal-no-such-token"),
    refusal("decided_elsewhere", StatusCode::CONFLICT, "refusal-decided-elsewhere"),
    refusal("not_in_this_format", StatusCode::CONFLICT, "refusal-not-in-this-format"),
    refusal("id_used", StatusCode::CONFLICT, "refusal-id-used"),
    refusal("suspended", StatusCode::FORBIDDEN, "refusal-suspended"),
    refusal("bids_not_sent", StatusCode::FORBIDDEN, "refusal-bids-not-sent"),
    refusal("blocked", StatusCode::FORBIDDEN, "refusal-blocked"),
    refusal("own_item", StatusCode::FORBIDDEN, "refusal-own-item"),
    refusal("took_back", StatusCode::FORBIDDEN, "refusal-took-back"),
    refusal("not_open", StatusCode::CONFLICT, "refusal-not-open"),
    refusal("terms_changed", StatusCode::CONFLICT, "refusal-terms-changed"),
    refusal("nothing_to_take_back", StatusCode::CONFLICT, "refusal-nothing-to-take-back"),
    refusal("too_late_to_take_back", StatusCode::CONFLICT, "refusal-too-late-to-take-back"),
    refusal("already_took_back", StatusCode::CONFLICT, "refusal-already-took-back"),
    refusal("too_late_to_change", StatusCode::CONFLICT, "refusal-too-late-to-change"),
    refusal("terms_frozen", StatusCode::CONFLICT, "refusal-terms-frozen"),
    refusal("nothing_to_sell", StatusCode::CONFLICT, "refusal-nothing-to-sell"),
    refusal("acceptance_expired", StatusCode::CONFLICT, "refusal-acceptance-expired"),
    refusal("buy_now_gone", StatusCode::CONFLICT, "refusal-buy-now-gone"),
    refusal("reserve_not_lower", StatusCode::CONFLICT, "refusal-reserve-not-lower"),
    refusal("not_whole_units", StatusCode::CONFLICT, "refusal-not-whole-units"),
    refusal("too_low", StatusCode::CONFLICT, "refusal-too-low"),
    refusal("too_high", StatusCode::CONFLICT, "refusal-too-high"),
    refusal("not_above_own", StatusCode::CONFLICT, "refusal-not-above-own"),
    refusal("price_higher", StatusCode::CONFLICT, "refusal-price-higher"),
    refusal("unknown", StatusCode::SERVICE_UNAVAILABLE, "refusal-unknown"),
    refusal("unavailable", StatusCode::SERVICE_UNAVAILABLE, "refusal-unavailable"),
    refusal("failed", StatusCode::INTERNAL_SERVER_ERROR, "refusal-failed"),
];

/// Every refusal, in the order of precedence.
pub fn rows() -> &'static [Row] {
    ROWS
}

/// How a code is told. A code that nobody put into the table is told as a failure of the site.
pub fn row(code: &str) -> Row {
    let found = ROWS.iter().find(|row| row.code == code);
    debug_assert!(found.is_some(), "no row for the refusal {code:?}");
    found.copied().unwrap_or(refusal("failed", StatusCode::INTERNAL_SERVER_ERROR, "refusal-failed"))
}

/// The key of the words for a problem with a field.
pub fn field_key(problem: &str) -> &'static str {
    match problem {
        "missing" => "problem-missing",
        "too_long" => "problem-too-long",
        "too_short" => "problem-too-short",
        "too_many_steps" => "problem-too-many-steps",
        "control_characters" => "problem-control-characters",
        "not_an_address" => "problem-not-an-address",
        "not_a_decimal" => "problem-not-a-decimal",
        "not_a_number" => "problem-not-a-number",
        "not_a_time" => "problem-not-a-time",
        "not_json" => "problem-not-json",
        "not_whole_units" => "problem-not-whole-units",
        "out_of_range" => "problem-out-of-range",
        "in_the_past" => "problem-in-the-past",
        "too_far_ahead" => "problem-too-far-ahead",
        "not_after_start" => "problem-not-after-start",
        "on_wrong_side_of_start_price" => "problem-wrong-side-of-start-price",
        "not_in_this_format" => "problem-not-in-this-format",
        "not_above_start_price" => "problem-not-above-start-price",
        "not_below_start_price" => "problem-not-below-start-price",
        "below_reserve" => "problem-below-reserve",
        "below_window" => "problem-below-window",
        "not_offered_here" => "problem-not-offered-here",
        "not_of_this_auction" => "problem-not-of-this-auction",
        _ => "problem-unknown",
    }
}
