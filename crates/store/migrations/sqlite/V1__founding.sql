-- Times are microseconds since 1970 in UTC, money is minor units, flags are 0 or 1.

CREATE TABLE site (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE people (
  id           INTEGER PRIMARY KEY,
  email        TEXT NOT NULL,
  email_key    TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  password     TEXT,
  role         TEXT NOT NULL,
  language     TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  confirmed_at INTEGER,
  suspended_at INTEGER,
  taken_back   INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
  hash       BLOB PRIMARY KEY,
  person     INTEGER NOT NULL REFERENCES people (id),
  created_at INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  agent      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_of_person ON sessions (person);

CREATE TABLE tokens (
  id         INTEGER PRIMARY KEY,
  person     INTEGER NOT NULL REFERENCES people (id),
  name       TEXT NOT NULL,
  hash       BLOB NOT NULL UNIQUE,
  scopes     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;
CREATE INDEX tokens_of_person ON tokens (person, id);

-- One-time links: confirm, reset, administrator.
CREATE TABLE links (
  hash       BLOB PRIMARY KEY,
  kind       TEXT NOT NULL,
  person     INTEGER REFERENCES people (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX links_of_person ON links (person, kind);

-- Terms and standing of each auction. What is read with every bid stays narrow: words live in listings.
CREATE TABLE auctions (
  id               INTEGER PRIMARY KEY,
  seller           INTEGER NOT NULL REFERENCES people (id),
  created_at       INTEGER NOT NULL,
  format           TEXT NOT NULL,
  clock_step       INTEGER,
  clock_interval   INTEGER,
  clock_floor      INTEGER,
  currency         TEXT NOT NULL,
  exponent         INTEGER NOT NULL,
  start_price      INTEGER NOT NULL,
  first_reserve    INTEGER,
  buy_now_price    INTEGER,
  steps            TEXT NOT NULL,
  opens_at         INTEGER NOT NULL,
  scheduled_end    INTEGER NOT NULL,
  extension_window INTEGER,
  extension_cap    INTEGER,
  version          INTEGER NOT NULL,
  terms_version    INTEGER NOT NULL,
  frozen           INTEGER NOT NULL,
  phase            INTEGER NOT NULL,
  phase_at         INTEGER,
  winner           INTEGER,
  sold_price       INTEGER,
  ends_at          INTEGER NOT NULL,
  price            INTEGER,
  leader           INTEGER,
  leader_limit     INTEGER,
  reserve          INTEGER,
  offers           INTEGER NOT NULL,
  buy_now          INTEGER NOT NULL,
  postponed        INTEGER NOT NULL,
  stood_still      INTEGER NOT NULL,
  last_number      INTEGER NOT NULL,
  last_at          INTEGER NOT NULL,
  last_sequence    INTEGER,
  bidders          INTEGER NOT NULL
) STRICT;
CREATE INDEX auctions_by_end ON auctions (phase, ends_at, id);
CREATE INDEX auctions_by_opening ON auctions (phase, opens_at, id);
CREATE INDEX auctions_of_seller ON auctions (seller, id);

CREATE TABLE listings (
  auction     INTEGER PRIMARY KEY REFERENCES auctions (id),
  title       TEXT NOT NULL,
  description TEXT NOT NULL,
  reason      TEXT NOT NULL
) STRICT;

CREATE TABLE additions (
  auction INTEGER NOT NULL REFERENCES auctions (id),
  at      INTEGER NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (auction, at)
) STRICT, WITHOUT ROWID;

-- One row a decision: the bid, its receipt and the answer to a repeated command in one. Only ever appended to, and
-- without an index: each names the one before it in its auction.
CREATE TABLE entries (
  sequence     INTEGER PRIMARY KEY,
  auction      INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  previous     INTEGER,
  at           INTEGER NOT NULL,
  person       INTEGER,
  capacity     INTEGER NOT NULL,
  command      BLOB NOT NULL,
  version      INTEGER NOT NULL,
  deed         TEXT NOT NULL,
  detail       TEXT,
  amount       INTEGER,
  refusal      TEXT,
  refusal_data INTEGER,
  removed      TEXT,
  displaced    INTEGER,
  phase        INTEGER NOT NULL,
  phase_at     INTEGER,
  winner       INTEGER,
  sold_price   INTEGER,
  ends_at      INTEGER NOT NULL,
  price        INTEGER,
  leader       INTEGER,
  leader_limit INTEGER,
  reserve      INTEGER,
  offers       INTEGER NOT NULL,
  buy_now      INTEGER NOT NULL,
  postponed    INTEGER NOT NULL,
  stood_still  INTEGER NOT NULL
) STRICT;

CREATE TABLE bidders (
  auction          INTEGER NOT NULL,
  person           INTEGER NOT NULL,
  number           INTEGER,
  blocked          INTEGER NOT NULL,
  standing         INTEGER NOT NULL,
  taken_back       INTEGER NOT NULL,
  taken_back_at    INTEGER,
  returned         INTEGER NOT NULL,
  PRIMARY KEY (auction, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX bidders_by_person ON bidders (person, auction);

-- To accounts of this site, and to guests who have won.
CREATE TABLE letters (
  id         INTEGER PRIMARY KEY,
  message_id TEXT NOT NULL UNIQUE,
  kind       TEXT NOT NULL,
  person     INTEGER NOT NULL,
  auction    INTEGER,
  secret     TEXT,
  created_at INTEGER NOT NULL,
  due_at     INTEGER NOT NULL,
  tries      INTEGER NOT NULL,
  done_at    INTEGER,
  outcome    TEXT
) STRICT;
CREATE INDEX letters_waiting ON letters (due_at, id) WHERE done_at IS NULL;
CREATE INDEX letters_of_auction ON letters (auction, person) WHERE auction IS NOT NULL;

-- Answers to commands that are no bids, kept so that a repetition has no second effect.
CREATE TABLE answers (
  person  INTEGER NOT NULL,
  command BLOB NOT NULL,
  content BLOB NOT NULL,
  at      INTEGER NOT NULL,
  result  TEXT NOT NULL,
  PRIMARY KEY (person, command)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (at);
