-- Which agent controls a session, and how many customers are in it: while it lives and the agent is in it.
CREATE TABLE session_helped (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    agent TEXT NOT NULL,
    customers INTEGER NOT NULL,
    PRIMARY KEY (site, session)
);

CREATE INDEX session_helped_agent ON session_helped (site, agent);
