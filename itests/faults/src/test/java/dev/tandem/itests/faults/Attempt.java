package dev.tandem.itests.faults;

import java.util.UUID;

/**
 * One attempt of an operation: a request that was sent once, to one node.
 *
 * @param op which operation; its attempts carry the same command id
 * @param client who; one client has one operation at a time
 * @param what the kind of operation
 * @param on what it is about: a conversation's session, a setting
 * @param value what was written, unlike any other
 * @param command the id under which the journal remembers it
 * @param begun before it was sent, and {@code ended} after the outcome was known: nanoseconds of one clock of this process
 * @param at the wall clock of this machine when it began, milliseconds
 * @param status of HTTP, 0 if there was no answer
 * @param code of the problem, or empty
 * @param answer what it gave: the message's number, the session's id; or empty
 */
record Attempt(
        long op,
        String client,
        What what,
        String on,
        String value,
        UUID command,
        String node,
        long begun,
        long ended,
        long at,
        Outcome outcome,
        int status,
        String code,
        String answer) {

    /** What clients do. */
    enum What {
        SIMULATE,
        ACCEPT,
        START,
        JOIN,
        SAY,
        LEAVE,
        END,
        END_CALL,
        SET,
        /** Asks for a session by a queue's link. */
        ENTER,
        /** Says to be available. */
        PRESENT,
        TAKE_OFFER,
        DECLINE_OFFER,
        /** Ends the session that was given. */
        FINISH
    }

    /** What became of an attempt. */
    enum Outcome {
        /** Done, and told so. */
        ACKNOWLEDGED,
        /** Not done, for a reason that lies in the command. */
        REFUSED,
        /** Not done, says the server: not now. The same may be sent again. */
        PUT_OFF,
        /** Nobody knows. */
        UNKNOWN
    }
}
