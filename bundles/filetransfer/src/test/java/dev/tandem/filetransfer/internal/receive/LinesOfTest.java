package dev.tandem.filetransfer.internal.receive;

import java.time.Clock;

/** Lines for tests of other packages. */
public final class LinesOfTest {
    private LinesOfTest() {}

    /** So many that none is refused. */
    public static Lines many() {
        return new Lines(1_000, 1_000, 1_000, Clock.systemUTC());
    }
}
