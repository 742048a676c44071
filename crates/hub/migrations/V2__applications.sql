-- Applications and what they were promised. Times are microseconds since 1970 in UTC.

-- An application: its token, of which only the SHA-256 is kept, and the key that signs what it sends.
CREATE TABLE tokens (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    hash       BLOB NOT NULL UNIQUE,
    key        BLOB NOT NULL UNIQUE,
    seed       BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- What was answered to an event, so that sending it again has no second effect. Follows from the log: `answers` is a
-- reader with a position, and every row is made from an envelope.
CREATE TABLE answers (
    -- The first half of a SHA-256 of token, source and id.
    event   BLOB PRIMARY KEY,
    -- The same of what the event says.
    content BLOB NOT NULL,
    epoch   INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    -- Which message of the envelope.
    message INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Where events are delivered to.
CREATE TABLE webhooks (
    id          INTEGER PRIMARY KEY,
    token       INTEGER NOT NULL REFERENCES tokens (id),
    url         TEXT NOT NULL,
    -- The bytes behind `whsec_`.
    secret      BLOB NOT NULL,
    -- Which events, as JSON.
    filter      TEXT NOT NULL,
    -- The most events of one delivery; more than one only if the receiver asked for it.
    batch       INTEGER NOT NULL,
    -- asked, active, deactivated or gone.
    state       TEXT NOT NULL,
    -- SHA-256 of the key in the callback of the handshake.
    confirm     BLOB NOT NULL,
    -- Requests a minute; NULL for no limit.
    rate        INTEGER,
    -- What was delivered: all up to this place, and so many messages of the envelope behind it.
    after       INTEGER NOT NULL,
    messages    INTEGER NOT NULL,
    -- The events of the delivery that failed last, so that it is the same when it is tried again.
    tried       INTEGER NOT NULL,
    attempts    INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    delivered   INTEGER NOT NULL,
    error       TEXT,
    error_at    INTEGER,
    created_at  INTEGER NOT NULL,
    UNIQUE (token, url)
) STRICT;
