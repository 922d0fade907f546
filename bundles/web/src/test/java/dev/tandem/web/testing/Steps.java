package dev.tandem.web.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs what it is given when the test says so, or at once. */
public final class Steps extends AbstractExecutorService {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean held;
    private boolean running;

    /** From now on tasks wait for {@link #run}. */
    public void hold() {
        held = true;
    }

    public void run() {
        held = false;
        drain();
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!held) {
            drain();
        }
    }

    private void drain() {
        if (running) {
            return;
        }
        running = true;
        try {
            while (!tasks.isEmpty() && !held) {
                tasks.remove().run();
            }
        } finally {
            running = false;
        }
    }

    @Override
    public void shutdown() {
        // nothing to stop
    }

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) {
        return true;
    }
}
