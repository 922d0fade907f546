package dev.tandem.webacd.internal.work;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Answer;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.metrics.Kept;

/** As many wait in a queue as may, and never one more, however many come at the same moment, on whatever node. */
public class FullQueueTest extends OnBothDatabases {
    private static final SiteId SITE = new SiteId("acme");
    private static final int LARGEST = 5;
    private static final int CALLERS = 8;
    private static final int ROUNDS = 6;

    private final TestClock clock = new TestClock();
    private final FakePlans plans = new FakePlans(SITE);
    private final List<JournalRuntime> nodes = new ArrayList<>();
    private final List<WorkBook> books = new ArrayList<>();
    private final List<WorkDesk> desks = new ArrayList<>();
    private QueueId printers;

    @Before
    public void open() {
        var source = fresh();
        // Two nodes where there may be two.
        int count = database == TestDatabase.POSTGRESQL ? 2 : 1;
        for (int i = 0; i < count; i++) {
            var node = JournalRuntime.node(source, clock, "n" + i);
            var book = new WorkBook(node.journal(), node.database(), new Kept(node.database(), clock));
            nodes.add(node);
            books.add(book);
            desks.add(new WorkDesk(
                    book,
                    plans,
                    new Waits(book, plans, new NobodyThere(), new OtherWorks(), clock),
                    node.ids(),
                    node.sealer(),
                    clock));
        }
        printers = plans.queue("printers");
        plans.change(printers, was -> FakePlans.largest(was, LARGEST, Optional.empty()));
    }

    @After
    public void close() {
        books.forEach(WorkBook::close);
        nodes.forEach(JournalRuntime::close);
    }

    private WorkRequest request(QueueId queue) {
        return new WorkRequest(
                SITE,
                "test",
                UUID.randomUUID().toString(),
                new Target.Queue(queue),
                "Marie Dupont",
                "",
                "fr",
                Map.of(),
                0,
                Map.of(),
                "",
                Map.of(),
                Optional.empty());
    }

    @Test
    public void WX5_neverOneMoreThanMayWaitHoweverManyComeAtOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(CALLERS);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                var in = atOnce(threads);
                assertEquals("those who were let in", LARGEST, in.size());
                assertEquals(LARGEST, books.get(0).table().length(SITE, printers.value()));
                for (var item : in) {
                    desks.get(0).abandon(SITE, item, UUID.randomUUID());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private List<WorkItemId> atOnce(java.util.concurrent.ExecutorService threads) throws Exception {
        var barrier = new CyclicBarrier(CALLERS);
        var calls = new ArrayList<Callable<Optional<WorkItemId>>>();
        for (int i = 0; i < CALLERS; i++) {
            var desk = desks.get(i % desks.size());
            calls.add(() -> {
                barrier.await();
                var answer = desk.submit(request(printers), UUID.randomUUID());
                if (answer instanceof Answer.Refused<WorkItemId> refused) {
                    assertEquals("queue-full", refused.refusal().code());
                    return Optional.empty();
                }
                return Optional.of(((Answer.Accepted<WorkItemId>) answer).value());
            });
        }
        var in = new ArrayList<WorkItemId>();
        for (var one : threads.invokeAll(calls)) {
            one.get().ifPresent(in::add);
        }
        return in;
    }

    @Test
    public void WX5_whoeverIsNotCountedInAQueueWithoutALimitWaits() {
        var everything = plans.queue("everything");
        for (int i = 0; i < LARGEST + 3; i++) {
            assertTrue(desks.get(0).submit(request(everything), UUID.randomUUID()) instanceof Answer.Accepted);
        }
    }

    @Test
    public void aRequestWhoseAnswerWasLostHasItsPlaceAlthoughTheQueueIsFullByNow() {
        var command = UUID.randomUUID();
        var first = desks.get(0)
                .submit(request(printers), command)
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
        for (int i = 1; i < LARGEST; i++) {
            desks.get(0).submit(request(printers), UUID.randomUUID());
        }
        var full = desks.get(0).takes(SITE, printers).orElseThrow();
        assertEquals("queue-full", full.code());
        var other = desks.get(desks.size() - 1);
        assertEquals(
                first,
                other.unlessDone(SITE, command, full)
                        .orElseThrow(refusal -> new IllegalStateException(refusal.toString())));

        // The same request again is answered as the first, on the other node too.
        assertEquals(
                first,
                other.submit(request(printers), command)
                        .orElseThrow(refusal -> new IllegalStateException(refusal.toString())));

        // One that is new is refused, and stays so: its first attempt may still be on its way.
        var fresh = UUID.randomUUID();
        assertEquals("queue-full", code(other.unlessDone(SITE, fresh, full)));
        desks.get(0).abandon(SITE, first, UUID.randomUUID());
        assertTrue(desks.get(0).submit(request(printers), fresh) instanceof Answer.Refused);
        assertTrue(desks.get(0).submit(request(printers), UUID.randomUUID()) instanceof Answer.Accepted);
    }

    private static String code(Answer<?> answer) {
        return answer instanceof Answer.Refused<?> refused ? refused.refusal().code() : "accepted";
    }
}
