package dev.tandem.webacd.internal.router;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads that are there only while there is something to do. */
@Component(service = Threads.class)
public final class RouterThreads implements Threads {
    private static final Logger LOG = LoggerFactory.getLogger(RouterThreads.class);
    /** So many writes at once share one fsync; more would wait for each other in the journal. */
    private static final int WRITERS = 32;

    private static final int ROUTERS = 4;
    private static final long IDLE_SECONDS = 20;

    private final ThreadPoolExecutor routers = pool(ROUTERS, "tandem-router");
    private final ExecutorService[] writers = Stream.generate(() -> pool(1, "tandem-router-writer"))
            .limit(WRITERS)
            .toArray(ExecutorService[]::new);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, named("tandem-router-timer"));

    @Activate
    public RouterThreads() {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true);
    }

    private static ThreadPoolExecutor pool(int most, String name) {
        var pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ThreadFactory named(String name) {
        var count = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Line line() {
        return new Serial();
    }

    @Override
    public void write(UUID item, Runnable task) {
        submit(writers[Math.floorMod(item.hashCode(), WRITERS)], () -> guarded(task));
    }

    private static void submit(ExecutorService to, Runnable task) {
        try {
            to.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late: the bundle is stopping");
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the router failed", e);
        }
    }

    /** One after another on whichever thread is free. */
    private final class Serial implements Line {
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private boolean running;

        @Override
        public void run(Runnable task) {
            synchronized (this) {
                tasks.add(task);
                if (running) {
                    return;
                }
                running = true;
            }
            submit(routers, this::drain);
        }

        @Override
        public void later(Duration delay, Runnable task) {
            try {
                timer.schedule(() -> run(task), Math.max(0, delay.toMillis()), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("Too late: the bundle is stopping");
            }
        }

        @Override
        public synchronized int waiting() {
            return tasks.size();
        }

        private void drain() {
            for (var next = next(); next != null; next = next()) {
                guarded(next);
            }
        }

        private synchronized Runnable next() {
            var next = tasks.poll();
            running = next != null;
            return next;
        }
    }

    @Deactivate
    void close() {
        timer.shutdown();
        routers.shutdown();
        for (var writer : writers) {
            writer.shutdown();
        }
    }
}
