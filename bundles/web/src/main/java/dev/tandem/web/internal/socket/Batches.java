package dev.tandem.web.internal.socket;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts off sending until all that one read has brought is worked off, so that what it causes leaves together. A thread that
 * reads a socket opens a batch; sockets that are given something to send on that thread meanwhile wait for its end.
 */
public final class Batches {
    private final ThreadLocal<List<Runnable>> open = new ThreadLocal<>();

    /** Runs the work, then all that was put off meanwhile, each once. */
    public void run(Runnable work) {
        var later = new ArrayList<Runnable>();
        open.set(later);
        try {
            work.run();
        } finally {
            open.remove();
            later.forEach(Runnable::run);
        }
    }

    /** Runs it at the end of this thread's batch, or now if there is none. */
    public void atTheEnd(Runnable task) {
        var later = open.get();
        if (later == null) {
            task.run();
        } else if (!later.contains(task)) {
            later.add(task);
        }
    }
}
