package dev.tandem.reference.platform.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Ids;
import dev.tandem.platform.AgentId;
import dev.tandem.platform.Notifier;
import dev.tandem.platform.SiteId;

/** Notices on the agents' desktops. Best effort: they live in memory and for a short while. */
@Component(service = {Notifier.class, Notices.class})
public final class Notices implements Notifier {
    private static final Duration SHOWN = Duration.ofMinutes(2);
    private static final int MOST = 20;

    private final Ids ids;
    private final Clock clock;
    private final Bell bell;
    private final Map<AgentKey, List<Told>> told = new ConcurrentHashMap<>();

    @Activate
    public Notices(@Reference Ids ids, @Reference Clock clock, @Reference Bell bell) {
        this.ids = ids;
        this.clock = clock;
        this.bell = bell;
    }

    record Told(UUID id, Instant at, Notice notice) {}

    @Override
    public void tell(SiteId site, AgentId agent, Notice notice) {
        var one = new Told(ids.next(), clock.instant(), notice);
        told.compute(new AgentKey(site, agent), (key, before) -> {
            var kept = Stream.concat(before == null ? Stream.of() : current(before), Stream.of(one))
                    .toList();
            return kept.subList(Math.max(0, kept.size() - MOST), kept.size());
        });
        bell.changed(site);
    }

    List<Told> of(SiteId site, AgentId agent) {
        var left = told.computeIfPresent(new AgentKey(site, agent), (key, before) -> {
            var kept = current(before).toList();
            return kept.isEmpty() ? null : kept;
        });
        return left == null ? List.of() : left;
    }

    private Stream<Told> current(List<Told> all) {
        var oldest = clock.instant().minus(SHOWN);
        return all.stream().filter(one -> one.at().isAfter(oldest));
    }
}
