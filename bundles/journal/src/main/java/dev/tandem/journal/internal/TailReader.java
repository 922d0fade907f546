package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.tandem.platform.SiteId;

/** Reads events with what they publish, following their streams. Used by the thread of a tail. */
final class TailReader {
    static final int AT_ONCE = 200;

    /**
     * A stored event.
     *
     * @param published what it publishes, or nothing if that cannot be known here: its kind is not open, or a newer version
     *     has written it
     * @param failure why it is not known what it publishes
     */
    record Heard(EventRow row, Optional<List<Object>> published, Optional<Throwable> failure) {}

    private final Lanes lanes;
    private final Map<OpenKind<?, ?>, Follower<?, ?>> followers = new HashMap<>();

    TailReader(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Forgets kinds that have been closed. */
    void tidy() {
        followers.keySet().retainAll(lanes.kinds());
    }

    /** The next events after a position: from memory if this node has appended them of late. */
    List<Heard> after(SiteId site, long position) {
        var heard = new ArrayList<Heard>();
        for (var fresh : lanes.recent().after(site, position, AT_ONCE)) {
            if (!fresh.isOf(lanes.kind(fresh.row().kind()))) {
                // Its slice has stopped, or is another version now.
                break;
            }
            heard.add(fresh.heard());
        }
        return heard.isEmpty() ? read(site, "AND position > ?", position) : heard;
    }

    /** @param where more of the condition, with its values */
    List<Heard> read(SiteId site, String where, Object... values) {
        return lanes.database().readSession(session -> {
            var all = new ArrayList<Object>();
            all.add(site);
            all.addAll(List.of(values));
            var rows = session.sql()
                    .all(
                            "SELECT " + EventRow.COLUMNS + " FROM journal_event WHERE site = ? " + where
                                    + " ORDER BY position LIMIT " + AT_ONCE,
                            EventRow::read,
                            all.toArray());
            Follower.prepare(lanes.store(), session, site, rows, row -> lanes.kind(row.kind())
                    .filter(OpenKind::publishes)
                    .map(this::follower));
            var heard = new ArrayList<Heard>(rows.size());
            for (var row : rows) {
                heard.add(heard(session, site, row));
            }
            return heard;
        });
    }

    private Heard heard(Session session, SiteId site, EventRow row) throws SQLException {
        var kind = lanes.kind(row.kind());
        if (kind.isEmpty() || kind.get().publishes() && !kind.get().knows(row.name())) {
            return new Heard(row, Optional.empty(), Optional.empty());
        }
        try {
            var published = follower(kind.get()).published(session, site, row);
            return new Heard(row, Optional.of(published), Optional.empty());
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            // Foreign code. Only who comes to this event is held up by it.
            return new Heard(row, Optional.of(List.of()), Optional.of(e));
        }
    }

    private Follower<?, ?> follower(OpenKind<?, ?> kind) {
        return followers.computeIfAbsent(kind, Follower::new);
    }
}
