package dev.tandem.journal.internal;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

import dev.tandem.journal.Journal.Verification;
import dev.tandem.platform.SiteId;

/**
 * Recomputes the chain of a site from the stored rows, in one pass in the order of the site; what it keeps in memory is
 * one batch. Personal rows that are still there must fit the digests that the events hold.
 */
final class Verifier {
    private static final int LOOK = 1_000;

    private final SiteId site;
    private final Course course;
    private final Hashes hashes = new Hashes();
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();
    private byte[] batchHash = Hashes.NONE;
    private long batchFirst = 1;
    private volatile long events;
    private Optional<String> fault = Optional.empty();

    Verifier(SiteId site) {
        this(site, new Course());
    }

    /** @param course whether the outcome is still wanted */
    Verifier(SiteId site, Course course) {
        this.site = site;
        this.course = course;
    }

    /** How many events have been read. */
    long events() {
        return events;
    }

    Verification run(SqlDatabase database) {
        return database.readSession(this::run);
    }

    /** Within the session's transaction. */
    Verification run(Session session) throws SQLException {
        try (var find = session.connection()
                .prepareStatement("SELECT e.position, e.kind, e.stream, e.version, e.id, e.name, e.at, e.actor,"
                        + " e.command, e.payload, e.hash, e.batch_hash, p.hash FROM journal_event e"
                        + " LEFT JOIN journal_event p ON p.site = e.site AND p.kind = e.kind"
                        + " AND p.stream = e.stream AND p.version = e.version - 1"
                        + " WHERE e.site = ? ORDER BY e.position")) {
            find.setFetchSize(500);
            find.setString(1, site.value());
            try (var rows = find.executeQuery()) {
                while (fault.isEmpty() && rows.next()) {
                    event(session, EventRow.read(rows), rows);
                }
            }
        }
        if (fault.isEmpty()) {
            end(session);
        }
        return new Verification(events, fault);
    }

    private void event(Session session, EventRow row, ResultSet rows) throws SQLException {
        events++;
        if (events % LOOK == 0) {
            course.check();
        }
        if (row.position() != events) {
            fault("event " + events + " is missing");
            return;
        }
        var previous = rows.getBytes(13);
        if (previous == null && row.version() != 1) {
            fault(named(row) + " has no predecessor");
            return;
        }
        var hash = rows.getBytes(11);
        if (!Arrays.equals(hash, hashes.event(previous == null ? Hashes.NONE : previous, site.value(), row))) {
            fault(named(row) + " does not fit its hash");
            return;
        }
        for (var ref : Codec.refs(row.payload())) {
            if (!PersonalRow.fits(session, site, ref)) {
                fault("personal row " + ref.id() + " does not fit " + named(row));
                return;
            }
        }
        batch.writeBytes(hash);
        var end = rows.getBytes(12);
        if (end != null) {
            batchHash = hashes.batch(batchHash, site.value(), batchFirst, row.position(), batch.toByteArray());
            if (!Arrays.equals(batchHash, end)) {
                fault("the batch of events " + batchFirst + " to " + row.position() + " does not fit its hash");
            }
            batch.reset();
            batchFirst = row.position() + 1;
        }
    }

    private void end(Session session) throws SQLException {
        record Counter(long position, byte[] hash) {}
        var counter = session.sql()
                .first(
                        "SELECT position, batch_hash FROM journal_site WHERE site = ?",
                        row -> new Counter(row.getLong(1), row.getBytes(2)),
                        site);
        var position = counter.map(Counter::position).orElse(0L);
        if (position > events) {
            fault("events " + (events + 1) + " to " + position + " are missing at the end");
        } else if (position < events) {
            fault("event " + (position + 1) + " stands beyond the end");
        } else if (batch.size() > 0) {
            fault("the last batch, from event " + batchFirst + " on, has no hash");
        } else if (!Arrays.equals(batchHash, counter.map(Counter::hash).orElse(Hashes.NONE))) {
            fault("the end of the chain is not the one that was remembered");
        }
    }

    private static String named(EventRow row) {
        return "event " + row.position() + " (" + row.name() + ", version " + row.version() + " of " + row.kind() + " "
                + row.stream() + ")";
    }

    private void fault(String what) {
        fault = Optional.of(what);
    }
}
