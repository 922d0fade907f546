package dev.tandem.journal.internal;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import dev.tandem.journal.HeldOffException;
import dev.tandem.journal.Refusal;

/** Whether writers are let in. All but the one who closed it are held off, with the reason. */
final class Gate {
    /** @param but the one thread that may pass, if any may */
    private record Closed(Refusal why, Optional<Thread> but) {}

    private final AtomicReference<Optional<Closed>> closed = new AtomicReference<>(Optional.empty());

    /** Closes it for all but the calling thread. */
    void close(Refusal why) {
        if (!closed.compareAndSet(
                Optional.empty(), Optional.of(new Closed(why, Optional.of(Thread.currentThread()))))) {
            throw new Unable("Writers are held off already; something else is under way.");
        }
    }

    /** Closes it for the calling thread too, and for good. */
    void seal() {
        closed.updateAndGet(now -> now.map(c -> new Closed(c.why(), Optional.empty())));
    }

    void open() {
        closed.set(Optional.empty());
    }

    /** Why the calling thread is held off, if it is. */
    Optional<Refusal> why() {
        return closed.get()
                .filter(c -> c.but().filter(t -> t == Thread.currentThread()).isEmpty())
                .map(Closed::why);
    }

    void pass() {
        var why = why();
        if (why.isPresent()) {
            throw new HeldOffException(why.get());
        }
    }
}
