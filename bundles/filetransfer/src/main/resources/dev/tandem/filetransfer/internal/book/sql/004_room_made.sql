-- Room that was made for files that are about to be added: two of them at the same moment are not to get the same room.
CREATE TABLE file_transfer_room (
  site    TEXT   NOT NULL,
  file    TEXT   NOT NULL,
  session TEXT   NOT NULL,
  bytes   BIGINT NOT NULL,
  made    BIGINT NOT NULL,
  PRIMARY KEY (site, file)
);

-- Whoever makes room in a site holds its row until it is made.
CREATE TABLE file_transfer_turn (
  site TEXT   NOT NULL,
  turn BIGINT NOT NULL,
  PRIMARY KEY (site)
);
