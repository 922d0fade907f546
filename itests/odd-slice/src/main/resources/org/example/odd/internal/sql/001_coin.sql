CREATE TABLE odd_coin (
  site       TEXT   NOT NULL,
  session    TEXT   NOT NULL,
  heads      BIGINT NOT NULL,
  tails      BIGINT NOT NULL,
  in_the_air BIGINT NOT NULL,
  version    BIGINT NOT NULL,
  PRIMARY KEY (site, session)
);
