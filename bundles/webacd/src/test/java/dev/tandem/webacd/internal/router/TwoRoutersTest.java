package dev.tandem.webacd.internal.router;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.internal.work.FakePlans;
import dev.tandem.webacd.internal.work.WorkEnds;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState.Phase;

/** Random lives of a site: two routers alive by mistake, and crashes between what is written and what is heard. */
public class TwoRoutersTest {
    private static final int AGENTS = 4;
    private static final int STEPS = 120;

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    @Test
    public void neverTwiceNeverTooMuchAndNothingIsLost() throws Exception {
        for (long seed = 1; seed <= 8; seed++) {
            try (var life =
                    new Life(TestDatabase.SQLITE.fresh(folder.newFolder().toPath()), seed)) {
                life.live();
            }
        }
    }

    @Test
    public void neitherOnPostgres() throws Exception {
        for (long seed = 21; seed <= 24; seed++) {
            try (var life =
                    new Life(TestDatabase.POSTGRESQL.fresh(folder.getRoot().toPath()), seed)) {
                life.live();
            }
        }
    }

    private static final class Life implements AutoCloseable {
        private final long seed;
        private final Random random;
        private final Rig rig;
        private final List<QueueId> queues = new ArrayList<>();
        private final List<WorkItemId> items = new ArrayList<>();
        private final List<SiteRouter> strays = new ArrayList<>();

        Life(DataSource source, long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.rig = new Rig(source, seed);
            var agents = new ArrayList<AgentId>();
            for (int i = 0; i < AGENTS; i++) {
                agents.add(rig.plans.agent("agent-" + i, 1 + i % 2));
            }
            queues.add(rig.plans.queue("a", agents.get(0), agents.get(1), agents.get(2)));
            queues.add(rig.plans.queue("b", agents.get(1), agents.get(3)));
            rig.plans.change(queues.get(1), was -> FakePlans.by(was, RoutingStrategy.BROADCAST));
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                deed();
                // Some of what follows, in any order; the rest stays under way.
                for (int i = random.nextInt(12); i > 0; i--) {
                    rig.threads.step();
                }
                check();
            }
            comeToRest();
            for (var item : items) {
                assertTrue(
                        "seed " + seed + ": " + rig.state(item), rig.state(item).phase() == Phase.DONE);
            }
        }

        private void deed() {
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> items.add(rig.submit(queues.get(random.nextInt(2))));
                case 3, 4, 5 -> some(Phase.OFFERED).forEach(item -> {
                    var asked = rig.asked(item);
                    WorkEnds.accept(rig.book, Rig.SITE, item, rig.offer(item), asked.get(0), UUID.randomUUID());
                });
                case 6 -> some(Phase.OFFERED)
                        .forEach(item -> WorkEnds.decline(
                                rig.book,
                                Rig.SITE,
                                item,
                                rig.offer(item),
                                rig.asked(item).get(0),
                                UUID.randomUUID()));
                case 7, 8 -> some(Phase.ASSIGNED).forEach(item -> rig.desk.finish(Rig.SITE, item, UUID.randomUUID()));
                case 9 -> some(Phase.WAITING)
                        .forEach(item -> WorkEnds.askToPick(
                                rig.book, Rig.SITE, item, UUID.randomUUID(), agent(), UUID.randomUUID()));
                case 10 -> {
                    rig.clock.advance(Duration.ofSeconds(random.nextInt(25)));
                    rig.journal.fireDue();
                }
                case 11 -> {
                    var who = new AgentId(agent());
                    rig.presences.put(
                            who, random.nextBoolean() ? new Presence.Available() : new Presence.Away("break"));
                    rig.absences.back(Rig.SITE, who);
                    rig.routers.presence(Rig.SITE);
                }
                case 12 -> crash();
                default -> strayRouter();
            }
        }

        private void crash() {
            strays.clear();
            rig.crash();
        }

        /** The lease goes on, and the one who had it goes on as well. */
        private void strayRouter() {
            if (strays.size() > 2) {
                return;
            }
            rig.journal.leases().find(Rig.SITE, Routers.LEASE).ifPresent(lease -> {
                // By a lease that is over; the true router gets a higher epoch.
                strays.add(rig.another(lease));
                rig.journal.leases().release(lease);
                rig.journal.beat();
            });
        }

        private String agent() {
            return "agent-" + random.nextInt(AGENTS);
        }

        private List<WorkItemId> some(Phase phase) {
            return items.stream()
                    .filter(item -> rig.state(item).phase() == phase)
                    .filter(item -> random.nextInt(3) == 0)
                    .toList();
        }

        private void check() {
            var loads = rig.book.table().loads(Rig.SITE);
            rig.plans.agents.forEach((agent, plan) -> {
                var load = loads.get(agent.value());
                assertTrue(
                        "seed " + seed + ": " + agent + " has " + load, load == null || load.all() <= plan.capacity());
            });
        }

        /** Everybody is there and does what there is to do, until nothing is left. */
        private void comeToRest() {
            for (int round = 0; round < 400 && items.stream().anyMatch(this::undone); round++) {
                rig.plans.agents.keySet().forEach(agent -> {
                    rig.presences.put(agent, new Presence.Available());
                    rig.absences.back(Rig.SITE, agent);
                });
                rig.routers.presence(Rig.SITE);
                rig.journal.beat();
                rig.pass(Duration.ofSeconds(2));
                check();
                for (var item : items) {
                    var state = rig.state(item);
                    if (state.phase() == Phase.OFFERED) {
                        WorkEnds.accept(
                                rig.book,
                                Rig.SITE,
                                item,
                                rig.offer(item),
                                state.asked().get(0),
                                UUID.randomUUID());
                    } else if (state.phase() == Phase.ASSIGNED) {
                        rig.desk.finish(Rig.SITE, item, UUID.randomUUID());
                    }
                }
            }
            items.forEach(this::offeredToOneAtATime);
        }

        private boolean undone(WorkItemId item) {
            return !rig.state(item).phase().over();
        }

        /** By its whole history: no round begins while another is open, and each offer has one id. */
        private void offeredToOneAtATime(WorkItemId item) {
            var offers = rig.book.history(Rig.SITE, item, Set.of(WorkFact.Offered.class));
            var ids = new HashSet<UUID>();
            offers.forEach(one -> ids.add(((WorkFact.Offered) one.event()).offer()));
            assertEquals(offers.size(), ids.size());
            assertEquals(
                    1,
                    rig.book
                            .history(Rig.SITE, item, Set.of(WorkFact.Accepted.class, WorkFact.PickGranted.class))
                            .size());
        }

        @Override
        public void close() {
            strays.forEach(SiteRouter::stop);
            rig.close();
        }
    }
}
