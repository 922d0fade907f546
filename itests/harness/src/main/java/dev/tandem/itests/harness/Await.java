package dev.tandem.itests.harness;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for a time. */
public final class Await {
    private static final long STEP_MILLIS = 40;

    private Await() {}

    public static void until(String what, Duration longest, BooleanSupplier condition) {
        value(what, longest, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** The first value that the supplier gives. */
    public static <T> T value(String what, Duration longest, Supplier<Optional<T>> supplier) {
        long end = System.nanoTime() + longest.toNanos();
        var never = new CountDownLatch(1);
        while (true) {
            var value = supplier.get();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + longest.toSeconds() + " s in vain for: " + what);
            }
            try {
                never.await(STEP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for: " + what, e);
            }
        }
    }
}
