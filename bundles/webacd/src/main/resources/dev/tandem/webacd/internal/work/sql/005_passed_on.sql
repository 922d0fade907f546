-- While something is passed on the old item is still somebody's, and the new one waits already: only one of them waits.
DROP INDEX webacd_item_source;
DROP INDEX webacd_item_of;
CREATE UNIQUE INDEX webacd_item_source ON webacd_item (site, source, source_id) WHERE state IN ('WAITING', 'OFFERED');
CREATE INDEX webacd_item_of ON webacd_item (site, source, source_id, since, item);
