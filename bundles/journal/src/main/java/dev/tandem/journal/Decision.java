package dev.tandem.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a command comes to: events, or a named refusal.
 *
 * @param <E> the family of events
 * @param <A> the answer to the caller
 */
public sealed interface Decision<E, A> {

    /**
     * Accepted. No events means that nothing had to change.
     *
     * @param deadlines deadlines of this stream to set or cancel, in order
     * @param personal personal rows that the events refer to
     */
    record Accepted<E, A>(List<E> events, A answer, List<Deadline> deadlines, List<Personal> personal)
            implements Decision<E, A> {
        public Accepted {
            events = List.copyOf(events);
            deadlines = List.copyOf(deadlines);
            personal = List.copyOf(personal);
        }

        /** The same with a deadline set, in place of one of the same name. */
        public Accepted<E, A> wake(String deadline, Instant at) {
            return new Accepted<>(events, answer, plus(deadlines, new Deadline(deadline, Optional.of(at))), personal);
        }

        /** The same with a deadline cancelled, if it is set. */
        public Accepted<E, A> calm(String deadline) {
            return new Accepted<>(events, answer, plus(deadlines, new Deadline(deadline, Optional.empty())), personal);
        }

        /** The same with a personal row. */
        public Accepted<E, A> with(Personal row) {
            return new Accepted<>(events, answer, deadlines, plus(personal, row));
        }

        private static <T> List<T> plus(List<T> list, T one) {
            return java.util.stream.Stream.concat(list.stream(), java.util.stream.Stream.of(one))
                    .toList();
        }
    }

    /** Refused; nothing changes. */
    record Refused<E, A>(Refusal refusal) implements Decision<E, A> {}

    /**
     * A change of a deadline of the stream.
     *
     * @param name the stream's own name for it: {@code grace}
     * @param at when it falls due; empty cancels it
     */
    record Deadline(String name, Optional<Instant> at) {}

    /** These events, and an answer to the caller. */
    static <E, A> Accepted<E, A> accept(List<? extends E> events, A answer) {
        return new Accepted<>(List.copyOf(events), answer, List.of(), List.of());
    }

    /** These events, and no answer but that it is done. */
    static <E> Accepted<E, None> accept(List<? extends E> events) {
        return accept(events, None.NONE);
    }

    /** Accepted, and nothing had to change. */
    static <E> Accepted<E, None> nothing() {
        return accept(List.of());
    }

    /**
     * Refused.
     *
     * @param code permanent word for programs
     * @param detail one English sentence for people
     */
    static <E, A> Refused<E, A> refuse(Refusal.Reason reason, String code, String detail) {
        return new Refused<>(new Refusal(reason, code, detail));
    }
}
