package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Set;

/** What an SQL error means, in both dialects. */
final class SqlFaults {
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_TOO_BIG = 18;
    private static final int SQLITE_CONSTRAINT = 19;

    /**
     * Classes of SQLSTATE: connection, resources, operator intervention, errors of the system; and a transaction that was
     * ended since its node was suspended.
     */
    private static final List<String> ABSENT = List.of("08", "53", "57", "58", "25P03");

    /** Input or output failed, disk full, file cannot be opened. */
    private static final Set<Integer> SQLITE_ABSENT = Set.of(10, 13, 14);

    private SqlFaults() {}

    /** Somebody else was first: a key is taken. */
    static boolean taken(SQLException e) {
        return "23505".equals(e.getSQLState()) || e.getErrorCode() == SQLITE_CONSTRAINT;
    }

    /** The same again may well succeed. */
    static boolean passing(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState()) || e.getErrorCode() == SQLITE_BUSY;
    }

    /** The database is not there, is going or coming, or has no room, no memory or no connection left. */
    static boolean absent(SQLException e) {
        var state = e.getSQLState();
        // Every word of a database has a state or a number: this is the pool's, of a connection that is gone.
        return state == null && e.getErrorCode() == 0
                || state != null && ABSENT.stream().anyMatch(state::startsWith)
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLNonTransientConnectionException
                || SQLITE_ABSENT.contains(e.getErrorCode());
    }

    /** The values of one command are to blame, not the database. */
    static boolean ofValues(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"))
                || e.getErrorCode() == SQLITE_CONSTRAINT
                || e.getErrorCode() == SQLITE_TOO_BIG;
    }
}
