-- The last position given and the hash of the last batch, one row per site: what a batch locks.
CREATE TABLE journal_site (
    site TEXT NOT NULL COLLATE "C" PRIMARY KEY,
    position BIGINT NOT NULL,
    batch_hash BYTEA NOT NULL
);

-- batch_hash stands on the last event of each batch and chains the site.
CREATE TABLE journal_event (
    site TEXT NOT NULL COLLATE "C",
    position BIGINT NOT NULL,
    kind TEXT NOT NULL COLLATE "C",
    stream TEXT NOT NULL COLLATE "C",
    version BIGINT NOT NULL,
    id TEXT NOT NULL COLLATE "C",
    name TEXT NOT NULL COLLATE "C",
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    command TEXT NOT NULL COLLATE "C",
    payload TEXT NOT NULL,
    hash BYTEA NOT NULL,
    batch_hash BYTEA,
    PRIMARY KEY (site, position)
);

CREATE UNIQUE INDEX journal_event_stream ON journal_event (site, kind, stream, version);

-- The first answer to every command.
CREATE TABLE journal_command (
    site TEXT NOT NULL COLLATE "C",
    id TEXT NOT NULL COLLATE "C",
    kind TEXT NOT NULL COLLATE "C",
    stream TEXT NOT NULL COLLATE "C",
    type TEXT NOT NULL COLLATE "C",
    accepted BIGINT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (site, id)
);

CREATE TABLE journal_deadline (
    site TEXT NOT NULL COLLATE "C",
    kind TEXT NOT NULL COLLATE "C",
    stream TEXT NOT NULL COLLATE "C",
    name TEXT NOT NULL COLLATE "C",
    due BIGINT NOT NULL,
    generation TEXT NOT NULL,
    PRIMARY KEY (site, kind, stream, name)
);

CREATE INDEX journal_deadline_due ON journal_deadline (due);

CREATE TABLE journal_personal (
    site TEXT NOT NULL COLLATE "C",
    id TEXT NOT NULL COLLATE "C",
    subject TEXT NOT NULL COLLATE "C",
    salt BYTEA NOT NULL,
    text BYTEA NOT NULL,
    PRIMARY KEY (site, id)
);

CREATE INDEX journal_personal_subject ON journal_personal (site, subject);

-- Every kind that was ever open, and the erasures that wait until it is open again.
CREATE TABLE journal_kind (
    kind TEXT NOT NULL COLLATE "C" PRIMARY KEY
);

CREATE TABLE journal_erasure (
    site TEXT NOT NULL COLLATE "C",
    subject TEXT NOT NULL COLLATE "C",
    kind TEXT NOT NULL COLLATE "C",
    PRIMARY KEY (site, subject, kind)
);

-- How far a subscriber has heard, and from where on it owes itself events of a kind that was not open.
CREATE TABLE journal_cursor (
    site TEXT NOT NULL COLLATE "C",
    name TEXT NOT NULL COLLATE "C",
    position BIGINT NOT NULL,
    PRIMARY KEY (site, name)
);

CREATE TABLE journal_skipped (
    site TEXT NOT NULL COLLATE "C",
    name TEXT NOT NULL COLLATE "C",
    kind TEXT NOT NULL COLLATE "C",
    position BIGINT NOT NULL,
    PRIMARY KEY (site, name, kind)
);
