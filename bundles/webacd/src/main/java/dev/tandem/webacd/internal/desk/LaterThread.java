package dev.tandem.webacd.internal.desk;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread of the bundle's own. */
@Component(service = Later.class)
public final class LaterThread implements Later {
    private static final Logger LOG = LoggerFactory.getLogger(LaterThread.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        var thread = new Thread(task, "tandem-webacd");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public LaterThread() {
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void run(Duration delay, Runnable what) {
        try {
            executor.schedule(() -> guarded(what), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late: the bundle is stopping");
        }
    }

    private static void guarded(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.warn("A task of WebACD failed", e);
        }
    }

    /** What is under way comes to its end. */
    @Deactivate
    void close() {
        executor.shutdown();
    }
}
