package dev.tandem.webacd.internal.desk;

import java.time.Duration;

/** Runs things later, one at a time and in order of their times. What waits is lost with the process. */
public interface Later {
    /** Runs it on the one thread of all such things, after a delay, which may be zero. */
    void run(Duration delay, Runnable what);
}
