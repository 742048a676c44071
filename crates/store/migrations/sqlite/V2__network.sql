-- The network: auctions of other sites, bids on them, bids from elsewhere on ours, and what is told.

-- Sites that were heard of. `level`: what the last pulse counted is known here (1), not all of it (0), or some auctions are
-- not known at all (-1); none when it was asked. `asked_at`: when that was.
CREATE TABLE sites (
  id          INTEGER PRIMARY KEY,
  key         BLOB NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  address     TEXT NOT NULL,
  contact     TEXT NOT NULL,
  software    TEXT NOT NULL,
  policy      TEXT NOT NULL,
  sealing_key BLOB,
  treatment   TEXT NOT NULL,
  first_heard INTEGER NOT NULL,
  last_heard  INTEGER NOT NULL,
  last_pulse  INTEGER,
  level       INTEGER,
  asked_at    INTEGER
) STRICT;

-- What was passed over of what a site said, by reason.
CREATE TABLE passed_over (
  site    INTEGER NOT NULL REFERENCES sites (id),
  reason  TEXT NOT NULL,
  count   INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (site, reason)
) STRICT, WITHOUT ROWID;

-- Who decided last how a site is treated, when, and why. Nobody: from the command line.
CREATE TABLE site_treatments (
  site   INTEGER PRIMARY KEY REFERENCES sites (id),
  note   TEXT NOT NULL,
  person INTEGER,
  at     INTEGER NOT NULL
) STRICT;

-- Auctions of other sites, as these told them. Their numbers here are drawn from the same counter as those of `auctions`.
-- Behind the entry `wants_from` some are missing.
CREATE TABLE replicas (
  id               INTEGER PRIMARY KEY,
  site             INTEGER NOT NULL REFERENCES sites (id),
  remote           INTEGER NOT NULL,
  version          INTEGER NOT NULL,
  terms_version    INTEGER NOT NULL,
  title            TEXT NOT NULL,
  description      TEXT NOT NULL,
  seller           TEXT NOT NULL,
  category         TEXT NOT NULL,
  sealing_key      BLOB NOT NULL,
  format           TEXT NOT NULL,
  clock_step       INTEGER,
  clock_interval   INTEGER,
  clock_floor      INTEGER,
  currency         TEXT NOT NULL,
  exponent         INTEGER NOT NULL,
  start_price      INTEGER NOT NULL,
  buy_now_price    INTEGER,
  steps            TEXT NOT NULL,
  opens_at         INTEGER NOT NULL,
  scheduled_end    INTEGER NOT NULL,
  extension_window INTEGER,
  extension_cap    INTEGER,
  phase            INTEGER NOT NULL,
  phase_at         INTEGER,
  winner           INTEGER,
  sold_price       INTEGER,
  ends_at          INTEGER NOT NULL,
  price            INTEGER,
  leader           INTEGER,
  reserve_met      INTEGER,
  offers           INTEGER NOT NULL,
  buy_now          INTEGER NOT NULL,
  postponed        INTEGER NOT NULL,
  stood_still      INTEGER NOT NULL,
  last_number      INTEGER NOT NULL,
  head             BLOB NOT NULL,
  heard_at         INTEGER NOT NULL,
  wants_from       INTEGER,
  UNIQUE (site, remote)
) STRICT;
CREATE INDEX replicas_wanting ON replicas (site, remote) WHERE wants_from IS NOT NULL;
CREATE INDEX replicas_of_site ON replicas (site, phase, remote);
CREATE INDEX replicas_by_end ON replicas (phase, ends_at, id);
CREATE INDEX replicas_by_opening ON replicas (phase, opens_at, id);

CREATE TABLE replica_additions (
  replica INTEGER NOT NULL REFERENCES replicas (id),
  at      INTEGER NOT NULL,
  text    TEXT NOT NULL,
  PRIMARY KEY (replica, at)
) STRICT, WITHOUT ROWID;

