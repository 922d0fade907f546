-- Sessions that have no interaction, since they were opened without one or handed over, say so with an empty text. Nodes of
-- the release before go on finding what they look for: an interaction has a name.
DROP INDEX session_living_interaction;
CREATE UNIQUE INDEX session_living_interaction ON session_session (site, interaction)
    WHERE living = 1 AND interaction <> '';
