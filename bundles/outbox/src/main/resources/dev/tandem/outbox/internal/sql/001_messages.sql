-- What is in the outbox. Addresses and words are not copied here.
CREATE TABLE outbox_message (
    site TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    problem TEXT,
    node TEXT,
    queued_at BIGINT NOT NULL,
    next_at BIGINT,
    open SMALLINT NOT NULL,
    PRIMARY KEY (site, message)
);

CREATE INDEX outbox_open ON outbox_message (state, queued_at) WHERE open = 1;
