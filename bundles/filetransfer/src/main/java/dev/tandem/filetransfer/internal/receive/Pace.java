package dev.tandem.filetransfer.internal.receive;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;

/**
 * Whether a line is worth the thread that it keeps. Who stands still is cut off by the web server; who lets a byte through now and
 * then is cut off here, and goes on by another request when others have had their turn. Only waiting for the line counts: a slow
 * disk is not its fault. For one thread.
 */
final class Pace {
    /** Bytes a second. */
    static final long LEAST = 1024;

    private static final long LOOK_MILLIS = 60_000;
    /** So much is written before the pace is looked at: a slow line keeps its thread as long as that takes. */
    private static final int SLICE = 32 * 1024;

    private final Clock clock;
    private long begun;
    private long waited;
    private long bytes;

    Pace(Clock clock) {
        this.clock = clock;
    }

    /** It is waited for the line from now on. */
    void begin() {
        begun = clock.millis();
    }

    /** So much went through. @return whether it has been too little for a minute */
    boolean tooSlow(long more) {
        bytes += more;
        waited += clock.millis() - begun;
        if (waited < LOOK_MILLIS) {
            return false;
        }
        boolean slow = bytes < waited / 1000 * LEAST;
        waited = 0;
        bytes = 0;
        return slow;
    }

    /** A stream that breaks off when whoever reads it is too slow. */
    static OutputStream watched(OutputStream out, Clock clock) {
        var pace = new Pace(clock);
        return new FilterOutputStream(out) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] all, int from, int length) throws IOException {
                for (int at = 0; at < length; at += SLICE) {
                    int some = Math.min(SLICE, length - at);
                    pace.begin();
                    out.write(all, from + at, some);
                    if (pace.tooSlow(some)) {
                        throw new IOException("The receiver takes less than " + LEAST + " bytes a second");
                    }
                }
            }
        };
    }
}
