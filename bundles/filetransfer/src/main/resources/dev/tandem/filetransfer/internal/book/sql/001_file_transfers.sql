-- One row per transfer. What is in it stands in its stream; here is what it is found by.
CREATE TABLE file_transfer (
  site      TEXT   NOT NULL,
  id        TEXT   NOT NULL,
  session   TEXT   NOT NULL,
  state     TEXT   NOT NULL,
  announced BIGINT NOT NULL,
  position  BIGINT NOT NULL,
  PRIMARY KEY (site, id)
);

CREATE INDEX file_transfer_session ON file_transfer (site, session, position);
CREATE INDEX file_transfer_arriving ON file_transfer (announced) WHERE state = 'ARRIVING';

-- One row per file: to whom it belongs, and what it counts towards the quotas.
CREATE TABLE file_transfer_file (
  site     TEXT   NOT NULL,
  file     TEXT   NOT NULL,
  transfer TEXT   NOT NULL,
  session  TEXT   NOT NULL,
  state    TEXT   NOT NULL,
  bytes    BIGINT NOT NULL,
  PRIMARY KEY (site, file)
);

CREATE INDEX file_transfer_file_transfer ON file_transfer_file (site, transfer);
CREATE INDEX file_transfer_file_session ON file_transfer_file (site, session);

-- Who has agreed beforehand to all that comes from the other side, in which epoch of control.
CREATE TABLE file_transfer_accepting (
  site     TEXT   NOT NULL,
  session  TEXT   NOT NULL,
  receiver TEXT   NOT NULL,
  customer BIGINT NOT NULL,
  epoch    BIGINT NOT NULL,
  PRIMARY KEY (site, session, receiver)
);
