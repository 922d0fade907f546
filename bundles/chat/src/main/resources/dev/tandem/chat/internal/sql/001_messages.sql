-- One row per line of a conversation. Names and texts stand in personal rows; erasing those leaves nothing here.
CREATE TABLE chat_message (
  site        TEXT   NOT NULL,
  session     TEXT   NOT NULL,
  number      BIGINT NOT NULL,
  participant TEXT,
  notice      TEXT,
  name_id     TEXT,
  name_digest TEXT,
  text_id     TEXT,
  text_digest TEXT,
  at          BIGINT NOT NULL,
  PRIMARY KEY (site, session, number)
);
