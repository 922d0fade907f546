-- The nodes that live. A row goes when its node ends, or when another has not heard of it for too long.
CREATE TABLE journal_node (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    release TEXT NOT NULL,
    state TEXT NOT NULL,
    since INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    fingerprint TEXT
);

-- Who does what alone. A row stays when nobody holds it, since its epoch must only rise.
CREATE TABLE journal_lease (
    site TEXT NOT NULL,
    name TEXT NOT NULL,
    node TEXT,
    epoch INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (site, name)
);

CREATE INDEX journal_lease_node ON journal_lease (node);
