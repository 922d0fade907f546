package dev.tandem.outbox.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.journal.Database;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.outbox.Message.State;
import dev.tandem.platform.SiteId;

/** The read model: how far each message is, to find what must be done. */
final class MessageTable {
    private static final String ALL =
            "SELECT site, message, state, attempts, problem, node, queued_at, next_at" + " FROM outbox_message ";

    private final Database database;

    MessageTable(Database database) {
        this.database = database;
    }

    /** A message; what is said in it stands elsewhere. */
    record Row(
            SiteId site,
            UUID message,
            State state,
            int attempts,
            Optional<String> problem,
            Optional<UUID> node,
            Instant queuedAt,
            Optional<Instant> next) {}

    /** How many wait, and how many have failed or are uncertain and were queued since a moment. */
    record Count(long waiting, long trouble) {}

    void migrate() {
        database.migrate("outbox", MessageTable.class, List.of("001_messages.sql"));
    }

    static void write(Sql sql, Recorded<MailFact> event, MailState after) throws SQLException {
        var queuedAt = after.letter().map(MailFact.Queued::at).orElse(event.at());
        sql.update(
                "INSERT INTO outbox_message (site, message, state, attempts, problem, node, queued_at, next_at, open)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (site, message) DO UPDATE SET"
                        + " state = excluded.state, attempts = excluded.attempts, problem = excluded.problem,"
                        + " node = excluded.node, next_at = excluded.next_at, open = excluded.open",
                event.site(),
                event.stream(),
                after.state(),
                after.made(),
                after.problem(),
                after.node(),
                queuedAt,
                after.next(),
                !after.state().terminal());
    }

    /** Sites in which something is to be handed over. */
    List<SiteId> sitesWithQueued() {
        return database.read(sql -> sql.all(
                "SELECT DISTINCT site FROM outbox_message WHERE open = 1 AND state = 'QUEUED' ORDER BY site",
                row -> new SiteId(row.getString("site"))));
    }

    /** What is to be handed over, the oldest first. */
    List<Row> queued(SiteId site, int most) {
        return database.read(sql -> sql.all(
                ALL + "WHERE open = 1 AND state = 'QUEUED' AND site = ? ORDER BY queued_at, message LIMIT ?",
                MessageTable::row,
                site,
                most));
    }

    /** Everything in one of the states that go on by themselves. */
    List<Row> open(State state) {
        return database.read(sql ->
                sql.all(ALL + "WHERE open = 1 AND state = ? ORDER BY queued_at, message", MessageTable::row, state));
    }

    /** What is not finished, and what failed or is uncertain and was queued since then. The newest first. */
    List<Row> troubled(Instant since, int most) {
        return database.read(sql -> sql.all(
                ALL + "WHERE open = 1 OR state IN ('FAILED', 'UNCERTAIN') AND queued_at >= ?"
                        + " ORDER BY queued_at DESC, message LIMIT ?",
                MessageTable::row,
                since,
                most));
    }

    /** Whatever was queued since then. The newest first. */
    List<Row> since(Instant since, int most) {
        return database.read(sql -> sql.all(
                ALL + "WHERE open = 1 OR queued_at >= ? ORDER BY queued_at DESC, message LIMIT ?",
                MessageTable::row,
                since,
                most));
    }

    Optional<Row> find(UUID message) {
        return database.read(sql -> sql.first(ALL + "WHERE message = ?", MessageTable::row, message));
    }

    Count count(Instant since) {
        return database.read(sql -> sql.first(
                        "SELECT count(CASE WHEN open = 1 THEN 1 END) AS waiting,"
                                + " count(CASE WHEN open = 0 THEN 1 END) AS trouble FROM outbox_message"
                                + " WHERE open = 1 OR state IN ('FAILED', 'UNCERTAIN') AND queued_at >= ?",
                        row -> new Count(row.getLong("waiting"), row.getLong("trouble")),
                        since)
                .orElseThrow());
    }

    private static Row row(ResultSet row) throws SQLException {
        long next = row.getLong("next_at");
        var at = row.wasNull() ? Optional.<Instant>empty() : Optional.of(Instant.ofEpochMilli(next));
        return new Row(
                new SiteId(row.getString("site")),
                Sql.uuid(row, "message"),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("problem")),
                Optional.ofNullable(row.getString("node")).map(UUID::fromString),
                Sql.instant(row, "queued_at"),
                at);
    }
}
