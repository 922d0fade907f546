package dev.tandem.journal;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.osgi.annotation.versioning.ProviderType;

import dev.tandem.platform.SiteId;

/** An open kind of stream. Thread-safe. */
@ProviderType
public interface Streams<S, E> extends AutoCloseable {
    /**
     * Decides a command against the stream's current state and makes the decision durable before it returns. A version
     * conflict decides again, at most three times.
     *
     * <p>A repeat of a command id returns the first answer, accepted or refused, without deciding. Blocks for about one
     * fsync; when the lane is full it returns {@link Refusal.Reason#BUSY} at once,
     * and so it does when the kind is closed. Being busy, and a conflict that stays
     * ({@code version-conflict}), are not remembered as the answer.
     *
     * @throws IllegalStateException within a decision, a projection or {@link Database#write}
     * @throws RuntimeException what the decider or the projection has thrown; nothing is stored
     */
    <A> Answer<A> execute(Command<A> command, Decider<S, E, A> decider);

    /** The state now; version 0 and the initial state for a stream without events. */
    Current<S> load(SiteId site, UUID stream);

    /** The same of many streams in few questions; one without events is not in it. For who begins, not for each request. */
    Map<UUID, Current<S>> load(SiteId site, Collection<UUID> streams);

    /** The events after a version, in order, at most {@code limit}. */
    List<Recorded<E>> read(SiteId site, UUID stream, long afterVersion, int limit);

    /** Waits for commands under way and answers all others with {@link Refusal.Reason#BUSY}. Events stay. */
    @Override
    void close();

    /** A stream's state with its version. */
    record Current<S>(S state, long version) {}

    /** A pure decision: the same arguments give the same answer, whenever and how often it is asked. */
    @FunctionalInterface
    interface Decider<S, E, A> {
        /** Decides by the state now. Pure, since it runs again after a conflict. */
        Decision<E, A> decide(S state, java.time.Instant now);
    }
}
