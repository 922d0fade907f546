package dev.tandem.journal.internal;

/** The tables were brought up to date by a later release: this one does not know what has become of them. */
final class NewerSchema extends IllegalStateException {
    private static final long serialVersionUID = 1;

    NewerSchema(String message) {
        super(message);
    }
}
