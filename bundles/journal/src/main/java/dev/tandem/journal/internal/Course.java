package dev.tandem.journal.internal;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * A long piece of work as seen by who waits for it: what it is at, how far, and whether it is still wanted. One thread
 * works, another looks and cancels.
 */
public final class Course {
    /**
     * What is being done.
     *
     * @param of how much there is to do, or 0 if that is not known
     */
    public record Step(String what, LongSupplier done, long of) {}

    private final AtomicReference<Step> step = new AtomicReference<>(new Step("", () -> 0, 0));
    private final Object lock = new Object();
    private boolean cancelled;
    private boolean certain;
    private Optional<Runnable> stop = Optional.empty();

    public Step step() {
        return step.get();
    }

    /** Begins the next step; throws if the work is not wanted any more. */
    public void at(String what, LongSupplier done, long of) {
        check();
        step.set(new Step(what, done, of));
    }

    public void at(String what) {
        at(what, () -> 0, 0);
    }

    /** @throws CancellationException if the work is not wanted any more */
    public void check() {
        synchronized (lock) {
            if (cancelled) {
                throw new CancellationException("cancelled");
            }
        }
    }

    /** From here on it cannot be cancelled. */
    public void pointOfNoReturn() {
        synchronized (lock) {
            check();
            certain = true;
        }
    }

    /** Asks the work to end and leave nothing behind; false if it is too late for that. */
    public boolean cancel() {
        synchronized (lock) {
            if (certain) {
                return false;
            }
            cancelled = true;
            stop.ifPresent(Runnable::run);
            return true;
        }
    }

    /** Does something that does not look at {@link #check} itself and can be stopped from outside. */
    public <T> T stoppable(Runnable stopping, Work<T> work) throws Exception {
        synchronized (lock) {
            check();
            stop = Optional.of(stopping);
        }
        try {
            return work.run();
        } catch (Exception e) {
            check();
            throw e;
        } finally {
            synchronized (lock) {
                stop = Optional.empty();
            }
        }
    }

    /** What is done. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws Exception;
    }
}
