-- What counts towards the quotas is asked for before each file; what was sent in all these years is not to be read for it.
CREATE INDEX file_transfer_file_room ON file_transfer_file (site, session, bytes) WHERE bytes > 0;
