package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.After;
import org.junit.Before;
import org.junit.Test;

import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/** What the journal promises of nodes and leases. Several nodes there are on PostgreSQL only. */
@SuppressWarnings("try") // Claims are held open, not used.
public class LeasesTest extends JournalContract {
    private final List<JournalRuntime> nodes = new ArrayList<>();
    private JournalRuntime a;

    /** Writes down what it is told. */
    static final class Diary implements Leases.Holder {
        final List<String> told = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void gained(Lease lease) {
            told.add("gained " + lease.epoch());
        }

        @Override
        public void lost(Lease lease) {
            told.add("lost " + lease.epoch());
        }
    }

    @Before
    public void startOne() {
        a = start("a");
    }

    @After
    public void endAll() {
        nodes.forEach(JournalRuntime::close);
    }

    private JournalRuntime start(String name) {
        var node = JournalRuntime.node(source, clock, name);
        node.journal().open(new Ledger());
        nodes.add(node);
        return node;
    }

    private JournalRuntime startAnother() {
        assumeTrue("several nodes there are on PostgreSQL", database == TestDatabase.POSTGRESQL);
        return start("b");
    }

    private void kill(JournalRuntime node) {
        nodes.remove(node);
        node.kill();
    }

    /** So many beats of those nodes, a second apart. */
    private void beats(int count, JournalRuntime... beating) {
        for (int i = 0; i < count; i++) {
            clock.advance(Nodes.BEAT);
            for (var node : beating) {
                node.beat();
            }
        }
    }

    private static UUID id(JournalRuntime node) {
        return node.nodes().self().id();
    }

    private List<String> names() {
        return a.nodes().all().stream()
                .map(Node::name)
                .filter(name -> name.length() == 1)
                .toList();
    }

    @Test
    public void aNodeKnowsItself() {
        var self = a.nodes().self();
        assertEquals("a", self.name());
        assertEquals(Node.State.UP, self.state());
        assertEquals(Optional.of(self), a.nodes().find(self.id()));
        a.nodes().fingerprint("0815");
        assertEquals(Optional.of("0815"), a.nodes().find(self.id()).flatMap(Node::fingerprint));
        assertThrows(IllegalArgumentException.class, () -> a.nodes().fingerprint("x".repeat(65)));
    }

    @Test
    public void aLeaseIsTakenFoundAndGivenUp() {
        assertEquals(Optional.empty(), a.leases().find(SITE, "media/1"));
        var first = a.leases().take(SITE, "media/1").orElseThrow();
        assertEquals(new Lease(SITE, "media/1", id(a), 1), first);
        assertEquals(Optional.of(first), a.leases().take(SITE, "media/1"));
        assertEquals(Optional.of(first), a.leases().find(SITE, "media/1"));
        assertEquals(1, a.nodes().self().leases());
        assertEquals(1, a.nodes().find(id(a)).orElseThrow().leases());
        a.leases().release(first);
        assertEquals(Optional.empty(), a.leases().find(SITE, "media/1"));
        assertEquals(2, a.leases().take(SITE, "media/1").orElseThrow().epoch());
        a.leases().release(first);
        assertEquals(2, a.leases().find(SITE, "media/1").orElseThrow().epoch());
    }

    @Test
    public void whoDoesWhatForWholeSitesIsSeenByAll() {
        var other = new SiteId("zulu");
        var router = a.leases().take(other, "router").orElseThrow();
        var first = a.leases().take(SITE, "router").orElseThrow();
        var keeper = a.leases().take(SITE, "keeper").orElseThrow();
        a.leases().take(SITE, "media/1").orElseThrow();
        assertEquals(List.of(keeper, first, router), a.leases().ofSites());
        a.leases().release(first);
        assertEquals(List.of(keeper, router), a.leases().ofSites());
    }

