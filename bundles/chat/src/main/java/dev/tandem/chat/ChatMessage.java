package dev.tandem.chat;

import java.time.Instant;
import java.util.Optional;

import dev.tandem.session.ParticipantId;

/**
 * A message or notice as it can be shown now.
 *
 * @param number its place in the conversation, from 1, without gaps
 * @param from who said it; empty for a notice
 * @param name the name that participant had then; empty for a notice, or once erased
 * @param text what was said, plain text; empty for a notice that has a code, or once erased
 * @param notice what happened; empty for a text
 * @param erased whether a person's words or name have been erased from it
 * @param at when it was said or happened
 */
public record ChatMessage(
        long number,
        Kind kind,
        Optional<ParticipantId> from,
        String name,
        String text,
        Optional<Notice> notice,
        boolean erased,
        Instant at) {

    /** What a line of a conversation is. */
    public enum Kind {
        /** Somebody said it. */
        TEXT,
        /** It happened. */
        NOTICE
    }

    /**
     * What happened, for pages to put in words.
     *
     * @param code {@code joined}, {@code left}, {@code screen-started}, {@code screen-stopped}, {@code ended}, or
     *     {@code note} for a line of another slice, whose words are the message's text
     * @param name whom it is about; empty for nobody, or once erased
     */
    public record Notice(String code, String name) {}
}
