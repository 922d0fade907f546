package dev.tandem.web;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of a slice's own, which runs things later, one at a time and in the order of their times. What waits is lost
 * when it is closed and with the process, so nothing that must happen may wait here. What fails is logged and goes no further.
 */
public final class LaterThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LaterThread.class);

    private final String name;
    private final ScheduledThreadPoolExecutor executor;

    /** @param name of the thread: {@code tandem-session} */
    public LaterThread(String name) {
        this.name = name;
        this.executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs it after a delay, which may be zero; never, once this is closed. */
    public void run(Duration delay, Runnable what) {
        try {
            executor.schedule(() -> guarded(what), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late: {} is stopping", name);
        }
    }

    private void guarded(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.warn("A task of {} failed", name, e);
        }
    }

    /** What is under way comes to its end. */
    @Override
    public void close() {
        executor.shutdown();
    }
}
