package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.Test;

import dev.tandem.journal.EventSubscriber;

@SuppressWarnings("try") // Subscriptions are held open, not used.
/** What a subscriber may rely on that has its events of different streams told at once. */
public class TurnsOfSubscribersTest extends JournalContract {
    private static final long PATIENCE = 20;

    private abstract static class OfStreams implements EventSubscriber {
        final Map<UUID, List<Long>> heard = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return "test.abreast";
        }

        @Override
        public Object turn(Published event) {
            return event.stream();
        }

        void note(Published event) {
            heard.computeIfAbsent(event.stream(), stream -> java.util.Collections.synchronizedList(new ArrayList<>()))
                    .add(event.position());
        }

        List<Long> all() {
            return heard.values().stream().flatMap(List::stream).sorted().toList();
        }
    }

    private List<UUID> history(int streams, int each) {
        var all = new ArrayList<UUID>();
        for (int i = 0; i < streams; i++) {
            all.add(UUID.randomUUID());
        }
        for (int n = 0; n < each; n++) {
            all.forEach(stream -> pay(stream, UUID.randomUUID(), 1));
        }
        return all;
    }

    @Test
    public void ofDifferentStreamsAtOnceOfOneStreamInOrder() throws Exception {
        history(4, 5);
        var meet = new CyclicBarrier(4);
        var subscriber = new OfStreams() {
            @Override
            public void on(Published event) throws Exception {
                if (!heard.containsKey(event.stream())) {
                    meet.await(PATIENCE, TimeUnit.SECONDS);
                }
                note(event);
            }
        };
        try (var subscription = runtime.subscribe(subscriber)) {
            runtime.settle();
            assertEquals(20, subscriber.all().size());
            assertEquals(4, subscriber.heard.size());
            subscriber.heard.values().forEach(of -> {
                assertEquals(5, of.size());
                assertEquals(of.stream().sorted().toList(), of);
            });
        }
    }

    @Test
    public void whoseTurnFailsHoldsUpItsOwnAndWhatWasHeardBehindItIsNotHeardAgain() throws Exception {
        var streams = history(3, 4);
        var failing = streams.get(1);
        var failures = new AtomicInteger();
        var tried = new CountDownLatch(3);
        var mended = new java.util.concurrent.atomic.AtomicBoolean();
        var subscriber = new OfStreams() {
            @Override
            public void on(Published event) {
                if (event.stream().equals(failing) && !mended.get()) {
                    failures.incrementAndGet();
                    tried.countDown();
                    throw new IllegalStateException("not now");
                }
                note(event);
            }
        };
        try (var subscription = runtime.subscribe(subscriber)) {
            assertTrue(tried.await(PATIENCE, TimeUnit.SECONDS));
            Set<UUID> others = new HashSet<>(streams);
            others.remove(failing);
            assertEquals(others, subscriber.heard.keySet());
            mended.set(true);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            while (subscriber.all().size() < 12 && System.nanoTime() < end) {
                java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            assertEquals(12, subscriber.all().size());
            assertEquals(12, Set.copyOf(subscriber.all()).size());
        }
    }
}
