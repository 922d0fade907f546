package dev.tandem.web.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.SiteId;
import dev.tandem.web.ProblemException;

public class DatabaseLimiterTest {
    private static final Supplier<Optional<String>> WRONG = Optional::empty;
    private static final Supplier<Optional<String>> RIGHT = () -> Optional.of("in");

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private final TestClock clock = new TestClock();
    private final List<String> alarms = new ArrayList<>();
    private final Stopwatch watch = new Stopwatch();
    private JournalRuntime journal;
    private DatabaseLimiter limiter;

    /** Time passes only while an answer is held back and where a test says so. */
    private static final class Stopwatch implements DatabaseLimiter.Pause {
        private long nanos;

        @Override
        public synchronized long nanoTime() {
            return nanos;
        }

        @Override
        public synchronized void pause(long more) {
            nanos += more;
        }
    }

    @Before
    public void open() {
        journal = Fakes.journal(folder.getRoot().toPath(), clock);
        limiter = limiter();
    }

    private DatabaseLimiter limiter() {
        return new DatabaseLimiter(
                new WebTables(journal.database()).database(),
                clock,
                (site, what, failures) -> alarms.add(site + " " + what + " " + failures),
                watch);
    }

    @After
    public void close() {
        journal.close();
    }

    private Optional<String> attempt(String address, Supplier<Optional<String>> attempt) {
        return attempt(Fakes.ACME, address, attempt);
    }

    private Optional<String> attempt(SiteId site, String address, Supplier<Optional<String>> attempt) {
        return limiter.attempt(site, "pin", address, attempt);
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            attempt(address, WRONG);
        }
    }

    private long retryAfter(String address) {
        var refused = assertThrows(ProblemException.class, () -> attempt(address, RIGHT));
        assertEquals(429, refused.problem().status());
        assertEquals("too-many-attempts", refused.problem().code());
        return refused.problem().retryAfterSeconds().orElseThrow();
    }

    @Test
    public void afterFiveFailuresAnAddressWaitsUntilTheFirstIsTenMinutesOld() {
        fail("10.0.0.1", 1);
        clock.advance(Duration.ofMinutes(4));
        fail("10.0.0.1", 4);
        assertEquals(360, retryAfter("10.0.0.1"));
        clock.advance(Duration.ofMinutes(6).minusMillis(1));
        assertEquals(1, retryAfter("10.0.0.1"));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Optional.of("in"), attempt("10.0.0.1", RIGHT));
    }

    @Test
    public void othersAreNotTouched() {
        fail("10.0.0.1", 5);
        assertEquals(Optional.of("in"), attempt("10.0.0.2", RIGHT));
        assertEquals(Optional.of("in"), attempt(Fakes.OTHER, "10.0.0.1", RIGHT));
        assertEquals(Optional.of("in"), limiter.attempt(Fakes.ACME, "password", "10.0.0.1", RIGHT));
    }

    @Test
    public void successesCountForNothing() {
        fail("10.0.0.1", 4);
        for (int i = 0; i < 20; i++) {
            assertEquals(Optional.of("in"), attempt("10.0.0.1", RIGHT));
        }
        fail("10.0.0.1", 1);
        retryAfter("10.0.0.1");
    }

    @Test
    public void aRestartForgetsNothing() {
        fail("10.0.0.1", 5);
        journal.close();
        journal = Fakes.journal(folder.getRoot().toPath(), clock);
        limiter = limiter();
        retryAfter("10.0.0.1");
    }

    @Test
    public void theAddressesOfANetworkCountAsOne() {
        fail("2001:db8:1:2::1", 3);
        fail("2001:db8:1:2:ffff::9", 2);
        retryAfter("2001:db8:1:2::77");
        assertEquals(Optional.of("in"), attempt("2001:db8:1:3::1", RIGHT));
    }

    @Test
    public void rightAndWrongTakeTheSameTime() {
        long step = DatabaseLimiter.STEP.toNanos();
        assertEquals(step, took(WRONG, 0));
        assertEquals(step, took(RIGHT, 0));
        assertEquals(step, took(WRONG, step / 3));
        assertEquals(step, took(RIGHT, step - 1));
        assertEquals("and the next step when that is too short", 2 * step, took(RIGHT, step + 1));
        assertEquals(
                step,
                took(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        0));
    }

    private long took(Supplier<Optional<String>> attempt, long work) {
        long start = watch.nanoTime();
        try {
            attempt("10.9.9.9", () -> {
                watch.pause(work);
                return attempt.get();
            });
        } catch (IllegalStateException e) {
            assertEquals("broken", e.getMessage());
        }
        return watch.nanoTime() - start;
    }

    @Test
    public void aHundredFailuresRingOnceAWindowAndSlowOnlyThoseWhoFailed() {
        for (int i = 0; i < 99; i++) {
            fail("10.1.0." + i, 1);
        }
        assertEquals(List.of(), alarms);
        fail("10.1.0.200", 1);
        assertEquals(List.of("acme pin 100"), alarms);
        fail("10.1.0.201", 4);
        assertEquals(1, alarms.size());

        long step = DatabaseLimiter.STEP.toNanos();
        assertEquals("no failure, no delay", step, tookFrom("10.2.0.1"));
        assertEquals(step + DatabaseLimiter.SLOWED.toNanos(), tookFrom("10.1.0.5"));

        clock.advance(Duration.ofMinutes(11));
        for (int i = 0; i < 100; i++) {
            fail("10.3.0." + i, 1);
        }
        assertEquals(2, alarms.size());
    }

    private long tookFrom(String address) {
        long start = watch.nanoTime();
        attempt(address, RIGHT);
        return watch.nanoTime() - start;
    }

    @Test
    public void manyAtOnceDoNotSlipPast() throws Exception {
        int threads = 16;
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var start = new CountDownLatch(1);
            var tried = new AtomicInteger();
            var results = new ArrayList<Future<Boolean>>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(() -> {
                    start.await();
                    try {
                        attempt("10.0.0.1", () -> {
                            tried.incrementAndGet();
                            return Optional.empty();
                        });
                        return true;
                    } catch (ProblemException e) {
                        return false;
                    }
                }));
            }
            start.countDown();
            int let = 0;
            for (var result : results) {
                let += result.get() ? 1 : 0;
            }
            assertEquals(5, let);
            assertEquals(5, tried.get());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    public void oldRowsAreSwept() {
        fail("10.0.0.1", 3);
        clock.advance(Duration.ofMinutes(9));
        fail("10.0.0.1", 1);
        clock.advance(Duration.ofMinutes(2));
        limiter.sweep();
        long rows = journal.database()
                .read(sql -> sql.first("SELECT count(*) AS n FROM web_attempts", row -> row.getLong("n")))
                .orElseThrow();
        assertEquals(1, rows);
    }

    @Test
    public void aFailureOfTheAttemptItselfIsPassedOnAndNotCounted() {
        for (int i = 0; i < 6; i++) {
            assertThrows(
                    IllegalStateException.class,
                    () -> attempt("10.0.0.1", () -> {
                        throw new IllegalStateException();
                    }));
        }
        assertTrue(attempt("10.0.0.1", RIGHT).isPresent());
    }
}
