-- Who has helped a customer last. The customer is a keyed hash of what a form asks for; subject says by whose erasure the row
-- goes.
CREATE TABLE webacd_known (
  site      TEXT   NOT NULL,
  customer  TEXT   NOT NULL,
  agent     TEXT   NOT NULL,
  subject   TEXT   NOT NULL,
  helped_at BIGINT NOT NULL,
  PRIMARY KEY (site, customer)
);

CREATE INDEX webacd_known_subject ON webacd_known (site, subject);
CREATE INDEX webacd_known_helped ON webacd_known (helped_at);
