package dev.tandem.journal.internal;

import java.sql.SQLException;

/** Why a database cannot be worked with, for people: what is wrong, and what to do. No secret is in it. */
final class NotReady extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String code;

    /** @param code what kind of trouble it is; the words of one kind may differ from try to try */
    NotReady(String code, String text) {
        super(text);
        this.code = code;
    }

    NotReady(String code, String text, Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    String code() {
        return code;
    }

    /** The first line of the deepest cause, where drivers name the matter. A password in an address is left out. */
    static String said(Throwable failure) {
        var deepest = failure;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            // What is beneath an SQLException of the driver (a socket's) says less than the driver does.
            if (!(deepest instanceof SQLException) || cause instanceof SQLException) {
                deepest = cause;
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        var message = deepest.getMessage();
        var text = message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
        return withoutSecrets(text.lines().findFirst().orElse(text).strip().replaceFirst("\\.$", ""));
    }

    /** Leaves out what an address says of passwords. */
    static String withoutSecrets(String text) {
        return text.replaceAll("(?i)(pass(?:word)?=)[^&;\\s\"']*", "$1...")
                .replaceAll("(//[^/@:\\s]+:)[^/@\\s]+@", "$1...@");
    }
}
