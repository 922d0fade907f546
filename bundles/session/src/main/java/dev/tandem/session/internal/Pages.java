package dev.tandem.session.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The pages of one participant, on whatever nodes they hang, as they stand in the database. A page may be there twice for a
 * moment, when its new socket comes to another node before its old one is known to be dead.
 */
record Pages(List<Row> rows) {

    /**
     * A page at a node.
     *
     * @param closing it has said that it is about to go; its socket may linger
     * @param goneAt since when it counts no more
     */
    record Row(UUID page, UUID node, boolean closing, Optional<Instant> goneAt) {
        boolean there() {
            return goneAt.isEmpty();
        }
    }

    boolean anyThere() {
        return rows.stream().anyMatch(Row::there);
    }

    boolean isThere(UUID page) {
        return rows.stream().anyMatch(row -> row.there() && row.page().equals(page));
    }

    /** Whether another page than this is there, or was a moment ago and may only have lost its line. */
    boolean anyBut(UUID page, Instant now, Duration moment) {
        return rows.stream()
                .filter(row -> !row.page().equals(page) && !row.closing())
                .anyMatch(row -> row.goneAt()
                        .filter(gone -> gone.plus(moment).isBefore(now))
                        .isEmpty());
    }

    /** Since when none is there; empty while one is, and for who never had one. */
    Optional<Instant> goneSince() {
        return anyThere()
                ? Optional.empty()
                : rows.stream().flatMap(row -> row.goneAt().stream()).max(Comparator.naturalOrder());
    }

    /** Whether every page that was there has said that it goes. */
    boolean deliberately() {
        return !rows.isEmpty() && rows.stream().allMatch(Row::closing);
    }

    boolean anyGoneSince(Instant latest) {
        return rows.stream()
                .anyMatch(row ->
                        row.goneAt().filter(gone -> !gone.isAfter(latest)).isPresent());
    }
}
