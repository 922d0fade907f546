-- One row per work item, by which items are found, counted and measured; what they are about stands in their streams.
CREATE TABLE webacd_item (
  site          TEXT    NOT NULL,
  item          TEXT    NOT NULL,
  source        TEXT    NOT NULL,
  source_id     TEXT    NOT NULL,
  state         TEXT    NOT NULL,
  living        INTEGER NOT NULL,
  queue         TEXT,
  agent         TEXT,
  key_at        BIGINT  NOT NULL,
  since         BIGINT  NOT NULL,
  entered       BIGINT  NOT NULL,
  assigned_at   BIGINT,
  wrap_up_at    BIGINT,
  ended_at      BIGINT,
  version       BIGINT  NOT NULL,
  position      BIGINT  NOT NULL,
  PRIMARY KEY (site, item)
);

CREATE UNIQUE INDEX webacd_item_source ON webacd_item (site, source, source_id) WHERE state IN ('WAITING', 'OFFERED', 'ASSIGNED');
CREATE INDEX webacd_item_of ON webacd_item (site, source, source_id, position);
CREATE INDEX webacd_item_waiting ON webacd_item (site, queue, key_at, item) WHERE state = 'WAITING';
CREATE INDEX webacd_item_living ON webacd_item (site, queue) WHERE living = 1;
CREATE INDEX webacd_item_agent ON webacd_item (site, agent) WHERE living = 1;
CREATE INDEX webacd_item_done ON webacd_item (site, queue, ended_at) WHERE state = 'DONE';

CREATE TABLE webacd_offer (
  site     TEXT   NOT NULL,
  offer    TEXT   NOT NULL,
  item     TEXT   NOT NULL,
  agent    TEXT   NOT NULL,
  state    TEXT   NOT NULL,
  made_at  BIGINT NOT NULL,
  until_at BIGINT NOT NULL,
  PRIMARY KEY (site, offer, agent)
);

CREATE INDEX webacd_offer_pending ON webacd_offer (site, agent) WHERE state = 'PENDING';
CREATE INDEX webacd_offer_item ON webacd_offer (site, item);

-- Agents who get no work until they say so: an offer has passed without an answer, or the last page has gone.
CREATE TABLE webacd_absent (
  site   TEXT   NOT NULL,
  agent  TEXT   NOT NULL,
  reason TEXT   NOT NULL,
  since  BIGINT NOT NULL,
  PRIMARY KEY (site, agent)
);

-- Open pages of agents, at whichever node.
CREATE TABLE webacd_page (
  site    TEXT   NOT NULL,
  agent   TEXT   NOT NULL,
  page    TEXT   NOT NULL,
  node    TEXT   NOT NULL,
  gone_at BIGINT,
  PRIMARY KEY (site, agent, page, node)
);

CREATE INDEX webacd_page_node ON webacd_page (node);
CREATE INDEX webacd_page_gone ON webacd_page (gone_at) WHERE gone_at IS NOT NULL;
CREATE INDEX webacd_offer_made ON webacd_offer (site, made_at);
CREATE INDEX webacd_item_ended ON webacd_item (site, ended_at);
