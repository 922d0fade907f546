-- Agents who have come in to assist, so that theirs are found; the row goes when the session ends.
CREATE TABLE session_assistant (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    agent TEXT NOT NULL,
    PRIMARY KEY (site, session, agent)
);

CREATE INDEX session_assistant_agent ON session_assistant (site, agent);

-- SHA-256 of the tokens of links for outside viewers, and of the viewers' own. The row goes with the link. A link does not
-- name its site.
CREATE TABLE session_viewer (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    viewer TEXT NOT NULL,
    link TEXT NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (site, session, viewer)
);

CREATE UNIQUE INDEX session_viewer_link ON session_viewer (link);
CREATE UNIQUE INDEX session_viewer_token ON session_viewer (site, token);
