package dev.tandem.web.internal.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs tasks one after the other, in order, on threads that are shared with other mailboxes. */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Executor workers;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean running;

    Mailbox(Executor workers) {
        this.workers = workers;
    }

    /** How many tasks wait or run. */
    int size() {
        synchronized (tasks) {
            return tasks.size() + (running ? 1 : 0);
        }
    }

    void post(Runnable task) {
        synchronized (tasks) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        next();
    }

    /** One task at a time, so that a busy mailbox does not keep a worker from the others. */
    private void work() {
        Runnable task;
        synchronized (tasks) {
            task = tasks.remove();
        }
        try {
            task.run();
        } catch (RuntimeException | Error e) { // whatever it was, the next task must run
            LOG.error("A task of the live channel failed", e);
        }
        synchronized (tasks) {
            if (tasks.isEmpty()) {
                running = false;
                return;
            }
        }
        next();
    }

    private void next() {
        try {
            workers.execute(this::work);
        } catch (RejectedExecutionException e) {
            LOG.debug("The live channel has closed", e);
        }
    }
}
