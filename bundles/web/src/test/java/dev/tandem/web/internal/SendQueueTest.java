package dev.tandem.web.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.Test;

public class SendQueueTest {
    private final Fakes.Wire wire = new Fakes.Wire();
    private final AtomicInteger drained = new AtomicInteger();
    private final SendQueue queue = new SendQueue(wire, 100, drained::incrementAndGet, () -> 0);

    @Test
    public void oneMessageIsUnderWayAtATime() {
        wire.clog();
        assertTrue(queue.offer("one"));
        assertTrue(queue.offer("two"));
        assertTrue(queue.offer(ByteBuffer.allocate(3)));
        assertEquals(List.of("one"), wire.texts);
        wire.letOneGo();
        assertEquals(List.of("one", "two"), wire.texts);
        wire.flow();
        assertEquals(1, wire.frames.size());
        assertEquals(0, queue.waiting());
    }

    @Test
    public void aMessageLargerThanTheBoundGoesWhenNothingWaits() {
        wire.clog();
        assertTrue(queue.offer("x".repeat(500)));
        assertFalse(queue.offer("y"));
        wire.flow();
        assertTrue(queue.offer("y"));
    }

    @Test
    public void whoWasTurnedDownIsToldOnceWhenHalfIsFree() {
        wire.clog();
        for (int i = 0; i < 4; i++) {
            assertTrue(queue.offer("x".repeat(25)));
        }
        assertFalse(queue.offer("y"));
        wire.letOneGo();
        assertEquals(0, drained.get());
        wire.letOneGo();
        assertEquals(1, drained.get());
        wire.flow();
        assertEquals(1, drained.get());
    }

    @Test
    public void aQueueThatWasNeverFullTellsNothing() {
        queue.offer("x".repeat(60));
        assertEquals(0, drained.get());
    }

    @Test
    public void aSocketThatCannotSendIsClosed() {
        var broken = new SendQueue.Wire() {
            private Optional<Integer> closed = Optional.empty();

            @Override
            public void text(String text, SendQueue.Done done) {
                throw new IllegalStateException("reset by peer");
            }

            @Override
            public void binary(ByteBuffer bytes, SendQueue.Done done) {
                done.sent(false);
            }

            @Override
            public void ping() {
                // not asked here
            }

            @Override
            public void close(int code, String reason) {
                closed = Optional.of(code);
            }
        };
        var hopeless = new SendQueue(broken, 100, () -> {}, () -> 0);
        hopeless.offer("x");
        assertEquals(Optional.of(CloseCode.TOO_SLOW), broken.closed);
        assertFalse(hopeless.offer("y"));
    }

    @Test
    public void aLongQueueDoesNotNest() {
        wire.clog();
        var large = new SendQueue(wire, 10_000_000, () -> {}, () -> 0);
        for (int i = 0; i < 100_000; i++) {
            assertTrue(large.offer("x"));
        }
        wire.flow(); // each is done at once now
        assertEquals(0, large.waiting());
        assertEquals(100_000, wire.texts.size());
    }

    /** Many threads offer, another one completes: each thread's messages arrive, whole and in its order. */
    @Test
    public void orderHoldsAmongThreads() throws Exception {
        int threads = 4;
        int each = 5_000;
        var arrived = new ArrayList<String>();
        var all = new CountDownLatch(threads * each);
        var completer = Executors.newSingleThreadExecutor();
        var producers = Executors.newFixedThreadPool(threads);
        try {
            var slow = new SendQueue(
                    new SendQueue.Wire() {
                        @Override
                        public void text(String text, SendQueue.Done done) {
                            arrived.add(text); // one at a time, or this list breaks
                            completer.execute(() -> {
                                all.countDown();
                                done.sent(true);
                            });
                        }

                        @Override
                        public void binary(ByteBuffer bytes, SendQueue.Done done) {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public void ping() {
                            throw new UnsupportedOperationException();
                        }

                        @Override
                        public void close(int code, String reason) {
                            throw new UnsupportedOperationException();
                        }
                    },
                    Long.MAX_VALUE,
                    () -> {},
                    System::nanoTime);
            for (int thread = 0; thread < threads; thread++) {
                var name = "t" + thread + ":";
                producers.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        slow.offer(name + i);
                    }
                });
            }
            assertTrue(all.await(20, TimeUnit.SECONDS));
        } finally {
            producers.shutdownNow();
            completer.shutdownNow();
        }
        var next = new HashMap<String, Integer>();
        for (var text : arrived) {
            var parts = text.split(":");
            assertEquals(next.getOrDefault(parts[0], 0).toString(), parts[1]);
            next.merge(parts[0], 1, Integer::sum);
        }
        assertEquals(threads * each, arrived.size());
    }
}
