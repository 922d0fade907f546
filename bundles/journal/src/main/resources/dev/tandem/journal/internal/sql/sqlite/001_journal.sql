-- The last position given and the hash of the last batch, one row per site: what a batch locks.
CREATE TABLE journal_site (
    site TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL,
    batch_hash BLOB NOT NULL
) WITHOUT ROWID;

-- batch_hash stands on the last event of each batch and chains the site.
CREATE TABLE journal_event (
    site TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    stream TEXT NOT NULL,
    version INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL,
    payload TEXT NOT NULL,
    hash BLOB NOT NULL,
    batch_hash BLOB,
    PRIMARY KEY (site, position)
) WITHOUT ROWID;

CREATE UNIQUE INDEX journal_event_stream ON journal_event (site, kind, stream, version);

-- The first answer to every command.
CREATE TABLE journal_command (
    site TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    stream TEXT NOT NULL,
    type TEXT NOT NULL,
    accepted INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE TABLE journal_deadline (
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    stream TEXT NOT NULL,
    name TEXT NOT NULL,
    due INTEGER NOT NULL,
    generation TEXT NOT NULL,
    PRIMARY KEY (site, kind, stream, name)
) WITHOUT ROWID;

CREATE INDEX journal_deadline_due ON journal_deadline (due);

CREATE TABLE journal_personal (
    site TEXT NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    salt BLOB NOT NULL,
    text BLOB NOT NULL,
    PRIMARY KEY (site, id)
) WITHOUT ROWID;

CREATE INDEX journal_personal_subject ON journal_personal (site, subject);

-- Every kind that was ever open, and the erasures that wait until it is open again.
CREATE TABLE journal_kind (
    kind TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;

CREATE TABLE journal_erasure (
    site TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (site, subject, kind)
) WITHOUT ROWID;

-- How far a subscriber has heard, and from where on it owes itself events of a kind that was not open.
CREATE TABLE journal_cursor (
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (site, name)
) WITHOUT ROWID;

CREATE TABLE journal_skipped (
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (site, name, kind)
) WITHOUT ROWID;
