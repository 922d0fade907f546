package dev.tandem.journal.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import dev.tandem.platform.SiteId;

/**
 * The events that this node has appended last, as subscribers hear them: so that many of them need not each read, decode and
 * map the same rows. Of each site a stretch without holes; what another node has appended between ends it. Thread-safe.
 */
final class Recent {
    private static final int OF_A_SITE = 512;
    private static final int SITES = 64;

    private final Map<SiteId, Stretch> sites = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SiteId, Stretch> eldest) {
            return size() > SITES;
        }
    };

    /** An event with what it publishes, which is found out once. */
    static final class Fresh {
        private final OpenKind<?, ?> kind;
        private final EventRow row;
        // Not longer than needed: it holds the state after the event.
        private Optional<Supplier<List<Object>>> publish;
        private Optional<TailReader.Heard> heard = Optional.empty();

        Fresh(OpenKind<?, ?> kind, EventRow row, Supplier<List<Object>> publish) {
            this.kind = kind;
            this.row = row;
            this.publish = Optional.of(publish);
        }

        boolean isOf(Optional<OpenKind<?, ?>> open) {
            return open.filter(now -> now == kind).isPresent();
        }

        EventRow row() {
            return row;
        }

        synchronized TailReader.Heard heard() {
            if (heard.isPresent()) {
                return heard.get();
            }
            var found = find();
            if (found.failure().isEmpty()) {
                heard = Optional.of(found);
                publish = Optional.empty();
            }
            return found;
        }

        private TailReader.Heard find() {
            try {
                return new TailReader.Heard(
                        row, Optional.of(publish.orElseThrow().get()), Optional.empty());
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                // Foreign code. Only who comes to this event is held up by it, and it may go better next time.
                return new TailReader.Heard(row, Optional.of(List.of()), Optional.of(e));
            }
        }
    }

    private static final class Stretch {
        private final Fresh[] ring = new Fresh[OF_A_SITE];
        private long first;
        private long next;

        void add(Fresh one) {
            long position = one.row().position();
            if (position != next) {
                first = position;
            }
            ring[(int) (position % OF_A_SITE)] = one;
            next = position + 1;
            first = Math.max(first, next - OF_A_SITE);
        }

        List<Fresh> after(long position, int most) {
            var found = new ArrayList<Fresh>();
            if (position + 1 >= first) {
                for (long at = position + 1; at < next && found.size() < most; at++) {
                    found.add(ring[(int) (at % OF_A_SITE)]);
                }
            }
            return found;
        }
    }

    /** To be called once they are durable, in the order of the site. */
    synchronized void add(SiteId site, List<Fresh> events) {
        if (!events.isEmpty()) {
            var stretch = sites.computeIfAbsent(site, s -> new Stretch());
            events.forEach(stretch::add);
        }
    }

    /** Those that follow that position; none if that is not known here. */
    synchronized List<Fresh> after(SiteId site, long position, int most) {
        var stretch = sites.get(site);
        return stretch == null ? List.of() : stretch.after(position, most);
    }
}
