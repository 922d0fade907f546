package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.tandem.platform.SiteId;

/** Reads what other nodes have appended in a site, for those who listen. */
final class Gap implements Announcer.Gaps {
    private static final Logger LOG = LoggerFactory.getLogger(Gap.class);
    private static final int AT_ONCE = 200;

    private final SiteId site;
    private final Lanes lanes;

    Gap(SiteId site, Lanes lanes) {
        this.site = site;
        this.lanes = lanes;
    }

    @Override
    public Announcer.Appended read(long after, long upTo) {
        return lanes.database().readSession(session -> read(session, after, upTo));
    }

    private Announcer.Appended read(Session session, long after, long upTo) throws SQLException {
        var find = session.prepared("SELECT " + EventRow.COLUMNS + " FROM journal_event"
                + " WHERE site = ? AND position > ? AND position <= ? ORDER BY position LIMIT " + AT_ONCE);
        find.setString(1, site.value());
        find.setLong(2, after);
        find.setLong(3, upTo);
        var rows = new ArrayList<EventRow>();
        try (var found = find.executeQuery()) {
            while (found.next()) {
                rows.add(EventRow.read(found));
            }
        }
        Follower.prepare(
                lanes.store(), session, site, rows, row -> listening(row).map(OpenKind::follower));
        var news = new ArrayList<Announcement<?, ?>>();
        for (var row : rows) {
            var kind = listening(row);
            if (kind.isPresent()) {
                follow(session, kind.get(), row).ifPresent(news::add);
            }
        }
        var end = rows.size() < AT_ONCE ? upTo : rows.get(AT_ONCE - 1).position();
        return new Announcer.Appended(after, end, news);
    }

    private Optional<OpenKind<?, ?>> listening(EventRow row) {
        return lanes.kind(row.kind()).filter(OpenKind::listens);
    }

    private <S, E> Optional<Announcement<?, ?>> follow(Session session, OpenKind<S, E> kind, EventRow row)
            throws SQLException {
        try {
            var step = kind.follower().follow(session, site, row);
            return step.event().map(event -> new Announcement<>(kind, event, step.after()));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            // Foreign code: the others are told all the same.
            LOG.error("Event {} of site {} ({}) cannot be told", row.position(), site, row.name(), e);
            return Optional.empty();
        }
    }
}
