package dev.tandem.journal.internal;

/** What cannot be done, in a sentence or two for the administrator who asked for it. */
public final class Unable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unable(String message) {
        super(message);
    }

    public Unable(String message, Throwable cause) {
        super(message, cause);
    }
}
