package dev.tandem.webacd.internal.router;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Lease;
import dev.tandem.journal.None;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.journal.testing.TestDatabase;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.desk.Absences;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.work.FakePlans;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkEnds;
import dev.tandem.webacd.internal.work.WorkState;

/** A node over a real journal, with time, threads, platform and configuration in the hand of a test. */
public final class Rig implements AutoCloseable {
    public static final SiteId SITE = new SiteId("acme");

    public final TestClock clock = new TestClock();
    public final FakePlans plans = new FakePlans(SITE);
    public final Map<AgentId, Presence> presences = new HashMap<>();
    public final OtherWorks others = new OtherWorks();
    private final DataSource source;
    private final long seed;
    public HandThreads threads;
    public JournalRuntime journal;
    public WorkBook book;
    public Absences absences;
    public WorkDesk desk;
    public Routers routers;

    public Rig(Path folder, long seed) {
        this(TestDatabase.SQLITE.fresh(folder), seed);
    }

    public Rig(DataSource source, long seed) {
        this.source = source;
        this.seed = seed;
        open();
    }

    private void open() {
        journal = JournalRuntime.open(source, clock);
        threads = new HandThreads(clock, seed);
        book = new WorkBook(journal.journal(), journal.database(), new Kept(journal.database(), clock));
        absences = new Absences(book, journal.database(), journal.announcements(), clock);
        desk = new WorkDesk(
                book,
                plans,
                new Waits(book, plans, directory(), others, clock),
                journal.ids(),
                journal.sealer(),
                clock);
        routers = new Routers(
                book, plans, directory(), absences, others, journal.leases(), journal.ids(), clock, threads);
    }

    /** As when the process is killed and comes back: whatever was on its way is lost. */
    public void crash() {
        threads.forget();
        journal.kill();
        open();
    }

    Surroundings around() {
        return new Surroundings(book, plans, directory(), absences, others, journal.ids(), clock);
    }

    /** A router of its own, by that lease, which hears of everything like the others. */
    SiteRouter another(Lease lease) {
        var router = new SiteRouter(SITE, lease, around(), threads, Map.of());
        book.listen(router::committed);
        router.start();
        return router;
    }

    public AgentDirectory directory() {
        return new AgentDirectory() {
            @Override
            public Optional<Agent> find(SiteId site, AgentId agent) {
                return Optional.of(new Agent(site, agent, agent.value(), java.util.Set.of(Agent.Role.AGENT)));
            }

            @Override
            public List<Agent> agents(SiteId site) {
                return plans.agents.keySet().stream()
                        .flatMap(agent -> find(site, agent).stream())
                        .toList();
            }

            @Override
            public Presence presence(SiteId site, AgentId agent) {
                return presences.getOrDefault(agent, new Presence.Available());
            }
        };
    }

    public void presence(AgentId agent, Presence now) {
        presences.put(agent, now);
        routers.presence(SITE);
        settle();
    }

    /** Whatever was asked for is done. */
    public void settle() {
        for (boolean more = true; more; ) {
            more = threads.step();
            if (!more) {
                journal.settle();
                more = threads.step();
            }
        }
    }

    public void pass(Duration time) {
        var end = clock.instant().plus(time);
        settle();
        while (clock.instant().isBefore(end)) {
            clock.advance(Duration.ofMillis(500));
            // Where there may be several nodes, one that has died is taken for dead after a while.
            journal.beat();
            journal.fireDue();
            settle();
        }
    }

    public WorkItemId submit(QueueId queue) {
        return submit(new Target.Queue(queue), 0);
    }

    public WorkItemId submit(Target target, int priority) {
        return desk.submit(request(target, priority), journal.ids().next())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
    }

    public WorkRequest request(Target target, int priority) {
        return new WorkRequest(
                SITE,
                "test",
                UUID.randomUUID().toString(),
                target,
                "Marie Dupont",
                "",
                "fr",
                Map.of(),
                priority,
                Map.of(),
                "The printer",
                Map.of(),
                Optional.empty());
    }

    public WorkState state(WorkItemId item) {
        return book.load(SITE, item).state();
    }

    public List<String> asked(WorkItemId item) {
        return state(item).asked();
    }

    public Answer<None> accept(WorkItemId item, String agent) {
        var answer = WorkEnds.accept(book, SITE, item, offer(item), agent, UUID.randomUUID());
        settle();
        return answer;
    }

    public void decline(WorkItemId item, String agent) {
        WorkEnds.decline(book, SITE, item, offer(item), agent, UUID.randomUUID());
        settle();
    }

    public UUID offer(WorkItemId item) {
        return state(item).offers().get(0).id();
    }

    @Override
    public void close() {
        routers.close();
        book.close();
        journal.close();
    }
}
