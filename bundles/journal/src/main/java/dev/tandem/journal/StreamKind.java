package dev.tandem.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One kind of stream, as its slice describes it. {@link #evolve} and {@link #due} are pure: no I/O, no clock, no thread.
 *
 * @param <S> the state, an immutable fold of the events
 * @param <E> the sealed family of the slice's internal events
 */
@ConsumerType
public interface StreamKind<S, E> {
    /** Permanent name, as it stands in stored rows: {@code session}. */
    String name();

    /** The permanent names of the events, and the way from older shapes. */
    EventTypes<E> events();

    /** The state of a stream without events. */
    S initial();

    /** The state after one more event. Never refuses: what is stored has happened. */
    S evolve(S state, E event);

    /**
     * Writes the read-model rows of one event, in the transaction that appends it. Called again for all events when a
     * read model is rebuilt, so it must not look at anything but its arguments and its own tables.
     */
    default void project(Sql sql, Recorded<E> event, S after) throws SQLException {}

    /** Deletes what {@link #project} copied of a person. Same transaction as the deletion of the personal rows. */
    default void erase(Sql sql, dev.tandem.platform.SiteId site, String subject) throws SQLException {}

    /** Decides what a deadline that has fallen due means for the stream. Fired at least once, perhaps late. */
    default Decision<E, None> due(S state, String deadline, Instant now) {
        return Decision.nothing();
    }

    /**
     * What other slices, pages and integrators may see of an event: instances of public records, mostly one or none.
     * They reach {@link EventSubscriber}s.
     */
    default List<Object> publish(Recorded<E> event, S after) {
        return List.of();
    }

    /**
     * Called after the event is durable, on every node where the kind is open, in the order of the site, on a thread of the
     * journal: ring the live channel or drop what was cached here, and return at once. Nobody hears what happened before
     * the node started, so nothing that must happen may depend on it: that is a subscriber's work.
     */
    default void committed(Recorded<E> event, S after) {}
}
