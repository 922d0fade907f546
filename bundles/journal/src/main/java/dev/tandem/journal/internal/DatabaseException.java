package dev.tandem.journal.internal;

/** The database failed. Whether a transaction under way took place is not known; a repeat of the command tells. */
public final class DatabaseException extends RuntimeException {
    DatabaseException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
