package dev.tandem.journal;

import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/**
 * Tells every node that something which is no event has changed: a row was written, a sign-in has ended. A service. Events
 * need none of this: {@link StreamKind#committed} is called on every node by itself.
 *
 * <p>An announcement is a doorbell, not a message: it may come twice, and it may be lost with the line to the database, so
 * what it tells of must stand in the database, and whoever hears it looks there.
 */
@ProviderType
public interface Announcements {
    /** Most characters of what is announced. */
    int LONGEST = 200;

    /**
     * Tells the listeners of every node, this one at once, the others within milliseconds. To be called after the commit of
     * what it tells of.
     *
     * @param what begins with the listener's {@link Listener#about}: {@code web.sign-ins/anna.bell}; at most
     *     {@value #LONGEST} characters
     */
    void announce(SiteId site, String what);

    /** Hears announcements. Published as a service; called on a thread of the journal, to return at once. */
    @ConsumerType
    interface Listener {
        /** What it hears of: {@code web.sign-ins}, the part before the first slash. */
        String about();

        /** @param detail what stands behind the slash, or nothing */
        void announced(SiteId site, String detail);

        /** The line was lost for a while and is back: any number of announcements may have been missed. */
        default void missed() {}
    }
}
