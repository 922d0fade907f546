package dev.tandem.recording.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.recording.Recording;
import dev.tandem.recording.Recording.Part;
import dev.tandem.recording.Recording.State;
import dev.tandem.recording.RecordingId;
import dev.tandem.recording.Recordings;
import dev.tandem.session.ParticipantId;
import dev.tandem.session.SessionId;

/** The read model: one row per recording, by which recordings are found, listed and looked after. */
final class RecordingTable {
    static final List<String> MIGRATIONS = List.of("001_recordings.sql");

    /** Where a recording is to be found. */
    record Found(SiteId site, UUID recording) {}

    private RecordingTable() {}

    static void project(Sql sql, Recorded<Fact> event, RecordingState after) throws SQLException {
        if (event.event() instanceof Fact.Asked asked) {
            sql.update(
                    "INSERT INTO recording (site, id, session, state, todo, bytes, asked, begun, position)"
                            + " VALUES (?, ?, ?, ?, 1, 0, ?, NULL, ?) ON CONFLICT (site, id) DO NOTHING",
                    event.site(),
                    event.stream(),
                    asked.session(),
                    State.ASKING,
                    asked.at(),
                    event.position());
        }
        var state = after.state();
        boolean todo = state.open() || state == State.FINISHING || after.toDelete();
        sql.update(
                "UPDATE recording SET state = ?, todo = ?, bytes = ?, begun = ?, position = ? WHERE site = ? AND id = ?",
                state,
                todo,
                after.parts().stream().mapToLong(Part::bytes).sum(),
                after.begun(),
                event.position(),
                event.site(),
                event.stream());
    }

    /** Those of all sites with which something is yet to be done. */
    static List<Found> todo(Sql sql) throws SQLException {
        return sql.all(
                "SELECT site, id FROM recording WHERE todo = 1 ORDER BY asked",
                row -> new Found(new SiteId(row.getString("site")), Sql.uuid(row, "id")));
    }

    static List<UUID> of(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.all(
                "SELECT id FROM recording WHERE site = ? AND session = ? ORDER BY position DESC LIMIT ?",
                RecordingTable::id,
                site,
                session,
                Recordings.LONGEST_PAGE);
    }

    static List<UUID> open(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.all(
                "SELECT id FROM recording WHERE site = ? AND session = ? AND state IN (?, ?)",
                RecordingTable::id,
                site,
                session,
                State.ASKING,
                State.RECORDING);
    }

    static List<UUID> before(Sql sql, SiteId site, Instant before, int most) throws SQLException {
        return sql.all(
                "SELECT id FROM recording WHERE site = ? AND begun < ? AND state <> ? ORDER BY begun DESC, id DESC LIMIT ?",
                RecordingTable::id,
                site,
                before,
                State.REMOVED,
                most);
    }

    /** What has last happened to a recording of that session, as a number that ascends; 0 if there is none. */
    static long position(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.first(
                        "SELECT coalesce(max(position), 0) FROM recording WHERE site = ? AND session = ?",
                        row -> row.getLong(1),
                        site,
                        session)
                .orElse(0L);
    }

    /** Bytes of the site's finished files. */
    static long bytes(Sql sql, SiteId site) throws SQLException {
        return sql.first("SELECT coalesce(sum(bytes), 0) FROM recording WHERE site = ?", row -> row.getLong(1), site)
                .orElse(0L);
    }

    private static UUID id(ResultSet row) throws SQLException {
        return Sql.uuid(row, "id");
    }

    static Recording recording(SiteId site, UUID id, RecordingState state, long version) {
        var asked = state.asked().orElseThrow();
        return new Recording(
                site,
                new RecordingId(id),
                new SessionId(asked.session()),
                state.state(),
                new ParticipantId(asked.by()),
                asked.epoch(),
                asked.at(),
                state.begun(),
                state.ended().map(Fact.Ended::at),
                state.ending(),
                state.ended().flatMap(Fact.Ended::refusedBy).map(ParticipantId::new),
                state.parts(),
                version);
    }

    static Optional<Recording> known(SiteId site, UUID id, RecordingState state, long version) {
        return state.asked().map(asked -> recording(site, id, state, version));
    }
}
