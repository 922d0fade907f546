package dev.tandem.itests.benchmarks.relay;

/** How long frames were on their way, to 20 microseconds. Written by one thread, read when it writes no more. */
final class Delays {
    private static final int BUCKET_MICROS = 20;
    private static final int BUCKETS = 100_000;

    private final int[] buckets = new int[BUCKETS];
    private long count;
    private long most;

    void add(long micros) {
        buckets[(int) Math.max(0, Math.min(BUCKETS - 1, micros / BUCKET_MICROS))]++;
        most = Math.max(most, micros);
        count++;
    }

    long count() {
        return count;
    }

    /** Milliseconds. */
    double most() {
        return most / 1000.0;
    }

    /** Milliseconds; no number if nothing has come. */
    double percentile(double share) {
        long wanted = (long) Math.ceil(count * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += buckets[i];
            if (seen >= wanted) {
                return (i + 1) * BUCKET_MICROS / 1000.0;
            }
        }
        return Double.NaN;
    }
}
