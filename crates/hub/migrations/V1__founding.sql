-- The log of a hub. Times are microseconds since 1970 in UTC, flags are 0 or 1.

-- What applications have seen or will see next, in this order for all of them.
CREATE TABLE envelopes (
  place  INTEGER PRIMARY KEY,
  stream INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  time   INTEGER NOT NULL,
  bytes  BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX envelopes_by_number ON envelopes (stream, n);

-- What applications must not see yet: an envelope before it is missing.
CREATE TABLE early (
  stream INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  bytes  BLOB NOT NULL,
  PRIMARY KEY (stream, n)
) STRICT;

-- Written only when a stream is new, trimmed, forked or forgotten: how far it has come follows from its envelopes.
CREATE TABLE streams (
  number             INTEGER PRIMARY KEY,
  origin             BLOB NOT NULL,
  epoch              INTEGER NOT NULL,
  predecessor_epoch  INTEGER,
  predecessor_number INTEGER,
  forked             INTEGER NOT NULL DEFAULT 0,
  forgotten          INTEGER NOT NULL DEFAULT 0,
  -- The last envelope that was let go.
  base_n             INTEGER NOT NULL DEFAULT 0,
  base_hash          BLOB,
  base_time          INTEGER NOT NULL DEFAULT 0,
  UNIQUE (origin, epoch)
) STRICT;

-- Numbers that need not come any more.
CREATE TABLE settled (
  stream INTEGER NOT NULL,
  first  INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (stream, first)
) STRICT, WITHOUT ROWID;

CREATE TABLE origins (
  key     BLOB PRIMARY KEY,
  floor   INTEGER NOT NULL DEFAULT 0,
  blocked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE neighbours (
  key      BLOB PRIMARY KEY,
  name     TEXT NOT NULL,
  address  TEXT NOT NULL,
  standing TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  -- When all attempts had failed, if it is inactive.
  inactive_since INTEGER
) STRICT, WITHOUT ROWID;

-- Two envelopes of one origin that contradict each other; of each origin the first such pair.
CREATE TABLE forks (
  number INTEGER PRIMARY KEY,
  origin BLOB NOT NULL UNIQUE,
  epoch  INTEGER NOT NULL,
  n      INTEGER NOT NULL,
  at     INTEGER NOT NULL,
  -- NULL if the log had let go of it.
  kept   BLOB,
  other  BLOB NOT NULL
) STRICT;

-- What is known of others that sign with a key of this hub: one row at most.
CREATE TABLE clones (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  last_sign INTEGER,
  stopped   INTEGER NOT NULL
) STRICT;

-- Who answered at an address when it was first dialled.
CREATE TABLE pins (
  url TEXT PRIMARY KEY,
  key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One for each time that this database was opened: the first place that was given then, and the greatest that was
-- ever given, as far as the envelopes no longer tell.
CREATE TABLE logs (
  number   INTEGER PRIMARY KEY,
  identity INTEGER NOT NULL UNIQUE,
  first    INTEGER NOT NULL,
  reached  INTEGER NOT NULL
) STRICT;
