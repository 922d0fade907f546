package dev.tandem.journal.internal;

import java.sql.SQLException;

/** What an SQL error means, in both dialects. */
final class SqlFaults {
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_TOO_BIG = 18;
    private static final int SQLITE_CONSTRAINT = 19;

    private SqlFaults() {}

    /** Somebody else was first: a key is taken. */
    static boolean taken(SQLException e) {
        return "23505".equals(e.getSQLState()) || e.getErrorCode() == SQLITE_CONSTRAINT;
    }

    /** The same again may well succeed. */
    static boolean passing(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState()) || e.getErrorCode() == SQLITE_BUSY;
    }

    /** The values of one command are to blame, not the database. */
    static boolean ofValues(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"))
                || e.getErrorCode() == SQLITE_CONSTRAINT
                || e.getErrorCode() == SQLITE_TOO_BIG;
    }
}
