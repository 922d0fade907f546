-- SHA-256 of the tokens of invitations. The row goes when one is withdrawn, and with the session. A link does not name its
-- site.
CREATE TABLE session_invitation (
    site TEXT NOT NULL,
    session TEXT NOT NULL,
    invitation TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (site, session, invitation)
);

CREATE UNIQUE INDEX session_invitation_hash ON session_invitation (hash);
