package dev.tandem.webacd.internal.config;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.journal.Answer;
import dev.tandem.journal.Command;
import dev.tandem.journal.Database;
import dev.tandem.journal.Journal;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Streams;
import dev.tandem.platform.SiteId;
import dev.tandem.webacd.QueueId;

/** The open streams of routing, and what they say, kept in memory. */
@Component(service = {RoutingBook.class, StoredRouting.class})
public final class StoredRouting implements RoutingBook {
    private static final Logger LOG = LoggerFactory.getLogger(StoredRouting.class);

    /** Anybody may name a site in a link: of so many that have no routing it is kept in memory that they have none. */
    private static final int MOST_EMPTY = 1_000;

    private final Seeds seeds;
    private final RoutingTables tables;
    private final Streams<RoutingState, RoutingFact> streams;
    private final Map<SiteId, Seen> seen = new ConcurrentHashMap<>();
    private final List<Consumer<SiteId>> listeners = new CopyOnWriteArrayList<>();

    /** The newest state that is known, and what was made of it once somebody has asked. */
    private static final class Seen {
        private final RoutingState state;
        private volatile Optional<Made> made = Optional.empty();

        private record Made(Routing routing, int seeds) {}

        Seen(RoutingState state) {
            this.state = state;
        }

        Routing routing(Seeds seeds) {
            int now = seeds.changes();
            var of = made.filter(one -> one.seeds() == now).orElseGet(() -> new Made(new Routing(state, seeds), now));
            made = Optional.of(of);
            return of.routing();
        }
    }

    @Activate
    public StoredRouting(@Reference Journal journal, @Reference Database database, @Reference Seeds seeds) {
        this.seeds = seeds;
        this.tables = new RoutingTables(database);
        tables.migrate();
        this.streams = journal.open(new RoutingKind(this::committed));
    }

    @Deactivate
    public void close() {
        streams.close();
    }

    private void committed(Recorded<RoutingFact> event, RoutingState after) {
        keep(event.site(), after);
        for (var listener : listeners) {
            try {
                listener.accept(event.site());
            } catch (RuntimeException e) {
                LOG.warn("A change of the routing of {} was not heard", event.site(), e);
            }
        }
    }

    private Seen keep(SiteId site, RoutingState state) {
        return seen.merge(
                site, new Seen(state), (one, other) -> one.state.count() >= other.state.count() ? one : other);
    }

    @Override
    public Routing of(SiteId site) {
        var known = seen.get(site);
        return (known == null ? first(site) : known).routing(seeds);
    }

    private Seen first(SiteId site) {
        var state = load(site);
        return state.count() == 0 && seen.size() >= MOST_EMPTY ? new Seen(state) : keep(site, state);
    }

    /** Of how many sites something is kept in memory. */
    int kept() {
        return seen.size();
    }

    private RoutingState load(SiteId site) {
        return streams.load(site, stream(site)).state();
    }

    /** Decides and stores; what it comes to is known here when this returns. */
    Answer<RoutingRules.Saved> execute(
            SiteId site,
            UUID command,
            String actor,
            Streams.Decider<RoutingState, RoutingFact, RoutingRules.Saved> decider) {
        var answer =
                streams.execute(new Command<>(site, stream(site), command, actor, RoutingRules.Saved.class), decider);
        keep(site, load(site));
        return answer;
    }

    RoutingTables tables() {
        return tables;
    }

    @Override
    public List<SiteId> sites() {
        return tables.sites();
    }

    @Override
    public Map<QueueId, String> names(SiteId site) {
        return tables.names(site);
    }

    @Override
    public Runnable listen(Consumer<SiteId> changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    private static UUID stream(SiteId site) {
        return UUID.nameUUIDFromBytes(("routing/" + site).getBytes(StandardCharsets.UTF_8));
    }
}
