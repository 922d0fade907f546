-- By which command an item was submitted: a request that is sent again finds what it has made.
ALTER TABLE webacd_item ADD COLUMN command TEXT;
CREATE INDEX webacd_item_command ON webacd_item (site, command) WHERE command IS NOT NULL;
