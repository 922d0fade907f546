package dev.tandem.recording.internal;

import java.util.Optional;
import java.util.UUID;

import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/** What was said in a session, as it is known now. */
interface Talk {
    /**
     * @param from who said it
     * @param name empty once erased
     * @param text empty once erased
     */
    record Said(Optional<UUID> from, String name, String text, boolean erased) {}

    /** That message of the session's conversation. */
    Optional<Said> said(SiteId site, SessionId session, long number);
}
