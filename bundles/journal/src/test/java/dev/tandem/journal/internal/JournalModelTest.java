package dev.tandem.journal.internal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.Test;
import org.quicktheories.core.Gen;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Refusal;
import dev.tandem.journal.Streams;
import dev.tandem.journal.testing.OnBothDatabases;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.SiteId;

/** Any sequence of payments, repeats, conflicts, failures and restarts, on two nodes, against a map. */
public class JournalModelTest extends OnBothDatabases {
    private static final SiteId SITE = new SiteId("acme");

    /**
     * One step.
     *
     * @param node which of the two nodes does it
     * @param id which command id, so that some are used again
     * @param amount what to pay; some cannot be decided or projected
     * @param restart whether the node is restarted before
     */
    private record Step(int node, int account, int id, long amount, boolean restart) {}

    private static Gen<Step> steps() {
        Gen<Long> amounts = integers()
                .between(-8, 12)
                .map(n -> n == 12 ? Ledger.UNPROJECTABLE : n == 11 ? Ledger.UNDECIDABLE : (long) n);
        return integers()
                .between(0, 1)
                .zip(
                        integers().between(0, 2),
                        integers().between(0, 30),
                        (node, account, id) -> new Step(node, account, id, 0, false))
                .zip(
                        amounts,
                        integers().between(0, 25),
                        (step, amount, dice) -> new Step(step.node(), step.account(), step.id(), amount, dice == 0));
    }

    /** What must be so: balances, versions, and the first answer to each command. */
    private static final class Model {
        private record First(int account, Answer<Ledger.Balance> answer) {}

        private final Map<Integer, Long> balances = new HashMap<>();
        private final Map<Integer, Long> versions = new HashMap<>();
        private final Map<Integer, First> answers = new HashMap<>();
        private long events;

        private boolean throwing(Step step) {
            return !answers.containsKey(step.id())
                    && (step.amount() == Ledger.UNDECIDABLE || step.amount() == Ledger.UNPROJECTABLE);
        }

        private Answer<Ledger.Balance> pay(Step step) {
            var first = answers.get(step.id());
            if (first != null) {
                return first.account() == step.account()
                        ? first.answer()
                        : new Answer.Refused<>(new Refusal(
                                Refusal.Reason.CONFLICT,
                                "command-id-reused",
                                "This command id was used for another command."));
            }
            var answer = decide(step);
            answers.put(step.id(), new First(step.account(), answer));
            return answer;
        }

        private Answer<Ledger.Balance> decide(Step step) {
            long before = balances.getOrDefault(step.account(), 0L);
            long after = before + step.amount();
            if (after < 0) {
                return new Answer.Refused<>(
                        new Refusal(Refusal.Reason.CONFLICT, "too-poor", "There is only " + before + "."));
            }
            events++;
            balances.put(step.account(), after);
            versions.merge(step.account(), 1L, Long::sum);
            return new Answer.Accepted<>(new Ledger.Balance(after), versions.get(step.account()));
        }
    }

    private final class Nodes implements AutoCloseable {
        private final javax.sql.DataSource source = durable();
        private final JournalRuntime[] runtimes = new JournalRuntime[2];
        private final java.util.ArrayList<Streams<Ledger.Account, Ledger.Event>> streams =
                new java.util.ArrayList<>(java.util.Arrays.asList(null, null));

        private Nodes() {
            start(0);
            start(1);
            Ledger.tables(runtimes[0].database());
        }

        private void start(int node) {
            runtimes[node] = JournalRuntime.open(source, new TestClock());
            streams.set(node, runtimes[node].journal().open(new Ledger()));
        }

        private Answer<Ledger.Balance> pay(Step step) {
            if (step.restart()) {
                runtimes[step.node()].close();
                start(step.node());
            }
            var command = new Command<>(
                    SITE, new UUID(1, step.account()), new UUID(2, step.id()), "system", Ledger.Balance.class);
            return streams.get(step.node()).execute(command, (state, now) -> Ledger.pay(state, step.amount()));
        }

        @Override
        public void close() {
            runtimes[0].close();
            runtimes[1].close();
        }
    }

    @Test
    public void theJournalDoesWhatTheModelSays() {
        qt().withExamples(database == TestDatabase.SQLITE ? 40 : 12)
                .withShrinkCycles(50)
                .forAll(lists().of(steps()).ofSizeBetween(1, 60))
                .checkAssert(this::check);
    }

    private void check(List<Step> steps) {
        var model = new Model();
        try (var nodes = new Nodes()) {
            for (var step : steps) {
                if (model.throwing(step)) {
                    assertThrows(RuntimeException.class, () -> nodes.pay(step));
                } else {
                    assertEquals(step.toString(), model.pay(step), nodes.pay(step));
                }
                var load = nodes.streams.get(1 - step.node()).load(SITE, new UUID(1, step.account()));
                assertEquals(
                        (long) model.balances.getOrDefault(step.account(), 0L),
                        load.state().balance());
                assertEquals((long) model.versions.getOrDefault(step.account(), 0L), load.version());
            }
            var verification = nodes.runtimes[0].journal().verify(SITE);
            assertEquals(
                    new dev.tandem.journal.Journal.Verification(model.events, java.util.Optional.empty()),
                    verification);
        }
    }
}
