package dev.tandem.webacd.internal.config;

import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import dev.tandem.journal.internal.JournalRuntime;
import dev.tandem.journal.testing.TestClock;
import dev.tandem.platform.Agent;
import dev.tandem.platform.AgentDirectory;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Presence;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;

/** The configuration over a real journal, with agents that the platform knows and a count of what waits. */
public final class Office implements AutoCloseable {
    public static final SiteId SITE = new SiteId("main");
    public static final Set<String> AGENTS = Set.of("anna", "ben", "cleo");

    public final TestClock clock = new TestClock();
    public final JournalRuntime journal;
    public final Seeds seeds;
    public final StoredRouting stored;
    public final Neighbours neighbours = new Neighbours();
    public final ConfigDesk desk;
    public final ConfigTransfer transfer;
    public final Map<QueueId, Integer> waiting = new HashMap<>();
    public final Map<QueueId, QueueId> moved = new HashMap<>();

    public Office(DataSource source) {
        this(source, "");
    }

    public Office(DataSource source, String configurations) {
        this.journal = JournalRuntime.open(source, clock);
        this.seeds = new Seeds(new Typed("Europe/Zurich", "LONGEST_IDLE", 20, 0, 60, 1, 30, configurations));
        this.stored = new StoredRouting(journal.journal(), journal.database(), seeds);
        neighbours.bindDirectory(new Directory());
        neighbours.bindWaiting(new Items());
        this.desk = new ConfigDesk(stored, seeds, neighbours, journal.ids());
        this.transfer = new ConfigTransfer(desk, stored, seeds, neighbours, journal.ids());
    }

    /** The file of the node, as somebody has typed it. */
    private record Typed(
            String zone,
            String strategy,
            int offer,
            int wrapUp,
            int priorityStep,
            int capacity,
            int entries,
            String configurations)
            implements Seeds.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return Seeds.Config.class;
        }
    }

    private static final class Directory implements AgentDirectory {
        @Override
        public Optional<Agent> find(SiteId site, AgentId agent) {
            return AGENTS.contains(agent.value())
                    ? Optional.of(new Agent(site, agent, agent.value().toUpperCase(), Set.of(Agent.Role.AGENT)))
                    : Optional.empty();
        }

        @Override
        public List<Agent> agents(SiteId site) {
            return AGENTS.stream()
                    .sorted()
                    .map(agent -> find(site, new AgentId(agent)).orElseThrow())
                    .toList();
        }

        @Override
        public Presence presence(SiteId site, AgentId agent) {
            return new Presence.Offline();
        }
    }

    private final class Items implements Waiting {
        @Override
        public int in(SiteId site, QueueId queue) {
            return waiting.getOrDefault(queue, 0);
        }

        @Override
        public int move(SiteId site, QueueId from, QueueId to, String actor, UUID command) {
            waiting.remove(from);
            moved.put(from, to);
            return 0;
        }
    }

    public ConfigDesk.By by() {
        return by(SITE);
    }

    public static ConfigDesk.By by(SiteId site) {
        return new ConfigDesk.By(site, UUID.randomUUID(), "agent:root");
    }

    public QueueId queue(String slug) {
        return desk.create(by(), form(slug));
    }

    public Routing now() {
        return desk.routing(SITE);
    }

    /** A queue with nothing but names. */
    public static QueueForm form(String slug) {
        return Changed.of(slug).form();
    }

    @Override
    public void close() {
        stored.close();
        journal.close();
    }
}
