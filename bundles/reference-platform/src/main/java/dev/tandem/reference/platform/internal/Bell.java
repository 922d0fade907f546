package dev.tandem.reference.platform.internal;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

import dev.tandem.journal.Announcements;
import dev.tandem.platform.SiteId;
import dev.tandem.web.LiveChannel;

/**
 * Numbers the states of each site's desktops and rings for new ones. A number is no count: it starts from the time, so
 * that it still ascends after a restart without being stored. Each node has numbers of its own: a page that comes from
 * another node has mostly another number than this one, and is given the whole state.
 */
@Component(service = Bell.class)
public final class Bell {
    static final String KIND = "desktop";
    static final String MINE = "me";

    private final LiveChannel live;
    private final Announcements announcements;
    private final Clock clock;
    private final Map<SiteId, Long> numbers = new ConcurrentHashMap<>();

    @Activate
    public Bell(@Reference LiveChannel live, @Reference Announcements announcements, @Reference Clock clock) {
        this.live = live;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** For what every node hears of by itself, as of events. */
    void changed(SiteId site) {
        numbers.merge(site, clock.millis(), (before, now) -> Math.max(before + 1, now));
        live.ring(site, KIND + "/" + MINE);
    }

    /** For what no other node hears of. After the commit. */
    void changedEverywhere(SiteId site) {
        changed(site);
        announcements.announce(site, NodeEcho.ofDesktop());
    }

    /** For what changed on every desktop of this node at once. */
    void everybody() {
        numbers.keySet().forEach(this::changed);
    }

    /** The number of the state now; past {@code seen}, if that was from a clock ahead of ours. */
    long number(SiteId site, long seen) {
        long now = numbers.computeIfAbsent(site, unseen -> clock.millis());
        return now < seen ? numbers.merge(site, seen + 1, Math::max) : now;
    }
}
