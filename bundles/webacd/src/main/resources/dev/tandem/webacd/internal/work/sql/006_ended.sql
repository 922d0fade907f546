-- What is not over need not stand here: an item changes four times and is over once.
DROP INDEX webacd_item_ended;
CREATE INDEX webacd_item_ended ON webacd_item (site, ended_at) WHERE ended_at IS NOT NULL;
