package dev.tandem.itests.benchmarks.routing;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;
import dev.tandem.webacd.RoutingStrategy;
import dev.tandem.webacd.Target;
import dev.tandem.webacd.WorkItemId;
import dev.tandem.webacd.WorkRequest;
import dev.tandem.webacd.internal.desk.Absences;
import dev.tandem.webacd.internal.engine.Hours;
import dev.tandem.webacd.internal.engine.QueueFacts;
import dev.tandem.webacd.internal.engine.Skills;
import dev.tandem.webacd.internal.metrics.Kept;
import dev.tandem.webacd.internal.router.RouterThreads;
import dev.tandem.webacd.internal.router.Routers;
import dev.tandem.webacd.internal.work.OtherWorks;
import dev.tandem.webacd.internal.work.Plans;
import dev.tandem.webacd.internal.work.Waits;
import dev.tandem.webacd.internal.work.WorkBook;
import dev.tandem.webacd.internal.work.WorkDesk;
import dev.tandem.webacd.internal.work.WorkEnds;
import dev.tandem.webacd.internal.work.WorkFact;
import dev.tandem.webacd.internal.work.WorkState;

/**
 * WebACD in this process as it runs in a node: its commands and read models, the router under its lease with its threads, a
 * running journal on a real database. Only the platform and the configuration are in memory. There are crews of agents, each
 * with a queue of its own.
 */
final class RouterSite implements AutoCloseable {
    private static final SiteId SITE = new SiteId("bench");
    /** Nobody lets an offer pass. */
    private static final Duration OFFER = Duration.ofHours(1);

    private static final long PATIENCE_SECONDS = 60;

    private final JournalRuntime journal;
    private final WorkBook book;
    private final WorkDesk desk;
    private final Crews crews;
    private final AgentDirectory platform = new Platform();
    private final Map<String, BlockingQueue<Offered>> mailboxes = new ConcurrentHashMap<>();
    private Optional<Routers> routers = Optional.empty();

    /** What an agent is asked. */
    record Offered(WorkItemId item, UUID offer) {}

    /** @param sizes of the crews */
    RouterSite(DataSource source, List<Integer> sizes) {
        this.crews = new Crews(sizes);
        this.journal = JournalRuntime.openRunning(source, Clock.systemUTC());
        this.book =
                new WorkBook(journal.journal(), journal.database(), new Kept(journal.database(), Clock.systemUTC()));
        this.desk = new WorkDesk(
                book,
                crews,
                new Waits(book, crews, platform, new OtherWorks(), Clock.systemUTC()),
                journal.ids(),
                journal.sealer(),
                Clock.systemUTC());
        crews.agents.keySet().forEach(agent -> mailboxes.put(agent.value(), new LinkedBlockingQueue<>()));
        book.listen(this::committed);
    }

    /** From now on there is a router. */
    void route() {
        var absences = new Absences(book, journal.database(), journal.announcements(), Clock.systemUTC());
        routers = Optional.of(new Routers(
                book,
                crews,
                platform,
                absences,
                new OtherWorks(),
                journal.leases(),
                journal.ids(),
                Clock.systemUTC(),
                new RouterThreads()));
    }

    /** There is none any more. */
    void stopRouting() {
        routers.ifPresent(Routers::close);
        routers = Optional.empty();
    }

    private void committed(Recorded<WorkFact> event, WorkState after) {
        if (event.event() instanceof WorkFact.Offered offered) {
            var mail = new Offered(new WorkItemId(event.stream()), offered.offer());
            offered.agents().forEach(agent -> mailboxes.get(agent).add(mail));
        }
    }

    /** Another item for the queue of that crew. */
    WorkItemId submit(int crew) {
        var request = new WorkRequest(
                SITE,
                "bench",
                UUID.randomUUID().toString(),
                new Target.Queue(crews.queue(crew)),
                "Marie Dupont",
                "",
                "fr",
                Map.of(),
                0,
                Map.of(),
                "The printer does not print",
                Map.of(),
                Optional.empty());
        return desk.submit(request, journal.ids().next())
                .orElseThrow(refusal -> new IllegalStateException(refusal.toString()));
    }

    /** That agent takes it, and has finished it. */
    void take(Offered offered, int crew, int number) {
        done(WorkEnds.accept(
                book,
                SITE,
                offered.item(),
                offered.offer(),
                Crews.name(crew, number),
                journal.ids().next()));
        done(desk.finish(SITE, offered.item(), journal.ids().next()));
    }

    /** Waits until that agent is asked. */
    Offered awaitOffer(int crew, int number) {
        return awaitOffer(Crews.name(crew, number));
    }

    private Offered awaitOffer(String agent) {
        try {
            var offered = mailboxes.get(agent).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (offered == null) {
                throw new IllegalStateException("nobody asks " + agent);
            }
            return offered;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void done(Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused) {
            throw new IllegalStateException(refused.refusal().toString());
        }
    }

    @Override
    public void close() {
        stopRouting();
        book.close();
        journal.close();
    }

    /** The configuration. */
    private static final class Crews implements Plans {
        private final Map<QueueId, QueuePlan> queues = new LinkedHashMap<>();
        private final Map<AgentId, AgentPlan> agents = new LinkedHashMap<>();

        Crews(List<Integer> sizes) {
            for (int size : sizes) {
                var members = new HashMap<AgentId, Integer>();
                for (int i = 0; i < size; i++) {
                    var agent = new AgentId(name(size, i));
                    agents.put(agent, new AgentPlan(agent, 1, true, Map.of()));
                    members.put(agent, 1);
                }
                var facts = new QueueFacts(
                        queue(size),
                        RoutingStrategy.LONGEST_IDLE,
                        Duration.ofSeconds(60),
                        OFFER,
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Hours.ALWAYS,
                        Skills.NONE,
                        Duration.ZERO,
                        false);
                queues.put(
                        facts.id(),
                        new QueuePlan("crew-" + size, "Crew " + size, Duration.ZERO, true, true, members, facts));
            }
        }

        static String name(int crew, int number) {
            return "agent-" + crew + "-" + number;
        }

        QueueId queue(int crew) {
            return new QueueId(new UUID(4, crew));
        }

        @Override
        public Optional<QueuePlan> queue(SiteId site, QueueId queue) {
            return Optional.ofNullable(queues.get(queue));
        }

        @Override
        public List<QueuePlan> queues(SiteId site) {
            return List.copyOf(queues.values());
        }

        @Override
        public Map<AgentId, AgentPlan> agents(SiteId site) {
            return Map.copyOf(agents);
        }

        @Override
        public Optional<QueueId> fallback(SiteId site) {
            return Optional.empty();
        }

        @Override
        public NamedPlan named(SiteId site) {
            return new NamedPlan(OFFER, Duration.ZERO, OFFER, OFFER);
        }

        @Override
        public ZoneId zone(SiteId site) {
            return ZoneOffset.UTC;
        }

        @Override
        public List<SiteId> sites() {
            return List.of(SITE);
        }

        @Override
        public Runnable listen(Consumer<SiteId> changed) {
            return () -> {};
        }
    }

    /** Everybody is there. */
    private static final class Platform implements AgentDirectory {
        @Override
        public Optional<Agent> find(SiteId site, AgentId agent) {
            return Optional.of(new Agent(site, agent, agent.value(), Set.of(Agent.Role.AGENT)));
        }

        @Override
        public List<Agent> agents(SiteId site) {
            return List.of();
        }

        @Override
        public Presence presence(SiteId site, AgentId agent) {
            return new Presence.Available();
        }
    }
}
