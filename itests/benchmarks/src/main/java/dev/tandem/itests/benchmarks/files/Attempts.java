package dev.tandem.itests.benchmarks.files;

import java.io.IOException;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;

/** What fails once is told, and not tried again: a table is printed of what can be measured. */
final class Attempts {
    /** Something that may fail. */
    interface Attempt {
        void run() throws IOException;
    }

    private final PrintStream out;
    private final Set<String> failed = new HashSet<>();

    Attempts(PrintStream out) {
        this.out = out;
    }

    void at(String what, Attempt attempt) {
        if (!failed(what)) {
            try {
                attempt.run();
            } catch (IOException | RuntimeException | AssertionError e) {
                failed.add(what);
                out.println("Not measured: " + what + ": " + e.getMessage());
            }
        }
    }

    boolean failed(String what) {
        return failed.contains(what);
    }
}
