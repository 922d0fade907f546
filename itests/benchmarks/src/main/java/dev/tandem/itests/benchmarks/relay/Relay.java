package dev.tandem.itests.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something that hands one sender's frames to some viewers. */
interface Relay extends AutoCloseable {
    String name();

    /** Makes ready for a new sender. */
    void share();

    /** A socket that has said who it is. */
    Link open(String role) throws IOException;

    /** The process that does the work. */
    long pid();

    @Override
    void close();

    /** CPU time of that process so far, seconds. */
    default double cpuSeconds() {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return ticks / 100.0; // USER_HZ, which Linux promises to programs
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
