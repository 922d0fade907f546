package dev.tandem.session;

import org.osgi.annotation.versioning.ConsumerType;

import dev.tandem.platform.SiteId;

/**
 * Something that participants do in a session, published as a service by its slice. A session ends its activities by its
 * own events: when control changes, the participant goes, the last agent leaves, or it ends. {@link #stopped} only hastens
 * what the slice would find out at its next check.
 */
@ConsumerType
public interface Activity {
    /** Permanent name: {@code screen}. */
    String name();

    /**
     * The session has ended this activity. Told on every node, perhaps more than once, and perhaps late: by then it may run
     * again, so the session is asked what is so. Must return soon, and must not change the session.
     */
    void stopped(SiteId site, SessionId session);
}
