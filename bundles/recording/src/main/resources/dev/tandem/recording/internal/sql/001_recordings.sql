-- One row per recording. Its parts and times stand in its stream; here is what it is found by.
CREATE TABLE recording (
  site     TEXT   NOT NULL,
  id       TEXT   NOT NULL,
  session  TEXT   NOT NULL,
  state    TEXT   NOT NULL,
  todo     INTEGER NOT NULL,
  bytes    BIGINT NOT NULL,
  asked    BIGINT NOT NULL,
  begun    BIGINT,
  position BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

CREATE INDEX recording_session ON recording (site, session, position);
CREATE INDEX recording_begun ON recording (site, begun);
CREATE INDEX recording_todo ON recording (asked) WHERE todo = 1;
