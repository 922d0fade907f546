package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import org.junit.Test;
import org.quicktheories.core.Gen;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Lease;
import dev.tandem.journal.Leases;
import dev.tandem.journal.Node;
import dev.tandem.journal.Nodes;
import dev.tandem.journal.Streams;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/**
 * Nodes that are suspended, die, start again, drain, give up and take, in any order: one holder per epoch, epochs only rise,
 * nothing is written under an epoch that is over, and while somebody alive stands for the lease it is held soon.
 */
public class LeasesModelTest {
    private static final SiteId SITE = new SiteId("acme");
    private static final UUID STREAM = new UUID(1, 1);
    private static final int NODES = 3;
    /** Beats until a lease is held again: the dead are noticed, by one who has been in touch for long enough to judge. */
    private static final int BOUND = 2 * (int) (Nodes.PATIENCE.toSeconds() + 1);

    private enum What {
        BEAT,
        SUSPEND,
        GO_ON,
        KILL,
        START,
        DRAIN,
        RESUME,
        RELEASE,
        TAKE,
        WRITE
    }

    /** One step of one node; of {@link What#BEAT} each node that is not suspended takes part. */
    private record Step(What what, int node) {}

    private static Gen<Step> steps() {
        // Beats and writes are what most of the time goes by with.
        Gen<What> whats = integers()
                .between(0, 29)
                .map(dice -> dice < 12
                        ? What.BEAT
                        : dice < 20 ? What.WRITE : What.values()[1 + (dice - 20) % (What.values().length - 2)]);
        return whats.zip(integers().between(0, NODES - 1), Step::new);
    }

    /** A node, alive or dead, with what it believes. */
    private static final class One implements AutoCloseable {
        private final String name;
        private final List<Lease> gained = new ArrayList<>();
        private Optional<JournalRuntime> runtime = Optional.empty();
        private Optional<Streams<Ledger.Account, Ledger.Event>> streams = Optional.empty();
        private Optional<Leases.Claim> claim = Optional.empty();
        private Optional<Lease> taken = Optional.empty();
        private boolean suspended;

        private One(int number) {
            this.name = "n" + number;
        }

        /** What it would write under. */
        private Optional<Lease> believes() {
            return claim.flatMap(Leases.Claim::held).or(() -> taken);
        }

        private boolean standing() {
            return runtime.filter(node -> node.nodes().self().state() == Node.State.UP)
                            .isPresent()
                    && !suspended;
        }

        @Override
        public void close() {
            runtime.ifPresent(JournalRuntime::close);
        }
    }

    private final class World implements AutoCloseable {
        private final TestClock clock = new TestClock();
        private final DataSource source = TestDatabase.POSTGRESQL.durable(java.nio.file.Path.of("."));
        private final JournalRuntime judge = JournalRuntime.open(source, clock);
        private final List<One> nodes = new ArrayList<>();
        private final Map<Long, UUID> holders = new HashMap<>();
        private final List<Long> written = new ArrayList<>();
        private long epoch;

        private World() {
            Ledger.tables(judge.database());
            for (int i = 0; i < NODES; i++) {
                nodes.add(new One(i));
                start(nodes.get(i));
            }
        }

        private void start(One one) {
            if (one.runtime.isPresent()) {
                return;
            }
            try {
                var node = JournalRuntime.node(source, clock, one.name);
                one.runtime = Optional.of(node);
                one.streams = Optional.of(node.journal().open(new Ledger()));
                one.suspended = false;
                one.taken = Optional.empty();
                one.claim = Optional.of(node.leases().claim(SITE, "x", new Leases.Holder() {
                    @Override
                    public void gained(Lease lease) {
                        synchronized (one.gained) {
                            one.gained.add(lease);
                        }
                    }

                    @Override
                    public void lost(Lease lease) {}
                }));
            } catch (IllegalStateException e) {
                // Its last life has not been given up yet.
            }
        }

        private void kill(One one) {
            one.runtime.ifPresent(JournalRuntime::kill);
            one.runtime = Optional.empty();
            one.streams = Optional.empty();
            one.claim = Optional.empty();
        }

        private void beat() {
            clock.advance(Nodes.BEAT);
            nodes.stream().filter(one -> !one.suspended).forEach(one -> one.runtime.ifPresent(JournalRuntime::beat));
        }

