package dev.tandem.session.internal;

import static org.junit.Assert.assertEquals;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

import org.junit.After;
import org.junit.Test;

import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.session.Participant;
import dev.tandem.session.SupportSession.EndReason;
import dev.tandem.session.SupportSession.State;
import dev.tandem.session.internal.Views.AgentView;

/** Pages of one session on two nodes with one PostgreSQL. */
public class PresenceAcrossNodesTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final AtomicInteger CALLS = new AtomicInteger();

    private static final DataSource DATABASE = TestDatabase.POSTGRESQL.fresh(Path.of("."));

    private TwoNodes nodes;

    @After
    public void close() {
        nodes.close();
    }

    private AgentView session() {
        return nodes.session("call-" + CALLS.incrementAndGet());
    }

    private TwoNodes nodes(long grace) {
        nodes = new TwoNodes(DATABASE, grace);
        return nodes;
    }

    @Test
    public void BX1_aPageThatMovesToTheOtherNodeLeavesNoTrace() {
        nodes(30);
        var view = session();
        var page = nodes.annasPage(A, view).open();
        var customer = nodes.pageOf(B, nodes.node(B).join(view)).open();
        long version = nodes.node(A).now(view).version();
        page.drop();
        nodes.pass(Duration.ofMillis(1500));
        page.at(nodes.node(B)).open();
        customer.at(nodes.node(A)).open(); // the new socket before the old one is known to be dead
        nodes.passSeconds(1);
        customer.drop();
        nodes.passSeconds(60);
        assertEquals(version, nodes.node(A).now(view).version());
    }

    @Test
    public void BX1_aNodeThatStartsThrowsNobodyOut() {
        nodes(30);
        var view = session();
        nodes.annasPage(A, view).open();
        nodes.pageOf(A, nodes.node(A).join(view)).open();
        long version = nodes.node(A).now(view).version();
        nodes.kill(B);
        nodes.restart(B);
        nodes.passSeconds(60);
        assertEquals(version, nodes.node(B).now(view).version());
    }

    @Test
    public void BX1_whoHungOnADeadNodeHasTheGraceAndComesBackAtTheOther() {
        nodes(30);
        var view = session();
        nodes.annasPage(B, view).open();
        var customer = nodes.pageOf(A, nodes.node(A).join(view)).open();
        nodes.kill(A);
        nodes.passSeconds(3);
        assertEquals(State.INTERRUPTED, nodes.node(B).now(view).state());
        nodes.passSeconds(20);
        customer.at(nodes.node(B)).open();
        assertEquals(State.ACTIVE, nodes.node(B).now(view).state());
        nodes.passSeconds(60);
        assertEquals(State.ACTIVE, nodes.node(B).now(view).state());
    }

    @Test
    public void BX1_whoIsBackWithinAMomentOfTheDeathWasNeverAway() {
        nodes(30);
        var view = session();
        var page = nodes.annasPage(A, view).open();
        long version = nodes.node(B).now(view).version();
        nodes.kill(A);
        nodes.pass(Duration.ofMillis(1500));
        page.at(nodes.node(B)).open();
        nodes.passSeconds(60);
        assertEquals(version, nodes.node(B).now(view).version());
    }

    @Test
    public void BX1_aLossThatWasPendingOnADeadNodeIsNotedByAnother() {
        nodes(30);
        var view = session();
        nodes.annasPage(A, view).open().drop();
        nodes.kill(A);
        nodes.passSeconds(8);
        assertEquals(State.INTERRUPTED, nodes.node(B).now(view).state());
        nodes.passSeconds(30);
        assertEquals(
                Optional.of(EndReason.GRACE_EXPIRED), nodes.node(B).now(view).endReason());
    }

    @Test
    public void BX1_pagesOfANodeThatWasTakenForDeadAndIsNotCountAgain() {
        nodes(30);
        var view = session();
        nodes.annasPage(A, view).open();
        nodes.expel(A);
        nodes.passSeconds(60);
        assertEquals(State.WAITING, nodes.node(A).now(view).state());
    }

    @Test
    public void BX1_aPageThatGoesBeforeItsNodeHasHeardOfItsNewIdIsGoneAtOnce() {
        nodes(30);
        var view = session();
        var page = nodes.annasPage(A, view).open();
        nodes.node(A).nodes.expelled();
        page.drop();
        assertEquals(List.of(), nodes.node(B).streams.pages().nodes());
    }

    @Test
    public void W3_closingIsSaidAtANodeWhereThePageIsNot() {
        nodes(30);
        var view = session();
        var page = nodes.annasPage(A, view).open();
        page.at(nodes.node(B)).sayClosing();
        page.drop();
        nodes.pass(Duration.ofMillis(4500));
        assertEquals(Optional.empty(), nodes.node(A).now(view).endReason());
        nodes.pass(Duration.ofMillis(500));
        assertEquals(Optional.of(EndReason.PAGE_CLOSED), nodes.node(A).now(view).endReason());
    }

    @Test
    public void W3_aReloadComesBackAtTheOtherNode() {
        nodes(30);
        var view = session();
        var page = nodes.annasPage(A, view).open();
        page.close();
        nodes.passSeconds(4);
        page.at(nodes.node(B)).open();
        nodes.passSeconds(60);
        assertEquals(State.WAITING, nodes.node(A).now(view).state());
    }

    @Test
    public void W3_ofTwoPagesThatCloseAtTwoNodesAtOnceOneIsTheLast() throws Exception {
        nodes(30);
        for (int i = 0; i < 20; i++) {
            var view = session();
            var pages = List.of(
                    nodes.annasPage(A, view).open(), nodes.annasPage(B, view).open());
            var barrier = new CyclicBarrier(2);
            var threads = Executors.newFixedThreadPool(2);
            try {
                var said = new ArrayList<java.util.concurrent.Future<?>>();
                for (var page : pages) {
                    said.add(threads.submit(() -> {
                        barrier.await();
                        page.sayClosing();
                        return page;
                    }));
                }
                for (var one : said) {
                    one.get();
                }
            } finally {
                threads.shutdownNow();
            }
            pages.forEach(World.Page::drop);
            nodes.passSeconds(6);
            assertEquals(
                    Optional.of(EndReason.PAGE_CLOSED), nodes.node(B).now(view).endReason());
        }
    }

    /** Nobody with a page is lost for good, everybody without one is, whatever pages and nodes do. */
    @Test
    public void BX1_inTheEndTheSessionKnowsWhoIsThere() {
        nodes(100_000);
        qt().withExamples(10)
                .forAll(lists().of(integers().between(0, 100_000)).ofSizeBetween(1, 40))
                .checkAssert(deeds -> {
                    var life = new Life();
                    deeds.forEach(life::deed);
                    life.check();
                });
    }

    /** Two pages each of an agent and a customer, their sockets at two nodes, and what should be thought of them. */
    private final class Life {
        private final AgentView view = session();
        private final World.Page[][] pages = new World.Page[4][2];
        private final int[][] sockets = new int[4][2];
        private final boolean[][] counted = new boolean[4][2];
        private final boolean[] everThere = new boolean[2];

        private Life() {
            var customer = nodes.node(A).join(view);
            for (int page = 0; page < 4; page++) {
                pages[page][A] = page < 2 ? nodes.annasPage(A, view) : nodes.pageOf(A, customer);
                pages[page][B] = pages[page][A].at(nodes.node(B));
            }
            attach(0, A);
            attach(2, B);
        }

        private void deed(int number) {
            int what = number % 16;
            int page = number / 16 % 4;
            int node = number / 64 % 2;
            if (what < 6) {
                attach(page, node);
            } else if (what < 10) {
                detach(page, node);
            } else if (what == 10 && page >= 2) {
                // Not the agent's: that the controller closes the last page ends the session.
                pages[page][node].sayClosing();
                counted[page][A] = false;
                counted[page][B] = false;
                everThere[1] = true;
            } else if (what == 11) {
                forgetAll(node);
                nodes.kill(node);
                if (number / 128 % 2 == 0) {
                    nodes.passSeconds(number / 256 % 3);
                }
                nodes.restart(node);
                for (int i = 0; i < 4; i++) {
                    pages[i][node] = pages[i][1 - node].at(nodes.node(node));
                }
            } else if (what == 12) {
                dropUncounted(node);
                nodes.expel(node);
            } else {
                nodes.pass(Duration.ofMillis(500L * (1 + number / 16 % 5)));
            }
        }

        private void attach(int page, int node) {
            pages[page][node].open();
            sockets[page][node]++;
            counted[page][node] = true;
            everThere[page / 2] = true;
        }

        private void detach(int page, int node) {
            if (sockets[page][node] > 0) {
                pages[page][node].drop();
                if (--sockets[page][node] == 0) {
                    counted[page][node] = false;
                }
            }
        }

        private void forgetAll(int node) {
            for (int page = 0; page < 4; page++) {
                sockets[page][node] = 0;
                counted[page][node] = false;
            }
        }

        /** Sockets of pages that have said that they go; a node with a new id closes them. */
        private void dropUncounted(int node) {
            for (int page = 0; page < 4; page++) {
                while (!counted[page][node] && sockets[page][node] > 0) {
                    detach(page, node);
                }
            }
        }

        private void check() {
            nodes.passSeconds(15);
            var people = nodes.node(A).now(view).participants();
            for (int who = 0; who < 2; who++) {
                boolean there = counted[2 * who][A]
                        || counted[2 * who][B]
                        || counted[2 * who + 1][A]
                        || counted[2 * who + 1][B];
                if (everThere[who]) {
                    assertEquals(
                            there ? Participant.State.JOINED : Participant.State.DISCONNECTED,
                            people.get(who).state());
                }
            }
            for (int page = 0; page < 4; page++) {
                for (int node = 0; node < 2; node++) {
                    while (sockets[page][node] > 0) {
                        detach(page, node);
                    }
                }
            }
            nodes.passSeconds(15);
            assertEquals(
                    Participant.State.DISCONNECTED,
                    nodes.node(B).now(view).participants().get(0).state());
            nodes.node(A).agents.end(World.ANNA, view.id(), UUID.randomUUID());
            // What was noted in the same moment is found by the next look.
            nodes.passSeconds(6);
            assertEquals(
                    "nothing is left of it",
                    List.of(),
                    nodes.node(A).streams.pages().nodes());
        }
    }
}
