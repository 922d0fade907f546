ALTER TABLE fruit ADD COLUMN colour TEXT; INSERT INTO fruit VALUES ('lime of postgresql', 'green');
