package dev.tandem.journal;

import java.sql.SQLException;
import java.util.List;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A slice's door to its own tables, for what is no event: read models, counters, tickets. The site leads every table.
 * A service.
 */
@ProviderType
public interface Database {
    /** Which SQL is spoken. */
    enum Dialect {
        SQLITE,
        POSTGRESQL
    }

    /** Which SQL this database speaks. */
    Dialect dialect();

    /**
     * Brings a slice's tables up to date: numbered files {@code sql/001_name.sql}, or {@code sql/sqlite/...} and
     * {@code sql/postgresql/...} where the dialects differ, next to {@code anchor} in its bundle. Each is run once, in
     * order, under a lock that holds off other nodes; a file whose checksum differs from what was run, a gap, or a
     * schema newer than the files, is refused.
     *
     * @param files the names, in order: {@code 001_sessions.sql}
     */
    void migrate(String slice, Class<?> anchor, List<String> files);

    /** Reads in a transaction of its own that sees one state of the database. */
    <T> T read(Work<T> work);

    /**
     * Asks one question and no more, which needs no transaction: a second one could see another state of the database. Within
     * {@link #read} it sees what that sees.
     */
    <T> T ask(Work<T> question);

    /** Writes in a transaction of its own, durable when this returns. */
    <T> T write(Work<T> work);

    /** What is done within a transaction. May be run again after a conflict. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. Must have no effect outside the database, since it may be run again. */
        T with(Sql sql) throws SQLException;
    }
}
