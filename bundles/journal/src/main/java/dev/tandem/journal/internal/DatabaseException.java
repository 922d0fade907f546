package dev.tandem.journal.internal;

import java.sql.SQLException;

import dev.tandem.journal.StorageException;

/** A {@link StorageException} that knows what its SQL error means. */
public final class DatabaseException extends StorageException {
    private static final long serialVersionUID = 1L;

    DatabaseException(String message, Throwable cause) {
        super(
                message + ": " + cause.getMessage(),
                cause,
                cause instanceof SQLException fault && (SqlFaults.absent(fault) || SqlFaults.passing(fault)));
    }
}
