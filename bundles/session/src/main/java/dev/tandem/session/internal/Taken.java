package dev.tandem.session.internal;

import java.sql.SQLException;
import java.util.stream.Stream;

/** Whether a command failed because a row of the read model is taken: somebody else was first. */
final class Taken {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final int SQLITE_CONSTRAINT = 19;

    private Taken() {}

    static boolean is(Throwable failure) {
        return Stream.iterate(failure, t -> t != null, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .anyMatch(e ->
                        UNIQUE_VIOLATION.equals(e.getSQLState()) || (e.getErrorCode() & 0xff) == SQLITE_CONSTRAINT);
    }
}
