package dev.tandem.journal;

import java.time.Instant;
import java.util.UUID;

import org.osgi.annotation.versioning.ConsumerType;

import dev.tandem.platform.SiteId;

/**
 * Hears published events, each at least once and in the order of the site, across restarts: its cursor is stored under
 * its name. Published as a service. It reacts with commands whose id is {@link Ids#derived} from the event's.
 *
 * <p>One that is new hears from the first event on. It is called on a thread of its own, one event at a time unless it says by
 * {@link #turn} what need not wait for what; a failure holds up the events of that site, not of others. Events of a kind that is not open are waited for a few seconds, then
 * passed by, and delivered late when the kind is opened again. Those that a newer version of a slice has written, and what
 * follows them in their kind, are delivered on a node that knows them. The cursor is stored about twice a second.
 */
@ConsumerType
public interface EventSubscriber {
    /** Permanent name of the cursor: {@code chat.notices}. */
    String name();

    /** On which nodes it hears. */
    enum Reach {
        /** On one node at a time, which holds the lease {@code subscriber/NAME} of the site; the cursor goes with it. */
        ONE_NODE,
        /** On every node for itself, from the moment when it came: what is kept in a node's memory follows so. No cursor. */
        EVERY_NODE
    }

    /** Where it hears; as a rule once among all nodes. */
    default Reach reach() {
        return Reach.ONE_NODE;
    }

    /**
     * What has to be heard one after another, in the order of the site: events with equal turns. Those of different turns
     * may be heard at once, on several threads, and so share the flushes of the commands that follow from them. Pure, and
     * asked of the first of those that one stored event publishes. As a rule all of a site are one turn.
     */
    default Object turn(Published event) {
        return event.site();
    }

    /**
     * @throws Exception if it cannot be handled now: the same event comes again after a while, later ones wait
     */
    void on(Published event) throws Exception;

    /**
     * A published event.
     *
     * @param id the id of the stored event behind it
     * @param stream the stream it came from
     * @param event an instance of a slice's public record
     */
    record Published(SiteId site, long position, UUID id, UUID stream, Instant at, Object event) {}
}
