CREATE TABLE session_session (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    command TEXT NOT NULL,
    interaction TEXT NOT NULL,
    number TEXT NOT NULL,
    agent TEXT NOT NULL,
    living SMALLINT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    PRIMARY KEY (site, session)
);

-- One living session of an interaction; a number is unique while its session lives.
CREATE UNIQUE INDEX session_living_interaction ON session_session (site, interaction) WHERE living = 1;
CREATE UNIQUE INDEX session_living_number ON session_session (site, number) WHERE living = 1;
CREATE UNIQUE INDEX session_started_by ON session_session (site, command);
CREATE INDEX session_by_agent ON session_session (site, agent, started_at);

-- Keyed hashes of the PINs of living sessions. The row goes when the session ends.
CREATE TABLE session_pin (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    seat TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (site, session, seat)
);

CREATE UNIQUE INDEX session_pin_hash ON session_pin (site, hash);

-- SHA-256 of the customers' tokens. The row goes with the participant.
CREATE TABLE session_token (
    site TEXT NOT NULL,
    hash TEXT NOT NULL,
    session TEXT NOT NULL,
    participant TEXT NOT NULL,
    PRIMARY KEY (site, hash)
);

CREATE INDEX session_token_session ON session_token (site, session);
