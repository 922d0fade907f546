CREATE TABLE half_done (name TEXT); INSERT INTO no_such_table VALUES (1);
