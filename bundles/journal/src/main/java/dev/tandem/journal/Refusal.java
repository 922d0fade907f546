package dev.tandem.journal;

/**
 * Why a command was refused.
 *
 * @param reason the sort of it
 * @param code a permanent word for programs and for translation: {@code session-ended}
 * @param detail one English sentence that names what was wrong and leaks nothing
 */
public record Refusal(Reason reason, String code, String detail) {

    /** Sorts of refusals. */
    public enum Reason {
        /** The command makes no sense as it is. */
        INVALID,
        /** The caller may not do it. */
        FORBIDDEN,
        /** There is no such thing, or the caller may not know of it. */
        UNKNOWN,
        /** Not in this state. */
        CONFLICT,
        /** Too often; later perhaps. */
        TOO_MANY,
        /** The node is too busy; soon. */
        BUSY
    }
}
