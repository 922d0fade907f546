-- In which order they were announced: two may be so in the same millisecond.
ALTER TABLE file_transfer ADD COLUMN begun BIGINT NOT NULL DEFAULT 0;
UPDATE file_transfer SET begun = position;
