package dev.tandem.launcher;

/** What cannot be done, in words for the person at the terminal, with what to do instead. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
        super(message);
    }

    Refused(String message, Throwable cause) {
        super(message, cause);
    }
}