        private void run(Step step) {
            var one = nodes.get(step.node());
            switch (step.what()) {
                case BEAT -> beat();
                case SUSPEND -> one.suspended = true;
                case GO_ON -> one.suspended = false;
                case KILL -> kill(one);
                case START -> start(one);
                case WRITE -> write(one);
                default -> one.runtime.filter(node -> !one.suspended).ifPresent(node -> work(step.what(), one, node));
            }
            look();
        }

        private void work(What what, One one, JournalRuntime node) {
            switch (what) {
                case DRAIN -> node.nodes().drain();
                case RESUME -> node.nodes().resume();
                case RELEASE -> one.believes().ifPresent(node.leases()::release);
                default -> one.taken = node.leases().take(SITE, "x").filter(lease -> lease.node()
                        .equals(node.nodes().self().id()));
            }
        }

        /** Writes the epoch under which it believes to write. One that was suspended may try as well. */
        private void write(One one) {
            if (one.streams.isEmpty() || one.believes().isEmpty()) {
                return;
            }
            var lease = one.believes().get();
            var command = new Command<>(SITE, STREAM, UUID.randomUUID(), one.name, Ledger.Balance.class).under(lease);
            var answer = one.streams.get().execute(command, (state, now) -> Ledger.pay(state, lease.epoch()));
            var stands = row().filter(lease::equals).isPresent();
            assertEquals(answer.toString(), stands, answer instanceof Answer.Accepted);
            if (stands) {
                written.add(lease.epoch());
            }
        }

        /** The lease as it stands in the database, whether its node lives or not. */
        private Optional<Lease> row() {
            return judge.database()
                    .read(sql -> sql.first(
                            "SELECT node, epoch FROM journal_lease WHERE site = ? AND name = 'x' AND node IS NOT NULL",
                            row -> new Lease(SITE, "x", UUID.fromString(row.getString(1)), row.getLong(2)),
                            SITE));
        }

        private void look() {
            var now = judge.database()
                    .read(sql -> sql.first("SELECT epoch FROM journal_lease WHERE name = 'x'", row -> row.getLong(1)))
                    .orElse(0L);
            assertTrue(now + " after " + epoch, now >= epoch);
            epoch = now;
            row().ifPresent(this::holds);
            for (var one : nodes) {
                one.believes().ifPresent(this::holds);
                synchronized (one.gained) {
                    one.gained.forEach(this::holds);
                }
            }
        }

        private void holds(Lease lease) {
            var first = holders.putIfAbsent(lease.epoch(), lease.node());
            assertTrue(lease + " and " + first, first == null || first.equals(lease.node()));
        }

        /** With everybody back, one of them holds the lease after a bounded number of beats. */
        private void settles() {
            for (var one : nodes) {
                one.suspended = false;
                one.runtime.ifPresent(node -> node.nodes().resume());
            }
            for (int i = 0; i < BOUND; i++) {
                nodes.forEach(this::start);
                beat();
                look();
            }
            var row = row().orElseThrow();
            var holding = nodes.stream()
                    .filter(One::standing)
                    .filter(one -> one.claim.flatMap(Leases.Claim::held).isPresent())
                    .toList();
            assertEquals(1, holding.size());
            assertEquals(Optional.of(row), holding.get(0).claim.flatMap(Leases.Claim::held));
            write(holding.get(0));
        }

        /** What stands in the journal is what was acknowledged, and no epoch comes back after a later one. */
        private void judge() {
            var stored = judge.database()
                    .read(sql -> sql.all(
                            "SELECT payload FROM journal_event WHERE site = ? ORDER BY position",
                            row -> Long.valueOf(row.getString(1).replaceAll("\\D+", "")),
                            SITE));
            assertEquals(written, stored);
            assertEquals(stored.stream().sorted().toList(), stored);
            assertTrue(judge.journal().verify(SITE).ok());
        }

        @Override
        public void close() {
            nodes.forEach(One::close);
            judge.close();
        }
    }

    @Test
    public void oneHolderPerEpochAndSoonAnother() {
        qt().withExamples(12)
                .withShrinkCycles(20)
                .forAll(lists().of(steps()).ofSizeBetween(20, 60))
                .checkAssert(steps -> {
                    try (var world = new World()) {
                        steps.forEach(world::run);
                        world.settles();
                        world.judge();
                    }
                });
    }
}
