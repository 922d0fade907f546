-- One row per stay of a work item in a queue, or with agents by name (queue is null then). Filled by the subscriber
-- webacd.visits.v1 from the first event on; another shape is another table and another subscriber's name.
CREATE TABLE webacd_visit_v1 (
  site        TEXT    NOT NULL,
  item        TEXT    NOT NULL,
  entry       BIGINT  NOT NULL,
  queue       TEXT,
  transfer    INTEGER NOT NULL,
  since       BIGINT  NOT NULL,
  entered     BIGINT  NOT NULL,
  outcome     TEXT    NOT NULL,
  left_at     BIGINT,
  agent       TEXT,
  ended_at    BIGINT,
  position    BIGINT  NOT NULL,
  PRIMARY KEY (site, item, entry)
);

CREATE INDEX webacd_visit_v1_entered ON webacd_visit_v1 (site, entered);
CREATE INDEX webacd_visit_v1_left ON webacd_visit_v1 (site, left_at);
CREATE INDEX webacd_visit_v1_ended ON webacd_visit_v1 (site, ended_at);

-- When agents were there. A row is made longer as long as that lasts, so that a crash costs a minute at most.
CREATE TABLE webacd_there_v1 (
  site      TEXT    NOT NULL,
  agent     TEXT    NOT NULL,
  from_at   BIGINT  NOT NULL,
  to_at     BIGINT  NOT NULL,
  state     TEXT    NOT NULL,
  lasting   INTEGER NOT NULL,
  PRIMARY KEY (site, agent, from_at)
);

CREATE INDEX webacd_there_v1_to ON webacd_there_v1 (site, to_at);
CREATE INDEX webacd_there_v1_lasting ON webacd_there_v1 (site) WHERE lasting = 1;
