package dev.tandem.web.internal.live;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.Test;

import dev.tandem.web.Caller;
import dev.tandem.web.LiveTopics;
import dev.tandem.web.internal.Fakes;
import dev.tandem.web.internal.SendQueue;
import dev.tandem.web.internal.Ticket;

/** Real threads: messages are rung while their slice comes and goes and pages come and go. */
public class LiveHubRaceTest {
    private static final int MESSAGES = 1_000;
    private static final int PAGES = 8;

    /** Counts, and notices when it is used after it has gone. */
    private static final class Topics implements LiveTopics {
        private final AtomicInteger said;
        private final AtomicBoolean gone = new AtomicBoolean();
        private final AtomicInteger usedAfterwards = new AtomicInteger();
        private final Map<UUID, AtomicInteger> attached = new ConcurrentHashMap<>();

        Topics(AtomicInteger said) {
            this.said = said;
        }

        private void used() {
            if (gone.get()) {
                usedAfterwards.incrementAndGet();
            }
        }

        @Override
        public String kind() {
            return "talk";
        }

        @Override
        public Delivery after(Caller caller, String id, long after) {
            used();
            return new Delivery.Messages(IntStream.rangeClosed((int) after + 1, said.get())
                    .mapToObj(number -> new Message(number, "talk.said", number))
                    .toList());
        }

        @Override
        public void attached(Caller caller, String id, UUID page) {
            used();
            assertEquals(
                    1,
                    attached.computeIfAbsent(page, key -> new AtomicInteger()).incrementAndGet());
        }

        @Override
        public void detached(Caller caller, String id, UUID page) {
            used();
            assertEquals(0, attached.get(page).decrementAndGet());
        }
    }

    /** A page's socket; sends complete on another thread. */
    private static final class Page implements SendQueue.Wire {
        private final UUID id = UUID.randomUUID();
        private final List<Integer> numbers = new ArrayList<>();
        private final CountDownLatch last = new CountDownLatch(1);
        private final java.util.concurrent.Executor elsewhere;

        Page(java.util.concurrent.Executor elsewhere) {
            this.elsewhere = elsewhere;
        }

        @Override
        public void text(String text, SendQueue.Done done) {
            if (text.contains("\"number\"")) {
                numbers.add(Integer.valueOf(text.replaceAll(".*\"number\":(\\d+).*", "$1")));
                if (numbers.size() == MESSAGES) {
                    last.countDown();
                }
            }
            elsewhere.execute(() -> done.sent(true));
        }

        @Override
        public void binary(ByteBuffer bytes, SendQueue.Done done) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void ping() {
            // answered by nobody; the test is short
        }

        @Override
        public void close(int code, String reason) {
            elsewhere.execute(() -> {});
        }
    }

    @Test
    public void nothingIsLostDoubledOrLeftAttached() throws Exception {
        var workers = Executors.newFixedThreadPool(4);
        var timer = Executors.newSingleThreadScheduledExecutor();
        var net = Executors.newFixedThreadPool(2);
        var bell = new Bell();
        var hub =
                new LiveHub(ticket -> Optional.of(new Ticket.Live(Fakes.ANNA)), bell, workers, timer, System::nanoTime);
        var said = new AtomicInteger();
        var services = new ArrayList<Topics>();
        var pages = new ArrayList<Page>();
        try {
            for (int i = 0; i < PAGES; i++) {
                var page = new Page(net);
                pages.add(page);
                var line = hub.open(page);
                line.received("{\"op\":\"hello\",\"ticket\":\"t\",\"page\":\"" + page.id + "\"}");
                line.received("{\"op\":\"subscribe\",\"topic\":\"talk/a\",\"after\":0}");
            }
            var speaker = new Thread(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    said.incrementAndGet();
                    bell.ring(Fakes.ACME, "talk/a");
                }
            });
            speaker.start();
            for (int i = 0; i < 30; i++) {
                var service = new Topics(said);
                services.add(service);
                hub.add(service);
                if (i % 5 == 0) {
                    var visitor = new Page(net);
                    var line = hub.open(visitor);
                    line.received("{\"op\":\"hello\",\"ticket\":\"t\",\"page\":\"" + visitor.id + "\"}");
                    line.received("{\"op\":\"subscribe\",\"topic\":\"talk/a\",\"after\":0}");
                    line.closed();
                }
                hub.remove(service);
                service.gone.set(true);
            }
            speaker.join();
            var stays = new Topics(said);
            services.add(stays);
            hub.add(stays);
            for (var page : pages) {
                assertTrue(page.last.await(20, TimeUnit.SECONDS));
                assertEquals(IntStream.rangeClosed(1, MESSAGES).boxed().toList(), page.numbers);
            }
            hub.deactivate();
        } finally {
            workers.shutdown();
            assertTrue(workers.awaitTermination(10, TimeUnit.SECONDS));
            timer.shutdownNow();
            net.shutdown();
        }
        for (var service : services) {
            assertEquals("used after it had gone", 0, service.usedAfterwards.get());
            assertFalse(service.attached.values().stream().anyMatch(count -> count.get() != 0));
        }
        assertEquals(0, hub.lines());
    }
}
