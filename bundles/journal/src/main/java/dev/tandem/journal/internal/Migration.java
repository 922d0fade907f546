package dev.tandem.journal.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Database.Dialect;
import dev.tandem.journal.Sql;

/** The numbered SQL files of a slice, and what it takes to bring its tables up to date. */
public record Migration(Dialect dialect, String slice, List<Script> scripts) {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    private static final Pattern NAME = Pattern.compile("(\\d{3})_[a-z0-9_]+\\.sql");
    /** Any number will do, as long as it is only ours. */
    private static final long LOCK = 0x54616e64656d4aL;

    /** One file. */
    record Script(int number, String name, String checksum, List<String> statements) {}

    private record Ran(int number, String name, String checksum) {}

    static Migration of(Dialect dialect, String slice, Class<?> anchor, List<String> files) {
        var scripts = new ArrayList<Script>();
        for (var file : files) {
            var form = NAME.matcher(file);
            if (!form.matches() || Integer.parseInt(form.group(1)) != scripts.size() + 1) {
                throw new IllegalArgumentException(
                        slice + ": " + file + " is not number " + (scripts.size() + 1) + " of form 001_name.sql");
            }
            var text = text(dialect, anchor, file);
            var checksum = HexFormat.of().formatHex(Hashes.sha256(text.getBytes(StandardCharsets.UTF_8)));
            scripts.add(new Script(scripts.size() + 1, file, checksum, SqlScript.statements(text)));
        }
        return new Migration(dialect, slice, List.copyOf(scripts));
    }

    private static String text(Dialect dialect, Class<?> anchor, String file) {
        var own = "sql/" + dialect.name().toLowerCase(java.util.Locale.ROOT) + "/" + file;
        for (var path : List.of(own, "sql/" + file)) {
            try (var in = anchor.getResourceAsStream(path)) {
                if (in != null) {
                    // A checkout with other line ends is the same file.
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalArgumentException("no " + own + " and no sql/" + file + " next to " + anchor.getName());
    }

    /** Runs what has not been run, within the caller's transaction. */
    public void run(Sql sql) throws SQLException {
        lock(sql);
        sql.update("CREATE TABLE IF NOT EXISTS journal_migration (slice TEXT NOT NULL, number INTEGER NOT NULL,"
                + " name TEXT NOT NULL, checksum TEXT NOT NULL, PRIMARY KEY (slice, number))");
        var ran = sql.all(
                "SELECT number, name, checksum FROM journal_migration WHERE slice = ? ORDER BY number",
                row -> new Ran(row.getInt("number"), row.getString("name"), row.getString("checksum")),
                slice);
        for (int i = 0; i < ran.size(); i++) {
            check(ran.get(i), i);
        }
        for (var script : scripts.subList(ran.size(), scripts.size())) {
            for (var statement : script.statements()) {
                sql.update(statement);
            }
            sql.update(
                    "INSERT INTO journal_migration (slice, number, name, checksum) VALUES (?, ?, ?, ?)",
                    slice,
                    script.number(),
                    script.name(),
                    script.checksum());
            LOG.info("Tables of {}: ran {}", slice, script.name());
        }
    }

    private void check(Ran ran, int index) {
        if (ran.number() != index + 1) {
            throw new IllegalStateException("tables of " + slice + ": number " + (index + 1) + " was never run");
        }
        if (index >= scripts.size()) {
            throw new NewerSchema("tables of " + slice + " are newer than this version: " + ran.name()
                    + " was run and is not known here");
        }
        if (!ran.checksum().equals(scripts.get(index).checksum())) {
            throw new IllegalStateException("tables of " + slice + ": "
                    + scripts.get(index).name() + " was changed after it was run as " + ran.name());
        }
    }

    private void lock(Sql sql) throws SQLException {
        // On SQLite the writing transaction itself is the lock.
        if (dialect == Dialect.POSTGRESQL) {
            sql.all("SELECT pg_advisory_xact_lock(?)", row -> true, LOCK);
        }
    }
}
