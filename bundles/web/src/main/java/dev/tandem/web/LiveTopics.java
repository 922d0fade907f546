package dev.tandem.web;

import java.util.List;
import java.util.UUID;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A kind of topics on the live channel, published as a service by its slice. A topic reads {@code kind/id}. The hub asks
 * {@link #after} for each subscriber whenever {@link LiveChannel#ring} was called for the topic, so what a subscriber may
 * see is judged at every delivery.
 */
@ConsumerType
public interface LiveTopics {
    /** First part of the topics: {@code chat}. */
    String kind();

    /**
     * What the caller has not seen yet. A snapshot whose number the page has already been sent is not sent again, so a
     * state that has changed needs a higher number. Any other exception than a ProblemException is taken for passing:
     * the hub asks again, at first after a second.
     *
     * @param id what stands behind {@code kind/}
     * @param after the number of the last message seen, 0 for none
     * @throws ProblemException if the caller may not read the topic (any more): the subscription ends with that problem
     */
    Delivery after(Caller caller, String id, long after);

    /** A page of that caller has subscribed. {@code page} is the page's own id, the same after a reload. */
    default void attached(Caller caller, String id, UUID page) {}

    /**
     * A page of that caller has gone: its socket closed, for whatever reason, or it unsubscribed. Each {@code attached}
     * is followed by one of these, also when this service or the web bundle goes; the service still works then.
     */
    default void detached(Caller caller, String id, UUID page) {}

    /** What to deliver. */
    sealed interface Delivery {
        /**
         * The messages that were missing, in order, perhaps none.
         *
         * @param more whether there are more than these: the hub asks again once these are on their way
         */
        record Messages(List<Message> messages, boolean more) implements Delivery {
            /** All there are. */
            public Messages(List<Message> messages) {
                this(messages, false);
            }
        }

        /** The whole state instead. */
        record Snapshot(Message state) implements Delivery {}
    }

    /**
     * One message.
     *
     * @param number ascends within the topic
     * @param type permanent word: {@code chat.message}
     * @param body what Jackson can write
     */
    record Message(long number, String type, Object body) {}
}
