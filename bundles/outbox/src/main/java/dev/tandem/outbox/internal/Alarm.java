package dev.tandem.outbox.internal;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Rings after a while. Once it is closed it rings at once. */
final class Alarm implements AutoCloseable {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "tandem-outbox-alarm");
        thread.setDaemon(true);
        return thread;
    });

    Alarm() {
        executor.setRemoveOnCancelPolicy(true);
    }

    /** Calls it once after a delay, unless that is cancelled before. */
    Runnable set(Duration after, Runnable bell) {
        try {
            Future<?> set = executor.schedule(bell, after.toMillis(), TimeUnit.MILLISECONDS);
            return () -> set.cancel(false);
        } catch (RejectedExecutionException e) {
            bell.run();
            return () -> {};
        }
    }

    @Override
    public void close() {
        executor.shutdownNow().forEach(Runnable::run);
    }
}
