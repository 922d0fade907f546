package dev.tandem.journal.internal;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import dev.tandem.platform.SiteId;

/** Follows the streams of one kind event by event, to know what each publishes. Used by one thread. */
final class Follower<S, E> {
    private final OpenKind<S, E> kind;
    private final Memory<S> memory = new Memory<>();

    Follower(OpenKind<S, E> kind) {
        this.kind = kind;
    }

    List<Object> published(Session session, SiteId site, EventRow row) throws SQLException {
        if (!kind.publishes()) {
            return List.of();
        }
        var stream = UUID.fromString(row.stream());
        var before = memory.get(site, stream)
                .filter(held -> held.version() < row.version())
                .orElseGet(kind::initial);
        var after = kind.after(session, site, stream, before, row.version());
        memory.put(site, stream, after);
        return kind.recorded(site, row)
                .map(event -> kind.kind().publish(event, after.state()))
                .orElse(List.of());
    }
}
