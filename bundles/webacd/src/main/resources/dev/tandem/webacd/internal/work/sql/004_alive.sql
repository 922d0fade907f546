-- A router that begins reads what lives, page by page, however much is over.
CREATE INDEX webacd_item_alive ON webacd_item (site, item) WHERE living = 1;
