package dev.tandem.journal;

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
     * Whether it is for lack of the database, and not for what was asked of it: it cannot be reached, is starting or
     * stopping, or has no room or no connection left. Soon, or elsewhere, it may work.
     */
    public boolean passing() {
        return passing;
    }
}
