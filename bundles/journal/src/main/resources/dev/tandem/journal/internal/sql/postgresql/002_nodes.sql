-- The nodes that live. A row goes when its node ends, or when another has not heard of it for too long.
CREATE TABLE journal_node (
    id TEXT NOT NULL COLLATE "C" PRIMARY KEY,
    name TEXT NOT NULL COLLATE "C" UNIQUE,
    release TEXT NOT NULL,
    state TEXT NOT NULL COLLATE "C",
    since BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    fingerprint TEXT
);

-- Who does what alone. A row stays when nobody holds it, since its epoch must only rise.
CREATE TABLE journal_lease (
    site TEXT NOT NULL COLLATE "C",
    name TEXT NOT NULL COLLATE "C",
    node TEXT COLLATE "C",
    epoch BIGINT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (site, name)
);

CREATE INDEX journal_lease_node ON journal_lease (node);
