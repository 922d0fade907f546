package dev.tandem.journal;

import org.slf4j.Logger;

/**
 * The database failed. Whether a transaction under way took place is not known: the same command once more, with the same
 * id, tells, on any node.
 */
public class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** @param passing see {@link #passing} */
    protected StorageException(String message, Throwable cause, boolean passing) {
        super(message, cause);
        this.passing = passing;
    }

    /**
     * Logs why something that is tried again by itself has failed: in one line if it is for lack of the database, since that
     * comes again and again, with its stack if it is anything else.
     *
     * @param what what could not be done
     */
    public static void log(Logger log, String what, Throwable failure) {
        if (failure instanceof StorageException storage && storage.passing()) {
            log.warn("{}, trying again: {}", what, failure.getMessage());
        } else {
            log.error("{}, trying again", what, failure);
        }
    }

    /**
     * Whether it is for lack of the database, and not for what was asked of it: it cannot be reached, is starting or
     * stopping, or has no room or no connection left. Soon, or elsewhere, it may work.
     */
    public boolean passing() {
        return passing;
    }
}
