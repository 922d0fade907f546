package dev.tandem.filetransfer.internal.verify;

/** A list of types cannot be read. The message is a sentence for whoever wrote it. */
public final class BadTypeListException extends IllegalArgumentException {
    private final int at;
    private final String entry;

    BadTypeListException(int at, String entry, String why) {
        super("Character " + at + ", \"" + entry + "\": " + why);
        this.at = at;
        this.entry = entry;
    }

    /** Where the entry begins; the first character is 1. */
    public int at() {
        return at;
    }

    /** What cannot be read, shortened. */
    public String entry() {
        return entry;
    }
}
