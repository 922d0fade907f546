-- Parts of files that come side by side (tus concatenation), and what a file was made of. They are no events: a part is nobody's
-- file yet, and is gone after an hour.
CREATE TABLE file_part (
  site    TEXT   NOT NULL,
  file    TEXT   NOT NULL,
  owner   TEXT   NOT NULL,
  length  BIGINT NOT NULL,
  concat  TEXT   NOT NULL,
  touched BIGINT NOT NULL,
  PRIMARY KEY (site, file)
);

CREATE INDEX file_part_owner ON file_part (site, owner);
CREATE INDEX file_part_touched ON file_part (touched);
