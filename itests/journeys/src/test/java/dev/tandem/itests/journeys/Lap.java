package dev.tandem.itests.journeys;

import java.util.ArrayList;
import java.util.List;

/** How long after a moment other things had happened: printed, and held against a bound. */
final class Lap {
    private final long start = System.nanoTime();
    private final List<String> done = new ArrayList<>();

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Has just happened. */
    void done(String what) {
        done.add("%s %.1f s".formatted(what, seconds()));
    }

    @Override
    public String toString() {
        return String.join(", ", done);
    }
}
