package dev.tandem.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.journal.Answer;
import dev.tandem.platform.SiteId;

/**
 * What is said in a session, kept by the slice that publishes this as a service. It comes and goes with that slice; what
 * has been said stays. Texts are 1 to 4,000 code points of plain text; tab and line feed are its only control characters.
 */
@ProviderType
public interface Conversation {
    /**
     * Says something in a participant's name.
     *
     * @param command a repeat gives the first answer
     * @return refused with INVALID for a text that cannot be shown, UNKNOWN if the participant is not in the session now,
     *     CONFLICT {@code session-ended}
     */
    Answer<Posted> say(SiteId site, SessionId session, ParticipantId from, String text, UUID command);

    /**
     * Adds a line in nobody's name about something that has happened in the session. Pages show the text as it is, so
     * it should be understood without a translation or be written in the site's language.
     *
     * @param about whose name stands in the text; erasing that person erases the line
     * @param command a repeat gives the first answer
     * @return refused with INVALID for a text that cannot be shown, UNKNOWN if there is no such session
     */
    Answer<Posted> note(SiteId site, SessionId session, Optional<ParticipantId> about, String text, UUID command);

    /**
     * Adds a line in nobody's name about something of a slice's own that can be opened. Pages that know the code say it in
     * the reader's language, with a link; all others show the text.
     *
     * @param code what it is and its id, with a slash between: {@code file/ID}; nothing personal
     * @param about whose doing it is; erasing that person erases the line
     * @param text what it is called, for people
     * @param command a repeat gives the first answer
     * @return refused as {@link #note}
     */
    default Answer<Posted> happened(
            SiteId site, SessionId session, String code, Optional<ParticipantId> about, String text, UUID command) {
        return note(site, session, about, text, command);
    }

    /**
     * What people have said last, the earliest first; lines in nobody's name are not among it. Asks nobody whether the
     * reader may: that is up to the caller.
     *
     * @param most 1 to 50
     */
    default List<Said> latest(SiteId site, SessionId session, int most) {
        return List.of();
    }

    /** What somebody has said. @param name that participant's at that time; empty once erased */
    record Said(Instant at, String name, String text) {}

    /**
     * What was added.
     *
     * @param number its place in the conversation, from 1, without gaps
     */
    record Posted(long number) {}
}
