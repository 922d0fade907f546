-- Which sites have a routing of their own; what it is stands in their streams.
CREATE TABLE webacd_routing (
  site    TEXT   NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
);

-- Every queue that there ever was, so that what happened in it keeps its name.
CREATE TABLE webacd_queue (
  site    TEXT     NOT NULL,
  queue   TEXT     NOT NULL,
  slug    TEXT     NOT NULL,
  name    TEXT     NOT NULL,
  removed SMALLINT NOT NULL,
  PRIMARY KEY (site, queue)
);

-- Every version of the rules that ever held.
CREATE TABLE webacd_rules (
  site     TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  text     TEXT    NOT NULL,
  note     TEXT    NOT NULL,
  restores INTEGER,
  at       BIGINT  NOT NULL,
  actor    TEXT    NOT NULL,
  PRIMARY KEY (site, version)
);
