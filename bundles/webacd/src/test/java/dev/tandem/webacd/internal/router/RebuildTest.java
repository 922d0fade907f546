package dev.tandem.webacd.internal.router;

import static org.junit.Assert.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.Test;

import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.platform.Presence;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/**
 * A router that begins where many wait: it reads them page by page and goes on in the same order. {@code -Drebuild.items=10000}
 * measures it; what it prints is from taking the lease to the first offer.
 */
public class RebuildTest extends OnBothDatabases {
    private static final int ITEMS = Integer.getInteger("rebuild.items", 1_100);
    private static final int WRITERS = 16;

    @Test
    public void everythingThatWaitedWaitsInTheSameOrder() throws Exception {
        try (var rig = new Rig(fresh(), 1)) {
            var anna = rig.plans.agent("anna", 2);
            var printers = rig.plans.queue("printers", anna);
            rig.presences.put(anna, new Presence.Away("lunch"));
            rig.plans.changed();
            rig.settle();
            var first = rig.submit(printers);
            rig.clock.advance(Duration.ofSeconds(1));
            var second = rig.submit(printers);
            rig.clock.advance(Duration.ofSeconds(1));
            var rest = many(rig, printers);

            rig.crash();
            rig.clock.advance(Duration.ofSeconds(1));
            rig.presences.put(anna, new Presence.Available());
            long begun = System.nanoTime();
            for (int i = 0; i < 20 && rig.asked(first).isEmpty(); i++) {
                // The last round is the one in which the lease was taken, everything read and somebody asked.
                begun = System.nanoTime();
                rig.pass(Duration.ofMillis(500));
            }
            System.out.printf(
                    "A router that begins with %,d items waiting, %s: the first is asked after %,d ms%n",
                    ITEMS, database, (System.nanoTime() - begun) / 1_000_000);
            rig.settle();
            assertEquals(List.of("anna"), rig.asked(first));
            assertEquals(List.of("anna"), rig.asked(second));
            for (var item : rest) {
                assertEquals(Phase.WAITING, rig.state(item).phase());
            }
        }
    }

    private static List<WorkItemId> many(Rig rig, dev.tandem.webacd.QueueId queue) throws Exception {
        var threads = Executors.newFixedThreadPool(WRITERS);
        try {
            var all = new ArrayList<Callable<WorkItemId>>();
            for (int i = 2; i < ITEMS; i++) {
                all.add(() -> rig.submit(queue));
            }
            var items = new ArrayList<WorkItemId>();
            for (var one : threads.invokeAll(all)) {
                items.add(one.get());
            }
            return items;
        } finally {
            threads.shutdownNow();
        }
    }
}