    @Test
    public void whoHasDiedDoesNothingForASite() {
        var b = startAnother();
        beats(5, a, b);
        a.leases().take(SITE, "router").orElseThrow();
        assertEquals(
                List.of(id(a)), b.leases().ofSites().stream().map(Lease::node).toList());
        kill(a);
        a = b;
        beats(5, b);
        assertEquals(List.of(), b.leases().ofSites());
    }

    @Test
    public void aLaterLifeHasALaterEpoch() {
        var first = a.leases().take(SITE, "x").orElseThrow();
        nodes.remove(a);
        a.close();
        a = start("a");
        var second = a.leases().take(SITE, "x").orElseThrow();
        assertEquals(2, second.epoch());
        assertNotEquals(first.node(), second.node());
    }

    @Test
    public void whoStandsIsToldInTurns() {
        var diary = new Diary();
        var claim = a.leases().claim(SITE, "x", diary);
        assertEquals(1, claim.held().orElseThrow().epoch());
        a.leases().release(claim.held().orElseThrow());
        assertEquals(Optional.empty(), claim.held());
        a.beat();
        assertEquals(2, claim.held().orElseThrow().epoch());
        claim.close();
        assertEquals(List.of("gained 1", "lost 1", "gained 2", "lost 2"), diary.told);
        assertEquals(Optional.empty(), a.leases().find(SITE, "x"));
        claim.close();
    }

    @Test
    public void ofTwoWhoStandOnOneNodeOneHolds() {
        var one = new Diary();
        var other = new Diary();
        var first = a.leases().claim(SITE, "x", one);
        try (var second = a.leases().claim(SITE, "x", other)) {
            assertEquals(Optional.empty(), second.held());
            first.close();
            a.beat();
            assertEquals(2, second.held().orElseThrow().epoch());
        }
        assertEquals(List.of("gained 1", "lost 1"), one.told);
        assertEquals(List.of("gained 2", "lost 2"), other.told);
    }

    @Test
    public void ofManyWhoTakeAtOnceAllGetTheSame() throws Exception {
        var b = database == TestDatabase.POSTGRESQL ? startAnother() : a;
        var taken = together(16, n -> (n % 2 == 0 ? a : b).leases().take(SITE, "x"));
        assertEquals(1, new HashSet<>(taken).size());
        assertEquals(1, taken.get(0).orElseThrow().epoch());
    }

    @Test
    public void manyGoOnTogether() {
        var b = startAnother();
        var names = IntStream.range(0, 300).mapToObj(n -> "many/" + n).toList();
        names.forEach(name -> a.leases().claim(SITE, name, new Diary()));
        var claims = names.stream()
                .map(name -> b.leases().claim(SITE, name, new Diary()))
                .toList();
        a.nodes().drain();
        b.beat();
        assertEquals(300, b.nodes().self().leases());
        assertTrue(claims.stream().allMatch(claim -> claim.held().orElseThrow().epoch() == 2));
        assertEquals(300, b.nodes().find(id(b)).orElseThrow().leases());
        b.leases().take(SITE, "another");
        claims.forEach(Leases.Claim::close);
        assertEquals(1, b.nodes().find(id(b)).orElseThrow().leases());
    }

    @Test
    public void aNameIsMadeFitForAddresses() {
        assertEquals("anna-s-box", NodeStart.name("Anna's Box."));
        assertEquals("a".repeat(40), NodeStart.name("a".repeat(60)));
        assertEquals("node", NodeStart.name("..."));
        assertTrue(NodeStart.name(" ").matches("[a-z0-9-]{1,40}"));
    }

