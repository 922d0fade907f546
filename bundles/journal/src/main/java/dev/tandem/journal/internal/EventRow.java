package dev.tandem.journal.internal;

import java.sql.ResultSet;
import java.sql.SQLException;

/** An event as it stands in its table, without site and hashes. */
record EventRow(
        long position,
        String kind,
        String stream,
        long version,
        String id,
        String name,
        long at,
        String actor,
        String command,
        String payload) {
    static final String COLUMNS = "position, kind, stream, version, id, name, at, actor, command, payload, hash";

    static EventRow read(ResultSet row) throws SQLException {
        return new EventRow(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }
}
