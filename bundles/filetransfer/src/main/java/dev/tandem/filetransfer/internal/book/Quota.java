package dev.tandem.filetransfer.internal.book;

/**
 * How many bytes there may be.
 *
 * @param session those of a session
 * @param site those of a site
 */
public record Quota(long session, long site) {
    /** Which of the two has no room. */
    public enum Full {
        SESSION,
        SITE
    }
}
