package dev.tandem.session.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.tandem.platform.AgentId;
import dev.tandem.platform.SiteId;

/**
 * The pages whose sockets hang on this node, and which of them the database does not know yet as they are. Memory is the
 * right place: a socket never outlives its node. Thread-safe.
 */
final class PagesHere {
    /** A page, and whose it is: an agent's or a participant's. */
    record Visit(SiteId site, UUID session, Optional<AgentId> agent, Optional<UUID> participant, UUID page) {}

    /** A page at a session, whoever's it is. */
    record Place(UUID session, UUID page) {}

    /**
     * What is to be noted of a page.
     *
     * @param fresh it has attached since it was noted last
     * @param goneAt when its last socket was closed; empty while there is one
     * @param notedAs under which id of this node it was noted last
     */
    record News(Visit visit, boolean fresh, Optional<Instant> goneAt, Optional<UUID> notedAs) {}

    private static final class Entry {
        private int sockets;
        private boolean fresh;
        private boolean news;
        private Optional<Instant> goneAt = Optional.empty();
        private Optional<UUID> notedAs = Optional.empty();
    }

    private final Map<Visit, Entry> entries = new HashMap<>();

    synchronized void attached(Visit visit) {
        var entry = entries.computeIfAbsent(visit, v -> new Entry());
        entry.sockets++;
        entry.fresh = true;
        entry.news = true;
        entry.goneAt = Optional.empty();
    }

    synchronized void detached(Visit visit, Instant now) {
        var entry = entries.get(visit);
        if (entry != null && --entry.sockets == 0) {
            entry.news = true;
            entry.goneAt = Optional.of(now);
        }
    }

    /**
     * What is to be noted; it is taken for noted unless {@link #again} brings it back.
     *
     * @param node under which id of this node
     */
    synchronized List<News> take(UUID node) {
        var news = new ArrayList<News>();
        entries.forEach((visit, entry) -> {
            if (entry.news) {
                news.add(new News(visit, entry.fresh, entry.goneAt, entry.notedAs));
                entry.news = false;
                entry.fresh = false;
                entry.notedAs = Optional.of(node);
            }
        });
        entries.values().removeIf(entry -> entry.sockets == 0);
        return news;
    }

    /** Could not be noted. What has happened since counts more. */
    synchronized void again(Collection<News> news) {
        for (var one : news) {
            var entry = entries.computeIfAbsent(one.visit(), v -> new Entry());
            if (!entry.news) {
                entry.goneAt = one.goneAt();
            }
            entry.notedAs = one.notedAs();
            entry.news = true;
            entry.fresh |= one.fresh();
        }
    }

    synchronized Set<Place> there() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().sockets > 0)
                .map(entry -> new Place(entry.getKey().session(), entry.getKey().page()))
                .collect(Collectors.toSet());
    }

    /** This node has another id now: all that is here is to be noted anew. @return whether there is anything */
    synchronized boolean renote(UUID node) {
        boolean any = false;
        for (var entry : entries.values()) {
            if (entry.sockets > 0 && !entry.news && !entry.notedAs.equals(Optional.of(node))) {
                entry.news = true;
                any = true;
            }
        }
        return any;
    }
}