    @Test
    public void aNodeThatDrainsTakesNothingUntilItResumes() {
        var diary = new Diary();
        var heard = new ArrayList<String>();
        try (var listening = a.listen(new Nodes.Listener() {
                    @Override
                    public void draining() {
                        heard.add("draining with " + a.nodes().self().leases());
                    }

                    @Override
                    public void resumed() {
                        heard.add("resumed");
                    }
                });
                var claim = a.leases().claim(SITE, "x", diary)) {
            a.nodes().drain();
            a.nodes().drain();
            assertEquals(List.of("draining with 0"), heard);
            assertEquals(List.of("gained 1", "lost 1"), diary.told);
            a.beat();
            assertEquals(Optional.empty(), a.leases().take(SITE, "x"));
            assertEquals(Optional.empty(), a.leases().find(SITE, "x"));
            assertEquals(
                    Node.State.DRAINING, a.nodes().find(id(a)).orElseThrow().state());
            a.nodes().resume();
            a.beat();
            assertEquals(List.of("draining with 0", "resumed"), heard);
            assertEquals(2, claim.held().orElseThrow().epoch());
            assertEquals(Node.State.UP, a.nodes().find(id(a)).orElseThrow().state());
        }
    }

    @Test
    public void aLeaseGoesOnWhenItsNodeDies() {
        var b = startAnother();
        beats(5, a, b);
        var held = a.leases().claim(SITE, "x", new Diary()).held().orElseThrow();
        var diary = new Diary();
        try (var claim = b.leases().claim(SITE, "x", diary)) {
            assertEquals(Optional.of(held), b.leases().take(SITE, "x"));
            kill(a);
            a = b;
            beats(4, b);
            assertEquals(Optional.empty(), claim.held());
            beats(1, b);
            assertEquals(List.of("gained 2"), diary.told);
            assertEquals(List.of("b"), names());
        }
    }

    @Test
    public void aNodeThatStopsIsGoneAtOnce() {
        var b = startAnother();
        var gone = new ArrayList<UUID>();
        a.leases().claim(SITE, "x", new Diary());
        beats(1, a, b);
        try (var listening = b.listen(new Nodes.Listener() {
                    @Override
                    public void gone(UUID node) {
                        gone.add(node);
                    }
                });
                var claim = b.leases().claim(SITE, "x", new Diary())) {
            var was = id(a);
            nodes.remove(a);
            a.close();
            a = b;
            assertEquals(List.of("b"), names());
            b.beat();
            assertEquals(2, claim.held().orElseThrow().epoch());
            assertTrue(gone.contains(was));
        }
    }

    @Test
    public void aNodeThatWasTakenForDeadLivesOnWithoutItsLeases() {
        var b = startAnother();
        var heard = new ArrayList<String>();
        var diary = new Diary();
        beats(5, a, b);
        var before = id(a);
        try (var listening = a.listen(new Nodes.Listener() {
                    @Override
                    public void expelled() {
                        heard.add("expelled");
                    }
                });
                var claim = a.leases().claim(SITE, "x", diary);
                var other = b.leases().claim(SITE, "x", new Diary())) {
            beats(5, b);
            assertEquals(before, id(a));
            assertEquals(2, other.held().orElseThrow().epoch());
            a.beat();
            assertNotEquals(before, id(a));
            assertEquals(List.of("expelled"), heard);
            assertEquals(List.of("gained 1", "lost 1"), diary.told);
            assertEquals(List.of("a", "b"), names());
            assertEquals(Optional.empty(), claim.held());
        }
    }

    @Test
    public void whenTheDatabaseWasAwayNobodyIsTakenForDeadTooSoon() {
        var b = startAnother();
        beats(5, a, b);
        var before = id(b);
        clock.advance(Duration.ofSeconds(60));
        beats(3, a);
        b.beat();
        assertEquals(before, id(b));
        assertEquals(List.of("a", "b"), names());
    }

    @Test
    public void aNameIsHadByOneAtATime() {
        startAnother();
        assertThrows(IllegalStateException.class, () -> start("a"));
        clock.advance(Nodes.PATIENCE);
        assertThrows(IllegalStateException.class, () -> start("a"));
        clock.advance(Duration.ofMillis(1));
        start("a");
        var before = id(a);
        // The first of them has lost its name.
        a.beat();
        assertEquals(before, id(a));
        assertEquals(Optional.empty(), a.leases().take(SITE, "x"));
    }
}
