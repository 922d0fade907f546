package dev.tandem.webacd.internal.router;

import java.time.Duration;
import java.util.UUID;

/** On what the routers of a node run; a test runs them by hand. */
public interface Threads {
    /** A line of tasks that run one after another, never two at once. */
    interface Line {
        void run(Runnable task);

        void later(Duration delay, Runnable task);

        /** How many wait. */
        int waiting();
    }

    Line line();

    /** Runs what writes. Of one item in order, of several side by side. */
    void write(UUID item, Runnable task);
}
