package dev.tandem.itests.benchmarks.screen;

import com.microsoft.playwright.Page;

/** A way to see the {@link Wall} in a browser. */
interface Product extends AutoCloseable {
    String name();

    /** A page with the picture, over that line. */
    View open(MeteredLine.Kind line);

    @Override
    void close();

    /** One view. */
    interface View extends AutoCloseable {
        Page page();

        /** Bytes that have left the shared computer so far, by its line. */
        long bytes();

        @Override
        void close();
    }
}