-- What was decided about auctions of sites that are shown after approval only.
CREATE TABLE replica_approvals (
  replica  INTEGER PRIMARY KEY REFERENCES replicas (id),
  approved INTEGER NOT NULL,
  person   INTEGER NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

-- People of other sites. In an auction of ours a guest is known by the pseudonym that the bidder's site gave; in an auction
-- of another site, by site and number. A guest's number as a person is the negative of the id.
CREATE TABLE guests (
  id           INTEGER PRIMARY KEY,
  site         INTEGER NOT NULL REFERENCES sites (id),
  auction      INTEGER,
  number       INTEGER,
  pseudonym    BLOB,
  address      BLOB,
  suspended_at INTEGER,
  UNIQUE (site, auction, number),
  UNIQUE (site, pseudonym)
) STRICT;

-- Decisions of other sites on their auctions, as far as they are told.
CREATE TABLE replica_entries (
  replica  INTEGER NOT NULL REFERENCES replicas (id),
  number   INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  what     TEXT NOT NULL,
  who      INTEGER,
  accepted INTEGER NOT NULL,
  amount   INTEGER,
  price    INTEGER,
  leader   INTEGER,
  ends_at  INTEGER NOT NULL,
  reason   TEXT,
  away_from INTEGER,
  away_to   INTEGER,
  sequence  INTEGER NOT NULL,
  PRIMARY KEY (replica, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX replica_entries_by_sequence ON replica_entries (sequence);

-- Bids of people of this site on auctions of other sites. `times`: how often it was sent; `known`: the last entry that was
-- known then; `again_at`: when it may be sent again.
CREATE TABLE sent_bids (
  id           INTEGER PRIMARY KEY,
  replica      INTEGER NOT NULL REFERENCES replicas (id),
  person       INTEGER NOT NULL REFERENCES people (id),
  command      BLOB NOT NULL,
  bid          BLOB NOT NULL UNIQUE,
  kind         TEXT NOT NULL,
  amount       INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  number       INTEGER NOT NULL,
  salt         BLOB NOT NULL,
  at           INTEGER NOT NULL,
  times        INTEGER NOT NULL,
  known        INTEGER NOT NULL,
  again_at     INTEGER,
  verdict      INTEGER,
  entry        INTEGER,
  ruled_at     INTEGER,
  refusal      TEXT,
  refusal_data INTEGER,
  UNIQUE (replica, person, command)
) STRICT;
CREATE INDEX sent_bids_of_person ON sent_bids (person, replica);
CREATE INDEX sent_bids_waiting ON sent_bids (replica, id) WHERE verdict IS NULL;
CREATE INDEX sent_bids_due ON sent_bids (again_at, id) WHERE again_at IS NOT NULL;

-- Bids of guests on auctions of ours: what their sites sealed, how they name them, and why a bid was turned
-- away before it was an entry. `told_at`: when its site was last told alone what became of it.
CREATE TABLE guest_bids (
  auction    INTEGER NOT NULL,
  person     INTEGER NOT NULL,
  command    BLOB NOT NULL,
  commitment BLOB NOT NULL,
  salt       BLOB NOT NULL,
  contact    BLOB NOT NULL,
  refusal      TEXT,
  refusal_data INTEGER,
  told_at      INTEGER,
  PRIMARY KEY (auction, person, command)
) STRICT, WITHOUT ROWID;

-- Guests who have won auctions of ours: how they are reached, opened after the close.
CREATE TABLE guest_winners (
  auction   INTEGER PRIMARY KEY REFERENCES auctions (id),
  person    INTEGER NOT NULL,
  name      TEXT NOT NULL,
  email     TEXT NOT NULL,
  language  TEXT NOT NULL,
  opened_at INTEGER NOT NULL
) STRICT;

-- Auctions of ours that the network knows: what was told of each last, and when something is to be told again. `lives`: it
-- was open when it was last told; `asked_from`: somebody lacks what came after this entry; `answered_at`: when that was
-- last answered.
CREATE TABLE announced (
  auction INTEGER PRIMARY KEY,
  secret  BLOB,
  version INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  head    BLOB NOT NULL,
  due_at  INTEGER,
  lives   INTEGER NOT NULL,
  asked_from  INTEGER,
  answered_at INTEGER
) STRICT;
CREATE INDEX announced_asked ON announced (asked_from) WHERE asked_from IS NOT NULL;
CREATE INDEX announced_due ON announced (due_at) WHERE due_at IS NOT NULL;

-- Messages with decisions on auctions of ours, as they were told: who lacks some gets them again.
CREATE TABLE told_rulings (
  auction INTEGER NOT NULL,
  first   INTEGER NOT NULL,
  last    INTEGER NOT NULL,
  body    TEXT NOT NULL,
  PRIMARY KEY (auction, first)
) STRICT, WITHOUT ROWID;

-- Messages on their way to the hub, in order.
CREATE TABLE outgoing (
  id      INTEGER PRIMARY KEY,
  auction INTEGER,
  kind    TEXT NOT NULL,
  body    TEXT NOT NULL,
  ttl     INTEGER NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

-- Signed envelopes about auctions of the network, and what each is about.
CREATE TABLE envelopes (
  id     INTEGER PRIMARY KEY,
  site   BLOB NOT NULL,
  epoch  INTEGER NOT NULL,
  number INTEGER NOT NULL,
  bytes  BLOB NOT NULL,
  UNIQUE (site, epoch, number)
) STRICT;

CREATE TABLE receipts (
  auction  INTEGER NOT NULL,
  envelope INTEGER NOT NULL REFERENCES envelopes (id),
  listing  BLOB,
  PRIMARY KEY (auction, envelope)
) STRICT, WITHOUT ROWID;

INSERT INTO counters (name, value) SELECT 'auctions', coalesce(max(id), 0) FROM auctions;
