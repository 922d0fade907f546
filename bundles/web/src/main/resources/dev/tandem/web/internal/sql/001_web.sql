-- Tickets to open a socket with: only the hash stands here, and a row dies when it is used.
CREATE TABLE web_tickets (
    site TEXT NOT NULL,
    hash TEXT NOT NULL,
    purpose TEXT NOT NULL,
    caller TEXT NOT NULL,
    session TEXT,
    channel TEXT,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (site, hash)
);
CREATE INDEX web_tickets_expiry ON web_tickets (expires_at);

-- Failed attempts, one row each, for ten minutes.
CREATE TABLE web_attempts (
    site TEXT NOT NULL,
    what TEXT NOT NULL,
    address TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX web_attempts_address ON web_attempts (site, what, address, at);
CREATE INDEX web_attempts_site ON web_attempts (site, what, at);
CREATE INDEX web_attempts_age ON web_attempts (at);

-- When a site's administrators were last alarmed.
CREATE TABLE web_alarms (
    site TEXT NOT NULL,
    what TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (site, what)
);
