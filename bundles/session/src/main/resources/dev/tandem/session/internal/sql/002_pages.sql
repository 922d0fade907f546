-- Open pages, one row for each node at which a page hangs. gone_at: since when it counts no more; empty while it does.
CREATE TABLE session_page (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    participant TEXT NOT NULL,
    page TEXT NOT NULL,
    node TEXT NOT NULL,
    closing SMALLINT NOT NULL,
    gone_at BIGINT,
    PRIMARY KEY (site, session, participant, page, node)
);

CREATE INDEX session_page_node ON session_page (node);
CREATE INDEX session_page_gone ON session_page (gone_at);
