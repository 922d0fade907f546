package dev.tandem.journal;

import java.util.function.Function;

/** What became of a command. */
public sealed interface Answer<A> {
    /**
     * Accepted and durable.
     *
     * @param version the stream's version after it
     */
    record Accepted<A>(A value, long version) implements Answer<A> {}

    /** Refused; nothing has changed. */
    record Refused<A>(Refusal refusal) implements Answer<A> {}

    /** The value, or what the function makes of the refusal, thrown. */
    default <X extends RuntimeException> A orElseThrow(Function<Refusal, X> failure) {
        if (this instanceof Accepted<A> accepted) {
            return accepted.value();
        }
        throw failure.apply(((Refused<A>) this).refusal());
    }
}
