package dev.tandem.journal.internal;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Streams;

/** A command on its way through the lane of its site. One thread waits for it. */
final class Task<S, E, A> {
    /** What became of it: an answer, or a failure that its caller gets thrown. */
    private sealed interface Outcome<A> {
        record Answered<A>(Answer<A> answer) implements Outcome<A> {}

        record Failed<A>(Throwable why) implements Outcome<A> {}
    }

    private final OpenKind<S, E> kind;
    private final Command<A> command;
    private final Streams.Decider<S, E, A> decider;
    private final Optional<Deadlines.Due> due;
    private final Thread waiter = Thread.currentThread();
    private volatile Outcome<A> outcome;

    Task(OpenKind<S, E> kind, Command<A> command, Streams.Decider<S, E, A> decider, Optional<Deadlines.Due> due) {
        this.kind = kind;
        this.command = command;
        this.decider = decider;
        this.due = due;
    }

    OpenKind<S, E> kind() {
        return kind;
    }

    Command<A> command() {
        return command;
    }

    Streams.Decider<S, E, A> decider() {
        return decider;
    }

    /** The deadline behind it, if it is one that has fallen due. */
    Optional<Deadlines.Due> due() {
        return due;
    }

    StreamKey key() {
        return new StreamKey(kind.name(), command.stream());
    }

    void answer(Answer<A> answer) {
        outcome = new Outcome.Answered<>(answer);
    }

    void fail(Throwable why) {
        outcome = new Outcome.Failed<>(why);
    }

    boolean done() {
        return outcome != null;
    }

    void wake() {
        if (waiter != Thread.currentThread()) {
            LockSupport.unpark(waiter);
        }
    }

    /** The answer, once it is done. */
    Answer<A> result() {
        if (outcome instanceof Outcome.Answered<A> answered) {
            return answered.answer();
        }
        var why = ((Outcome.Failed<A>) outcome).why();
        // Thrown as what it is, since the caller's own code made it, with the way it took here.
        why.addSuppressed(new IllegalStateException("in command " + command.id() + " of " + kind.name()));
        if (why instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (why instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("command " + command.id() + " of " + kind.name() + " failed", why);
    }
}
