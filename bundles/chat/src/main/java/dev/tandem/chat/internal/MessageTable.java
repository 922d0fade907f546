package dev.tandem.chat.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.tandem.chat.internal.ConversationEvent.MessagePosted;
import dev.tandem.chat.internal.ConversationEvent.NoticePosted;
import dev.tandem.journal.Personal;
import dev.tandem.journal.Recorded;
import dev.tandem.journal.Sql;
import dev.tandem.platform.SiteId;
import dev.tandem.session.SessionId;

/** The read model: one row per line of a conversation. */
final class MessageTable {
    static final List<String> MIGRATIONS = List.of("001_messages.sql");

    /** A line; texts and names are still references. */
    record Line(
            long number,
            Optional<UUID> participant,
            Optional<String> notice,
            Optional<Personal.Ref> name,
            Optional<Personal.Ref> text,
            Instant at) {}

    private MessageTable() {}

    static void insert(Sql sql, Recorded<ConversationEvent> recorded) throws SQLException {
        if (recorded.event() instanceof MessagePosted message) {
            insert(
                    sql,
                    recorded,
                    new Line(
                            recorded.version(),
                            Optional.of(message.from()),
                            Optional.empty(),
                            Optional.of(message.name()),
                            Optional.of(message.text()),
                            recorded.at()));
        } else if (recorded.event() instanceof NoticePosted notice) {
            insert(
                    sql,
                    recorded,
                    new Line(
                            recorded.version(),
                            notice.about(),
                            Optional.of(notice.code()),
                            notice.name(),
                            notice.text(),
                            notice.since()));
        }
    }

    private static void insert(Sql sql, Recorded<ConversationEvent> of, Line line) throws SQLException {
        sql.update(
                "INSERT INTO chat_message (site, session, number, participant, notice, name_id, name_digest, text_id,"
                        + " text_digest, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (site, session, number) DO NOTHING",
                of.site(),
                of.stream(),
                line.number(),
                line.participant(),
                line.notice(),
                line.name().map(Personal.Ref::id),
                line.name().map(Personal.Ref::digest),
                line.text().map(Personal.Ref::id),
                line.text().map(Personal.Ref::digest),
                line.at());
    }

    static List<Line> after(Sql sql, SiteId site, SessionId session, long number, int most) throws SQLException {
        return sql.all(
                "SELECT number, participant, notice, name_id, name_digest, text_id, text_digest, at FROM chat_message"
                        + " WHERE site = ? AND session = ? AND number > ? ORDER BY number LIMIT ?",
                MessageTable::line,
                site,
                session,
                number,
                most);
    }

    static long last(Sql sql, SiteId site, SessionId session) throws SQLException {
        return sql.first(
                        "SELECT coalesce(max(number), 0) FROM chat_message WHERE site = ? AND session = ?",
                        row -> row.getLong(1),
                        site,
                        session)
                .orElse(0L);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("number"),
                Optional.ofNullable(row.getString("participant")).map(UUID::fromString),
                Optional.ofNullable(row.getString("notice")),
                ref(row.getString("name_id"), row.getString("name_digest")),
                ref(row.getString("text_id"), row.getString("text_digest")),
                Sql.instant(row, "at"));
    }

    private static Optional<Personal.Ref> ref(String id, String digest) {
        return Optional.ofNullable(id).map(known -> new Personal.Ref(UUID.fromString(known), digest));
    }
}
