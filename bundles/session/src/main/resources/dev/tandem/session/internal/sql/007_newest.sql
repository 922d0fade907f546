-- The newest sessions of a site, for the list of what was asked and allowed.
CREATE INDEX session_newest ON session_session (site, started_at);
