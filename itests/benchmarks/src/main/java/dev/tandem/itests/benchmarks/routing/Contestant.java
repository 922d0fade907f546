package dev.tandem.itests.benchmarks.routing;

/** Something that gives work to workers, durably. */
interface Contestant extends AutoCloseable {
    int[] WORKERS = {1, 8, 64};

    String name();

    /** Keeps so many workers busy for a while, while enough work waits; how much was done in a second. */
    double rate(int workers, long nanos) throws Exception;

    @Override
    void close() throws Exception;
}
