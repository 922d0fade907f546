package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.LongStream;

import org.junit.Test;

import dev.tandem.platform.SiteId;

/** That listeners are told of everything once and in order, whoever appends and whatever is known when. */
public class AnnouncerTest {
    private static final int START = 7;

    /** What can happen next, by a number. Odd ones among the positions are listened to by nobody. */
    private static final class Course {
        private final List<Long> told = new ArrayList<>();
        private final Queue<Runnable> threads = new ArrayDeque<>();
        /** Own batches that are durable, and of which the lane has not told yet. */
        private final Queue<Announcer.Appended> untold = new ArrayDeque<>();
        /** What happens while the announcer is reading or telling. */
        private final Queue<Integer> meanwhile = new ArrayDeque<>();

        private final Announcer announcer = new Announcer(new SiteId("acme"), this::read, threads::add, START);
        private long end = START;
        private int failures;
        private boolean busy;

        private record Event(Course course, long position) implements Announcer.News {
            @Override
            public void tell() {
                course.told.add(position);
                course.next();
            }
        }

        private List<Event> events(long after, long upTo) {
            return LongStream.rangeClosed(after + 1, upTo)
                    .filter(position -> position % 2 == 0)
                    .mapToObj(position -> new Event(this, position))
                    .toList();
        }

        private Announcer.Appended read(long after, long upTo) {
            assertTrue("only what is durable is read", after < upTo && upTo <= end);
            next();
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("the database is away");
            }
            // Some at a time.
            var last = Math.min(upTo, after + 3);
            return new Announcer.Appended(after, last, events(after, last));
        }

        private void next() {
            if (!meanwhile.isEmpty()) {
                step(meanwhile.remove());
            }
        }

        void step(int what) {
            switch (what % 7) {
                case 0, 1 -> {
                    // This node appends up to four events.
                    var after = end;
                    end += 1 + what / 7 % 4;
                    untold.add(new Announcer.Appended(after, end, events(after, end)));
                }
                case 2 -> {
                    if (!untold.isEmpty()) {
                        announcer.announce(untold.remove());
                    }
                }
                case 3 -> end += 1 + what / 7 % 5;
                case 4 -> announcer.look(end - what / 7 % 3);
                case 5 -> run();
                default -> failures += what / 7 % 3 == 0 ? 1 : 0;
            }
        }

        private void run() {
            // One thread at a time is asked for, and the announcer is not entered again by what happens meanwhile.
            if (!busy && !threads.isEmpty()) {
                busy = true;
                threads.remove().run();
                busy = false;
            }
            assertTrue("never two threads", threads.size() <= 1);
        }

        void finish() {
            failures = 0;
            while (!untold.isEmpty()) {
                announcer.announce(untold.remove());
            }
            announcer.look(end);
            while (!threads.isEmpty() || !meanwhile.isEmpty()) {
                next();
                failures = 0;
                run();
                while (!untold.isEmpty()) {
                    announcer.announce(untold.remove());
                }
                announcer.look(end);
            }
        }
    }

    @Test
    public void everythingIsToldOnceAndInOrder() {
        var steps = lists().of(integers().between(0, 1_000)).ofSizeBetween(0, 60);
        qt().withExamples(1_000).forAll(steps, steps).checkAssert((some, others) -> {
            var course = new Course();
            course.meanwhile.addAll(others);
            some.forEach(course::step);
            course.finish();
            assertEquals(
                    LongStream.rangeClosed(START + 1, course.end)
                            .filter(position -> position % 2 == 0)
                            .boxed()
                            .toList(),
                    course.told);
            assertEquals("nothing stays in memory", 0, course.announcer.behind());
        });
    }

    @Test
    public void whatFollowsDirectlyIsNotRead() {
        var told = new ArrayList<Long>();
        record Event(long position, List<Long> told) implements Announcer.News {
            @Override
            public void tell() {
                told.add(position);
            }
        }
        var announcer = new Announcer(
                new SiteId("acme"),
                (after, upTo) -> {
                    throw new AssertionError("read");
                },
                Runnable::run,
                0);
        announcer.announce(new Announcer.Appended(0, 2, List.of(new Event(1, told), new Event(2, told))));
        announcer.announce(new Announcer.Appended(2, 9, List.of()));
        announcer.announce(new Announcer.Appended(9, 10, List.of(new Event(10, told))));
        assertEquals(List.of(1L, 2L, 10L), told);
    }

    @Test
    public void whoWaitsIsNotHeldUpByADatabaseThatIsAway() {
        var announcer = new Announcer(
                new SiteId("acme"),
                (after, upTo) -> {
                    throw new IllegalStateException("away");
                },
                Runnable::run,
                0);
        announcer.look(3);
        var began = System.nanoTime();
        announcer.awaitTold();
        assertTrue(System.nanoTime() - began < 4_000_000_000L);
        var closed = new Announcer(
                new SiteId("acme"),
                (after, upTo) -> new Announcer.Appended(after, upTo, List.of()),
                work -> {
                    throw new RejectedExecutionException();
                },
                0);
        closed.look(3);
        closed.awaitTold();
        assertFalse(System.nanoTime() - began > 4_000_000_000L);
    }
}
