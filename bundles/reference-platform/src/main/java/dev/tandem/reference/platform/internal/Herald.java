package dev.tandem.reference.platform.internal;

import java.util.Collection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, one after the other and in order, on a thread of its own; a listener that fails harms no other. */
final class Herald implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);

    private final ExecutorService thread;

    Herald(String name) {
        this.thread = Executors.newSingleThreadExecutor(task -> {
            var made = new Thread(task, name);
            made.setDaemon(true);
            return made;
        });
    }

    <L> void tell(Supplier<? extends Collection<L>> listeners, Consumer<L> what) {
        try {
            thread.execute(() -> tellAll(listeners, what));
        } catch (RejectedExecutionException stopped) {
            LOG.debug("A change came when the platform had stopped", stopped);
        }
    }

    private static <L> void tellAll(Supplier<? extends Collection<L>> listeners, Consumer<L> what) {
        try {
            listeners.get().forEach(listener -> tellOne(listener, what));
        } catch (RuntimeException e) {
            LOG.warn("Listeners of the platform could not be told", e);
        }
    }

    private static <L> void tellOne(L listener, Consumer<L> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("A listener of the platform failed: {}", listener, e);
        }
    }

    /** Lets what is under way come to its end, for a moment. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
